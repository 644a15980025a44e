#include "server/head_parser.h"

#include <algorithm>
#include <string>

#include "http/uri.h"
#include "server/grammar.h"
#include "server/request_line.h"

namespace mockduit {
namespace {

// Some clients send a CRLF too many after a body (RFC 9112, section 2.2).
std::string_view WithoutLeadingCrlf(std::string_view bytes) {
  return bytes.substr(bytes.starts_with("\r\n") ? 2 : 0);
}

// Of a head that is not whole yet: what is wrong with it already.
std::optional<Objection> CheckLines(std::string_view bytes) {
  if (bytes.starts_with(kTlsHandshake)) {
    return BadRequest(
        "The request begins like TLS; this port speaks plain HTTP, so use http://, or "
        "start the server with --tls.");
  }
  while (true) {
    const auto line = TakeLine(bytes);
    if (!line) return line.error();
    if (!*line) return std::nullopt;
  }
}

std::optional<Objection> ParseFields(std::string_view bytes, Headers& headers) {
  constexpr std::size_t kUsualFields = 12;
  headers.Reserve(kUsualFields, bytes.size());
  while (true) {
    const auto line = TakeLine(bytes);
    if (!line) return line.error();
    if (!*line) return BadRequest("The head ends in the middle of a line (RFC 9112, section 2.1).");
    if ((*line)->empty()) return std::nullopt;
    const auto field = ParseFieldLine(**line);
    if (!field) return field.error();
    headers.Add(field->name, field->value);
  }
}

// An absolute target overrules the Host field (RFC 9112, section 3.2.2), which must be sound all
// the same. An empty Host is the one of a client whose address has none (section 3.2).
std::optional<Objection> SettleHost(std::string_view authority, int minor_version,
                                    Headers& headers) {
  const std::size_t count = headers.Count("Host");
  if (count > 1) return BadRequest("Host is repeated (RFC 9112, section 3.2).");
  if (count == 0 && minor_version == 1) {
    return BadRequest("Host is missing; HTTP/1.1 asks for it (RFC 9112, section 3.2).");
  }
  const std::string_view host = headers.Get("Host");
  if (!host.empty() && !ParseAuthority(host)) {
    return BadRequest("Host " + QuotedUrl(host) + " is not a host name (RFC 9112, section 3.2).");
  }
  if (!authority.empty()) headers.Set("Host", std::string(authority));
  return std::nullopt;
}

}  // namespace

std::expected<std::size_t, Objection> MeasureHead(std::string_view bytes,
                                                  const ServerLimits& limits) {
  const std::string_view head = WithoutLeadingCrlf(bytes);
  const std::size_t end = head.find("\r\n\r\n");
  const bool whole = end != std::string_view::npos;
  const std::size_t length = whole ? end + 4 : head.size();
  if (std::min(head.find('\n'), length) > limits.request_line_bytes) {
    return std::unexpected(Objection{414, "The request line is longer than " +
                                              std::to_string(limits.request_line_bytes) +
                                              " bytes."});
  }
  if (length > limits.head_bytes) {
    return std::unexpected(
        Objection{431, "The head is longer than " + std::to_string(limits.head_bytes) + " bytes."});
  }
  if (whole) return length + (bytes.size() - head.size());
  if (auto objection = CheckLines(head)) return std::unexpected(std::move(*objection));
  return 0;
}

std::optional<Objection> ParseHead(std::string_view bytes, Head& head) {
  Request& request = head.request;
  request.method.clear();  // until one was read
  bytes = WithoutLeadingCrlf(bytes);
  const auto first = TakeLine(bytes);
  if (!first) return first.error();
  if (!*first) return BadRequest("The request line has no end (RFC 9112, section 3).");

  RequestLine line;
  auto objection = ParseRequestLine(**first, line);
  request.method = line.method;
  if (!line.path.empty()) request.path = line.path;
  request.query = line.query;
  head.minor_version = line.minor_version;
  if (objection) {
    // The fields say who has sent it, as far as they can be read.
    ParseFields(bytes, request.headers);
    return objection;
  }

  if ((objection = ParseFields(bytes, request.headers))) return objection;
  if ((objection = SettleHost(line.authority, line.minor_version, request.headers))) {
    return objection;
  }
  request.for_proxy = !line.authority.empty();
  return ParseFraming(request.headers, line.minor_version, head.framing);
}

}  // namespace mockduit
