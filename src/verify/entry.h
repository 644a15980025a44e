// Entry: one exchange as the checks read it: the operation that was called, the result, and when it
// all happened in the client's own time. A history makes them (verify/history.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "contract/catalog.h"
#include "session/exchange.h"

namespace mockduit {

// The result of a request, as its client sees it.
enum class Reply : std::uint8_t {
  kSuccess,  // 2xx or 3xx, whole
  kFailure,  // 408, 429, 5xx, or what the scenario declares transient: a retry is right
  kLost,     // no response, or none that can be read: a retry is right, with care
  kRefusal,  // 400, 401, 403, 404, 405, 406, 409, 410, 413, 415 or 422: the same request will be
             // refused again
  kOther,    // any other 4xx, and the emulator's own responses
};

// Times are the client's own: the real time, and what the session's clock was moved by hand, which
// counts as if it had been waited. A session's rate has no part in it.
struct Entry {
  const Exchange* exchange = nullptr;
  const Operation* operation = nullptr;  // nullptr: none
  std::string_view path;                 // the vendor's path, without session and scenario
  std::size_t index = 0;                 // in the history
  Time at{};                             // when the request's first bytes arrived
  // When its client may have decided to send it: earlier than `at` where the request is the first
  // on its connection, which had to be opened for it.
  Time decided{};
  // When its client may have gone on: some do not wait for a body that comes slowly.
  Time heard{};
  Time answered{};                      // when the answer had gone out, or the client had left
  std::optional<Duration> retry_after;  // the wait that Retry-After announced, from `answered` on
  Reply reply = Reply::kOther;
  std::uint64_t caller = 0;  // by credential, cookies and User-Agent
  std::uint64_t place = 0;   // by caller, vendor, method, path and query, whatever the edition
  std::uint64_t call = 0;    // by place and body: equal for attempts that are byte for byte equal
  std::uint64_t connection = 0;  // 0: unknown

  std::uint64_t id() const { return exchange->id; }
  const Request& request() const { return exchange->request; }
  bool failed() const { return reply == Reply::kFailure || reply == Reply::kLost; }
  bool IsLost() const { return reply == Reply::kLost; }
  bool IsRateLimited() const { return !IsLost() && exchange->response.status == 429; }
  // Its client was told by Retry-After when to come again, be it at once.
  bool TellsWhen() const {
    return !IsLost() && exchange->retry_after && exchange->response.status >= 300;
  }
  bool Asks(Effect::Does does) const {
    return operation != nullptr && operation->effect() && operation->effect()->does == does;
  }
  // It took effect, and made a new resource. A create that names its resource makes the same one
  // again.
  bool MakesNew() const {
    return exchange->applied && Asks(Effect::Does::kCreate) && !operation->effect()->which.by;
  }
  // It changes nothing.
  bool Reads() const { return request().method == "GET" || request().method == "HEAD"; }
  // GET, HEAD, PUT, DELETE and so on (RFC 9110, section 9.2.2).
  bool IsIdempotent() const {
    const std::string& method = request().method;
    return method != "POST" && method != "PATCH";
  }
};

}  // namespace mockduit
