// Request and Response: what goes in at the HTTP door and what comes out. Plain values that any
// room may build and read; no sockets, no library types.
#pragma once

#include <string>
#include <string_view>

#include "http/headers.h"

namespace mockduit {

struct Request {
  std::string method = "GET";  // as sent; case matters (RFC 9110, section 9.1)
  std::string path = "/";      // as sent, still percent-encoded, without the query
  std::string query;           // as sent, without the '?'
  Headers headers;
  std::string body;  // whole; chunks already put together
};

struct Response {
  int status = 200;
  Headers headers;  // without Content-Length and Connection: the door sets them
  std::string body;
};

// A request that the HTTP door could not take: malformed, too large, too slow. What could be read
// of it is in `request`; after the answer the connection is closed.
struct Refusal {
  int status = 400;    // 400, 408, 413, 414, 417, 431, 501 or 505
  std::string reason;  // one sentence, with the rule that was broken
  Request request;
};

// What the HTTP door hands its requests to. Called by many threads at once; must not throw.
class Handler {
 public:
  virtual ~Handler() = default;
  virtual Response Handle(Request request) = 0;
  virtual Response Refuse(Refusal refusal) = 0;
};

// "Not Found" for 404; "Unknown" for a status that RFC 9110 and RFC 6585 do not name.
std::string_view ReasonPhrase(int status);

}  // namespace mockduit
