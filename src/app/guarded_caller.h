// GuardedCaller: calls webhooks on loopback addresses and on the hosts that --webhook-allow names,
// nothing else. Every call that the server makes goes through it. Decides by the same parts of a
// URL by which the HTTP client connects, and again by the addresses that the host has then.
#pragma once

#include <string>
#include <vector>

#include "http/caller.h"
#include "server/http_client.h"

namespace mockduit {

class GuardedCaller : public Caller {
 public:
  GuardedCaller(std::vector<std::string> allowed, HttpClient client)
      : allowed_(std::move(allowed)), client_(std::move(client)) {}

  CallPermission MayCall(const std::string& url) const override;
  Result<int> Post(const std::string& url, const Headers& headers, const std::string& body,
                   std::chrono::milliseconds timeout) const override;
  Result<int> Head(const std::string& url, std::chrono::milliseconds timeout) const override;
  // Ends the calls under way, and every later one, without an answer.
  void Stop() { client_.Stop(); }

 private:
  Result<int> Send(const std::string& method, const std::string& url, const Headers& headers,
                   const std::string& body, std::chrono::milliseconds timeout) const;

  std::vector<std::string> allowed_;
  HttpClient client_;
};

}  // namespace mockduit
