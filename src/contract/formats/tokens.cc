#include <algorithm>
#include <cstddef>

#include "base/pattern.h"
#include "contract/formats/checks.h"
#include "contract/formats/letters.h"

namespace mockduit {
namespace {

bool IsPointer(std::string_view text) {
  if (text.empty()) return true;
  if (!text.starts_with('/')) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '~') continue;
    if (i + 1 == text.size() || (text[i + 1] != '0' && text[i + 1] != '1')) return false;
  }
  return true;
}

bool IsBase64(std::string_view text, std::string_view marks) {
  return std::ranges::all_of(text, [&](char c) { return IsLetterOrDigit(c) || marks.contains(c); });
}

}  // namespace

Reason WhyNoJsonPointer(std::string_view text) {
  return IsPointer(text) ? std::nullopt : Reason("it is no JSON pointer, such as /a/0");
}

Reason WhyNoRelativeJsonPointer(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const bool has_zero = digits > 1 && text.starts_with('0');
  const std::string_view rest = text.substr(digits);
  const bool is_good = digits > 0 && !has_zero && (rest == "#" || IsPointer(rest));
  return is_good ? std::nullopt : Reason("it is no relative JSON pointer, such as 1/a");
}

// One that we cannot hold may be a good one.
Reason WhyNoRegex(std::string_view text) {
  const auto pattern = Pattern::CompileEcma(text);
  if (pattern || !pattern.error().is_mistake) return std::nullopt;
  return pattern.error().message;
}

Reason WhyNoBase64(std::string_view text) {
  const std::size_t size = text.size();
  for (int i = 0; i < 2 && text.ends_with('='); ++i) text.remove_suffix(1);
  const bool is_good = size % 4 == 0 && IsBase64(text, "+/");
  return is_good ? std::nullopt : Reason("it is not written in base64");
}

Reason WhyNoBase64Url(std::string_view text) {
  while (text.ends_with('=')) text.remove_suffix(1);
  const bool is_good = text.size() % 4 != 1 && IsBase64(text, "-_");
  return is_good ? std::nullopt : Reason("it is not written in base64url");
}

Reason WhyNoCharacter(std::string_view text) {
  const auto count = std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; });
  return count == 1 ? std::nullopt : Reason("it is not one character");
}

}  // namespace mockduit
