// Framing: what the fields of a head say about the bytes after it and about the connection. Used by
// the head parser. The place where requests are smuggled, so whatever two servers could read in two
// ways is an objection (RFC 9112, section 6). Pure functions.
#pragma once

#include <cstddef>
#include <optional>

#include "http/headers.h"
#include "server/objection.h"

namespace mockduit {

struct Framing {
  bool chunked = false;
  std::size_t content_length = 0;  // 0 when chunked
  bool keep_alive = true;          // the client's wish, or the default of its version
  bool expects_continue = false;   // waits for "100 Continue" before it sends the body

  bool has_body() const { return chunked || content_length > 0; }
};

std::optional<Objection> ParseFraming(const Headers& headers, int minor_version, Framing& result);

}  // namespace mockduit
