// Request and Response: what goes in at the HTTP door and what comes out. Plain values that any
// room may build and read; no sockets, no library types.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/memory_account.h"
#include "base/time.h"
#include "http/fault.h"
#include "http/headers.h"
#include "http/passage.h"

namespace mockduit {

struct Request {
  std::string method = "GET";  // as sent; case matters (RFC 9110, section 9.1)
  std::string path = "/";      // as sent, still percent-encoded, without the query
  std::string query;           // as sent, without the '?'
  Headers headers;
  std::string body;                  // whole; chunks already put together
  bool secure = false;               // it came over TLS
  bool for_proxy = false;            // its target was an absolute one: it was meant for a proxy
  std::shared_ptr<Passage> passage;  // nullptr: it came through no door
};

// How an answer goes over the wire: at once and whole, unless a scenario says otherwise. The times
// are the client's own, whatever the session's clock does.
struct Delivery {
  Duration delay{};  // before the first byte
  Fault fault = Fault::kNone;
  std::size_t bytes = 0;  // what the fault takes, where it takes bytes
  Duration stall{};       // what it takes, where it takes a time
};

// A body that goes on as long as there is something to say, such as server-sent events.
class BodyStream {
 public:
  virtual ~BodyStream() = default;
  // Appends what comes next, for which it waits up to `patience`; nothing appended means that
  // nothing came. False when the stream has ended. Called by one thread.
  virtual bool Next(std::string& bytes, Duration patience) = 0;
};

struct Response {
  int status = 200;
  Headers headers;  // without Content-Length and Connection: the door sets them
  std::string body;
  Delivery delivery;
  std::shared_ptr<BodyStream> stream;  // in place of `body`; nullptr for all but a few answers
  MemoryShare held;                    // counts a long body until it is sent
};

// A request that the HTTP door could not take: malformed, too large, too slow. What could be read
// of it is in `request`; after the answer the connection is closed.
struct Refusal {
  int status = 400;    // 400, 408, 413, 414, 417, 431, 501, 503 or 505
  std::string reason;  // one sentence, with the rule that was broken
  Request request;     // its method is "" where none could be read
};

// What the HTTP door hands its requests to. Called by many threads at once; must not throw. Of a
// CONNECT, whose target is in Host and whose path is "/", an answer of 2xx opens the tunnel: what
// comes in it is taken as if it came on a connection of its own.
class Handler {
 public:
  virtual ~Handler() = default;
  virtual Response Handle(Request request) = 0;
  virtual Response Refuse(Refusal refusal) = 0;
  // To be asked while the body of a request comes in. Whether it may hold that many bytes more,
  // which `held` counts then.
  virtual bool HoldBody(std::size_t bytes, MemoryShare& held) {
    held.Add(bytes);
    return true;
  }
};

// "Not Found" for 404; "Unknown" for a status that RFC 9110 and RFC 6585 do not name.
std::string_view ReasonPhrase(int status);

}  // namespace mockduit
