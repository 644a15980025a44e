#include "http/form.h"

#include <algorithm>

#include "base/percent.h"
#include "base/text.h"
#include "http/headers.h"
#include "http/media_type.h"
#include "http/uri.h"

namespace mockduit {
namespace {

constexpr std::size_t kMaxParts = 10'000;
constexpr std::size_t kMaxBoundary = 70;  // bytes (RFC 2046, 5.1.1)

// The headers of a part, up to the empty line, which is taken as well. False where none ends them.
bool TakeHead(std::string_view& part, Field& field) {
  while (true) {
    const std::size_t end = part.find("\r\n");
    if (end == std::string_view::npos) return false;
    std::string_view line = part.substr(0, end);
    part.remove_prefix(end + 2);
    if (line.empty()) return true;
    const std::string_view name = Trim(TakeUntil(line, ":"));
    if (EqualsIgnoringCase(name, "Content-Type")) field.type = Trim(line);
    if (!EqualsIgnoringCase(name, "Content-Disposition")) continue;
    field.name = ValidUtf8(MediaParameter(line, "name").value_or(""));
    field.is_file = MediaParameter(line, "filename") || MediaParameter(line, "filename*");
  }
}

}  // namespace

Fields ReadFields(std::string_view encoded) {
  Fields fields;
  while (!encoded.empty()) {
    const QueryParameter parameter = TakeParameter(encoded);
    if (parameter.text.empty()) continue;
    fields.push_back({.name = ValidUtf8(DecodeQueryPart(parameter.name)),
                      .value = ValidUtf8(DecodeQueryPart(parameter.value)),
                      .raw = std::string(parameter.value)});
  }
  return fields;
}

Fields ReadCookies(std::string_view header) {
  Fields fields;
  while (!header.empty()) {
    std::string_view value = TakeUntil(header, ";");
    const std::string_view name = Trim(TakeUntil(value, "="));
    if (name.empty()) continue;
    value = Trim(value);
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
      value = value.substr(1, value.size() - 2);
    }
    fields.push_back({.name = ValidUtf8(name),
                      .value = ValidUtf8(PercentDecode(value)),
                      .raw = std::string(value)});
  }
  return fields;
}

Result<Fields> ReadMultipart(std::string_view body, std::string_view content_type) {
  const auto boundary = MediaParameter(content_type, "boundary");
  if (!boundary || boundary->empty() || boundary->size() > kMaxBoundary) {
    return Fail("its Content-Type has no boundary");
  }
  // Each part stands between two of these; what is before the first and behind the last is nothing.
  const std::string mark = "--" + *boundary;
  if (!body.starts_with(mark)) {
    const std::size_t first = body.find("\r\n" + mark);
    if (first == std::string_view::npos) return Fail("its boundary stands nowhere in it");
    body.remove_prefix(first + 2);
  }
  const std::string next = "\r\n" + mark;
  Fields fields;
  while (true) {
    body.remove_prefix(mark.size());
    if (body.starts_with("--")) return fields;
    const std::size_t line = body.find("\r\n");
    if (line == std::string_view::npos || !Trim(body.substr(0, line)).empty()) {
      return Fail("a boundary does not end its line");
    }
    body.remove_prefix(line + 2);
    // A part without headers begins with the empty line, and one without a body may end there.
    const std::size_t end = body.find(next);
    if (end == std::string_view::npos) return Fail("its last part has no end");
    if (fields.size() == kMaxParts) {
      return Fail("it has more than " + std::to_string(kMaxParts) + " parts");
    }
    std::string_view part = body.substr(0, end);
    Field& field = fields.emplace_back();
    if (!TakeHead(part, field)) {
      return Fail("no empty line ends the headers of part " + std::to_string(fields.size()));
    }
    if (field.name.empty()) return Fail("part " + std::to_string(fields.size()) + " has no name");
    field.value = ValidUtf8(part);
    if (field.is_file) field.raw = part;
    body.remove_prefix(end + 2);
  }
}

}  // namespace mockduit
