#include "base/text.h"

#include <algorithm>

#include "base/utf8.h"

namespace mockduit {
namespace {

constexpr std::string_view kBlank = " \t";

}  // namespace

std::string ValidUtf8(std::string_view text) {
  if (!FirstNotUtf8(text)) return std::string(text);
  std::string valid;
  valid.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = Utf8Length(text);
    if (length == 0) {
      valid += "\uFFFD";
    } else {
      valid += text.substr(0, length);
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return valid;
}

std::string Printable(std::string_view text) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  std::string printable;
  printable.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = std::max<std::size_t>(Utf8Length(text), 1);
    const auto first = static_cast<unsigned char>(text.front());
    // The C1 controls are U+0080 to U+009F, which are C2 80 to C2 9F.
    const bool control = length == 1 ? first < 0x20 || first > 0x7E
                                     : first == 0xC2 && static_cast<unsigned char>(text[1]) < 0xA0;
    if (first == '\n') {
      printable += "\n    ";
    } else if (control) {
      for (const char c : text.substr(0, length)) {
        const auto byte = static_cast<unsigned char>(c);
        printable += {'\\', 'x', kHex[byte >> 4], kHex[byte & 0xF]};
      }
    } else {
      printable += text.substr(0, length);
    }
    text.remove_prefix(length);
  }
  return printable;
}

std::string LowerCase(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  });
  return lower;
}

std::string UpperCase(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
  });
  return text;
}

std::string_view Trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

bool IsDigits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view TakeUntil(std::string_view& rest, std::string_view separators) {
  // To look for several takes a call for each byte.
  const std::size_t end =
      separators.size() == 1 ? rest.find(separators[0]) : rest.find_first_of(separators);
  const std::string_view taken = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  return taken;
}

}  // namespace mockduit
