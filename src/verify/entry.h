// Entry: one exchange as the checks read it: the operation that was called, the result, the call of
// which it is an attempt. A history makes them (verify/history.h).
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
  kRefusal,  // 400, 401, 403, 404 or 422: the same request will be refused again
  kOther,    // any other 4xx, and the emulator's own responses
};

struct Entry {
  const Exchange* exchange = nullptr;
  const Operation* operation = nullptr;  // nullptr: none
  std::string_view path;                 // the vendor's path, without session and scenario
  std::size_t index = 0;                 // in the history
  // In the client's own time, since a session's clock may run faster or slower; in the session's
  // time where its clock stands still.
  Time at{};                            // when the request arrived
  Time answered{};                      // when the response went out, delays included
  std::optional<Duration> retry_after;  // the wait that Retry-After announced
  Reply reply = Reply::kOther;
  std::uint64_t caller = 0;   // by credential and User-Agent
  std::uint64_t place = 0;    // by caller, method, path and query, whatever the edition
  std::uint64_t call = 0;     // by place and body: the same for all attempts of a call
  std::uint64_t changes = 0;  // the number of writes that took effect before it

  std::uint64_t id() const { return exchange->id; }
  const Request& request() const { return exchange->request; }
  bool failed() const { return reply == Reply::kFailure || reply == Reply::kLost; }
  bool Asks(Effect::Does does) const {
    return operation != nullptr && operation->effect && operation->effect->does == does;
  }
};

}  // namespace mockduit
