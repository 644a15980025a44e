// HttpClient: asks another HTTP server one question. Used by `health`, by `verify`, and where the
// emulator calls webhooks. Whether a server may be called is decided elsewhere
// (app/guarded_caller). Its .cc is the only file that knows cpp-httplib, and the OpenSSL beneath
// it.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/message.h"

namespace mockduit {

class HttpClient {
 public:
  // Gives the IP addresses that a name has, in the order in which to try them; the error is why it
  // has none. Any thread may call it. AskSystem is the system's.
  using Resolver = std::function<Result<std::vector<std::string>>(const std::string& name)>;
  static Result<std::vector<std::string>> AskSystem(const std::string& name);

  // Over https a server is asked only when the system's certificate authorities vouch for it, or
  // those whose certificates stand in `authorities`, a text in PEM form ("": none). Fails when that
  // text has no certificate.
  static Result<HttpClient> Make(const std::string& authorities = "",
                                 Resolver resolver = AskSystem);

  // Whether a server may be connected to, by the IP address that its name has at that moment:
  // "127.0.0.1", "::1".
  using AddressCheck = std::function<bool(std::string_view address)>;

  static constexpr std::size_t kMaxBody = 64 * 1024UZ * 1024;

  // An answer of any status is an answer; fails when none came. Over https nothing of the request
  // is sent unless the server's certificate is valid now and is for the host of the URL. `timeout`
  // is for each step (to connect, to send, to receive) and, once it is connected, for all together;
  // an answer's body has kMaxBody bytes at most. Redirects are not followed. The host is
  // resolved once; where `may_connect` refuses one of its addresses, none is connected to, else it
  // connects to one of those that were checked. Any thread may call it.
  Result<Response> Send(const std::string& method, const std::string& url, const Headers& headers,
                        const std::string& body, std::chrono::milliseconds timeout,
                        const AddressCheck& may_connect = {}) const;

  // Ends what is being asked, and everything that is asked from now on, without an answer.
  void Stop() { stop_.request_stop(); }

 private:
  struct Authorities;
  class Question;
  HttpClient(std::shared_ptr<const Authorities> authorities, Resolver resolver);
  Result<std::vector<std::string>> Resolve(const std::string& host) const;

  std::shared_ptr<const Authorities> authorities_;
  Resolver resolver_;
  std::stop_source stop_;  // shared by copies
};

}  // namespace mockduit
