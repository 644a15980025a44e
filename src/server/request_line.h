// RequestLine: "GET /v1/teams?page=2 HTTP/1.1" taken apart (RFC 9112, section 3). Used by the head
// parser. A pure function over bytes; never decodes the target.
#pragma once

#include <optional>
#include <string_view>

#include "server/objection.h"

namespace mockduit {

// Views into the line.
struct RequestLine {
  std::string_view method;
  std::string_view authority;  // "api.example.com:443" of an absolute target or CONNECT; or ""
  std::string_view path;       // "*" for OPTIONS of the whole server; "" for CONNECT
  std::string_view query;      // without the '?'
  int minor_version = 1;       // of HTTP/1
};

// The line comes without its CRLF. After an objection `result` holds what was read before it.
std::optional<Objection> ParseRequestLine(std::string_view line, RequestLine& result);

}  // namespace mockduit
