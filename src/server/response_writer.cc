#include "server/response_writer.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace mockduit {
namespace {

constexpr std::size_t kUsualHeadBytes = 512;

void AppendNumber(std::size_t number, int base, std::string& out) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, number, base).ptr;
  out.append(digits, end);
}

bool BelongsToTheDoor(std::string_view name) {
  switch (name.size()) {
    case 10: return EqualsIgnoringCase(name, "Connection");
    case 14: return EqualsIgnoringCase(name, "Content-Length");
    case 17: return EqualsIgnoringCase(name, "Transfer-Encoding");
    default: return false;
  }
}

void AppendFields(const Headers& headers, std::string& out) {
  const auto is_doors = [](const Headers::Field& field) { return BelongsToTheDoor(field.name); };
  if (std::ranges::none_of(headers.fields(), is_doors)) {
    out.append(headers.lines());
    return;
  }
  for (std::size_t i = 0; i < headers.fields().size(); ++i) {
    if (!is_doors(headers.fields()[i])) out.append(headers.LineAt(i)).append("\r\n");
  }
}

void AppendFraming(BodyFraming framing, std::size_t length, std::string& out) {
  if (framing == BodyFraming::kChunked) out.append("Transfer-Encoding: chunked\r\n");
  if (framing != BodyFraming::kLength) return;
  out.append("Content-Length: ");
  AppendNumber(length, 10, out);
  out.append("\r\n");
}

// RFC 9110, sections 8.6 and 6.4.1.
bool MayHaveContent(int status) { return status >= 200 && status != 204 && status != 304; }

}  // namespace

bool TakesBody(const Response& response, std::string_view method) {
  return MayHaveContent(response.status) && method != "HEAD";
}

void AppendHead(const Response& response, BodyFraming framing, ConnectionField connection,
                std::string& out) {
  out.append("HTTP/1.1 ");
  AppendNumber(static_cast<std::size_t>(response.status), 10, out);
  out.append(" ").append(ReasonPhrase(response.status)).append("\r\n");
  AppendFields(response.headers, out);
  if (MayHaveContent(response.status)) AppendFraming(framing, response.body.size(), out);
  if (connection == ConnectionField::kClose) out.append("Connection: close\r\n");
  if (connection == ConnectionField::kKeepAlive) out.append("Connection: keep-alive\r\n");
  out.append("\r\n");
}

void AppendChunk(std::string_view bytes, std::string& out) {
  AppendNumber(bytes.size(), 16, out);
  out.append("\r\n").append(bytes).append("\r\n");
}

void AppendResponse(const Response& response, std::string_view method, ConnectionField connection,
                    std::string& out) {
  const bool body = TakesBody(response, method);
  out.reserve(out.size() + kUsualHeadBytes + (body ? response.body.size() : 0));
  AppendHead(response, BodyFraming::kLength, connection, out);
  if (body) out.append(response.body);
}

}  // namespace mockduit
