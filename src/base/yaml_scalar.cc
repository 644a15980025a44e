#include "base/yaml_scalar.h"

#include <cstdint>

#include "base/text.h"

namespace mockduit {
namespace {

bool IsSign(char c) { return c == '+' || c == '-'; }

}  // namespace

Json YamlScalar(std::string_view text) {
  if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL") return {};
  if (text == "true" || text == "True" || text == "TRUE") return true;
  if (text == "false" || text == "False" || text == "FALSE") return false;
  if (text.size() > 2 && (text.starts_with("0x") || text.starts_with("0o")) && !IsSign(text[2])) {
    if (const auto whole = ParseNumber<std::int64_t>(text.substr(2), text[1] == 'x' ? 16 : 8)) {
      return *whole;
    }
  }
  const bool two_signs = text.size() > 1 && IsSign(text[0]) && IsSign(text[1]);
  if (!two_signs && text.find_first_not_of("0123456789+-.eE") == std::string_view::npos) {
    const std::string_view unsigned_text = text.starts_with('+') ? text.substr(1) : text;
    if (const auto whole = ParseNumber<std::int64_t>(unsigned_text)) return *whole;
    // JSON's numbers are YAML's too, of any size; YAML has others, such as ".5".
    if (auto number = Json::Parse(unsigned_text)) return *std::move(number);
    if (const auto real = ParseNumber<double>(unsigned_text)) return *real;
  }
  return text;
}

}  // namespace mockduit
