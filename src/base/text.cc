#include "base/text.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <utility>

#include "base/utf8.h"

namespace mockduit {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t'; }

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

namespace {

// Whether a character is a control, separates lines or paragraphs, or turns the direction of what
// stands beside it.
bool Misleads(char32_t character) {
  static constexpr std::pair<char32_t, char32_t> kRanges[] = {{0x00, 0x1F},     {0x7F, 0x9F},
                                                              {0x061C, 0x061C}, {0x200E, 0x200F},
                                                              {0x2028, 0x202E}, {0x2066, 0x2069}};
  return std::ranges::any_of(kRanges, [&](const auto& range) {
    return character >= range.first && character <= range.second;
  });
}

}  // namespace

std::string Printable(std::string_view text) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  std::string printable;
  printable.reserve(text.size());
  while (!text.empty()) {
    const std::size_t known = Utf8Length(text);
    const std::size_t length = std::max<std::size_t>(known, 1);
    if (text.front() == '\n') {
      printable += "\n    ";
    } else if (known == 0 || Misleads(CodePoint(text, known))) {
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

// Looks at eight bytes at a time; at the end at some of them a second time.
bool HasControl(std::string_view text) {
  constexpr std::uint64_t kOnes = 0x0101'0101'0101'0101;
  constexpr std::uint64_t kHighBits = 0x80 * kOnes;
  // The high bit of the lowest byte that is below `limit`, and maybe of others above it.
  const auto below = [](std::uint64_t bytes, std::uint64_t limit) {
    return (bytes - limit * kOnes) & ~bytes & kHighBits;
  };
  const auto has = [&](std::uint64_t bytes) {
    return (below(bytes, 0x20) | below(bytes ^ (0x7F * kOnes), 1)) != 0;
  };
  if (text.empty()) return false;
  std::uint64_t bytes = 0x20 * kOnes;
  if (text.size() < sizeof bytes) {
    std::memcpy(&bytes, text.data(), text.size());
    return has(bytes);
  }
  const char* const last = text.data() + text.size() - sizeof bytes;
  for (const char* at = text.data(); at < last; at += sizeof bytes) {
    std::memcpy(&bytes, at, sizeof bytes);
    if (has(bytes)) return true;
  }
  std::memcpy(&bytes, last, sizeof bytes);
  return has(bytes);
}

std::string_view Trim(std::string_view text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  return text;
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
