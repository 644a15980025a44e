#include "engine/prefer.h"

#include <utility>
#include <vector>

#include "base/text.h"
#include "http/headers.h"

namespace mockduit {
namespace {

std::string_view Unquote(std::string_view text) {
  text = Trim(text);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    text = text.substr(1, text.size() - 2);
  }
  return text;
}

bool IsOurs(std::string_view preference) {
  const std::string_view name = Trim(TakeUntil(preference, "="));
  return EqualsIgnoringCase(name, "code") || EqualsIgnoringCase(name, "example");
}

}  // namespace

Result<std::optional<Preference>> ReadPrefer(std::string_view header) {
  Preference preference;
  bool has_code = false;
  bool has_example = false;
  // Of a preference that is given twice the first counts (RFC 7240, section 2).
  while (!header.empty()) {
    std::string_view pair = TakeUntil(header, ",;");
    const std::string_view name = Trim(TakeUntil(pair, "="));
    const std::string_view value = Unquote(pair);
    if (EqualsIgnoringCase(name, "example") && !std::exchange(has_example, true)) {
      preference.example = value;
    }
    if (!EqualsIgnoringCase(name, "code") || std::exchange(has_code, true)) continue;
    const auto code = ParseNumber<int>(value);
    if (!code) return Fail("Prefer: code=" + std::string(value) + " is no status code");
    preference.code = *code;
  }
  if (preference.code == 0) return std::nullopt;
  return preference;
}

std::string WithoutOurs(std::string_view header) {
  std::vector<std::string> kept;
  while (!header.empty()) {
    std::string_view preference = TakeUntil(header, ",");
    std::vector<std::string> parts;
    while (!preference.empty()) {
      const std::string_view part = Trim(TakeUntil(preference, ";"));
      if (!part.empty() && !IsOurs(part)) parts.emplace_back(part);
    }
    if (!parts.empty()) kept.push_back(Join(parts, "; "));
  }
  return Join(kept, ", ");
}

}  // namespace mockduit
