// AdminClient: asks the control API of a running server. Used by the commands `health`, `verify`
// and `explain`.
#pragma once

#include <chrono>
#include <string>

#include "base/json.h"
#include "base/result.h"
#include "http/headers.h"

namespace mockduit {

class AdminClient {
 public:
  // `url` is the server's own, "http://127.0.0.1:8080", or that of its control API, with slashes at
  // the end or without; `token` may be "".
  AdminClient(std::string url, const std::string& token, std::chrono::milliseconds timeout);

  const std::string& url() const { return url_; }
  // The body of what GET /__admin`call` answers with 200. The error says why there is none: nobody
  // answers, the call is refused, or what answers is not this program.
  Result<std::string> Get(const std::string& call) const { return Ask("GET", call, ""); }
  Result<std::string> Post(const std::string& call, const std::string& body) const {
    return Ask("POST", call, body);
  }
  Result<Json> GetJson(const std::string& call) const;
  // The error for an answer that this program would not give.
  std::unexpected<Error> NotMockduit(int status) const;

 private:
  Result<std::string> Ask(const std::string& method, const std::string& call,
                          const std::string& body) const;

  std::string url_;
  Headers headers_;
  std::chrono::milliseconds timeout_;
};

}  // namespace mockduit
