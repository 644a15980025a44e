// Identity: what a client says itself of which logical call a request belongs to: a header with the
// same value in every attempt of a call.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "verify/entry.h"

namespace mockduit {

// The first of these that a request has: X-Mockduit-Call, Idempotency-Key, X-Idempotency-Key,
// amz-sdk-invocation-id, X-Request-Id and its like, traceparent's trace. nullopt: none.
struct Identity {
  std::string_view header;
  std::string_view value;
  bool is_ours = false;  // X-Mockduit-Call, which is sent for this alone
  // A new value is a new call where values come again at all. Other headers may be one for many.
  bool distinguishes = false;

  bool operator==(const Identity&) const = default;
};
std::optional<Identity> IdentityOf(const Entry& entry);

// The number of the attempt, from 0, as x-stainless-retry-count and the like give it.
std::optional<std::uint64_t> AttemptOf(const Entry& entry);

}  // namespace mockduit
