// GuardedCaller: calls loopback addresses, and the hosts that --webhook-allow names; nothing else.
#pragma once

#include <string>
#include <vector>

#include "http/caller.h"

namespace mockduit {

class GuardedCaller : public Caller {
 public:
  explicit GuardedCaller(std::vector<std::string> allowed) : allowed_(std::move(allowed)) {}

  Verdict Judge(const std::string& url) const override;
  Result<int> Post(const std::string& url, const Headers& headers, const std::string& body,
                   std::chrono::milliseconds timeout) const override;

 private:
  std::vector<std::string> allowed_;
};

// "localhost", an address in 127.0.0.0/8, or ::1 (also in brackets).
bool IsLoopback(const std::string& host);

}  // namespace mockduit
