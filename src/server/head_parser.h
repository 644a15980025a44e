// The head of a request, from bytes to values, strictly after RFC 9112. Used by the request reader
// and by the fuzzer. Pure functions: no sockets, no clock, nothing kept between calls.
#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <string_view>

#include "http/message.h"
#include "server/framing.h"
#include "server/limits.h"
#include "server/objection.h"

namespace mockduit {

// The first byte of a TLS greeting, with which no request begins (RFC 8446, section 5.1).
inline constexpr char kTlsHandshake = 0x16;

// The length of the head at the front of the bytes, its empty line included; 0 while it is not
// whole. Objects as soon as it is clear that no good head can become of it.
std::expected<std::size_t, Objection> MeasureHead(std::string_view bytes,
                                                  const ServerLimits& limits);

struct Head {
  Request request;  // still without its body
  int minor_version = 1;
  Framing framing;
};

// Takes a whole head apart. After an objection, `head` holds what was read before it, so that a
// broken head can be reported as far as it was read.
std::optional<Objection> ParseHead(std::string_view bytes, Head& head);

}  // namespace mockduit
