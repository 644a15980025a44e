#include "engine/prefer.h"

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

}  // namespace

Result<std::optional<Preference>> ReadPrefer(std::string_view header) {
  Preference preference;
  while (!header.empty()) {
    std::string_view pair = TakeUntil(header, ",;");
    const std::string_view name = Trim(TakeUntil(pair, "="));
    const std::string_view value = Unquote(pair);
    if (EqualsIgnoringCase(name, "example")) preference.example = value;
    if (!EqualsIgnoringCase(name, "code")) continue;
    const auto code = ParseNumber<int>(value);
    if (!code) return Fail("Prefer: code=" + std::string(value) + " is no status code");
    preference.code = *code;
  }
  if (preference.code == 0) return std::nullopt;
  return preference;
}

}  // namespace mockduit
