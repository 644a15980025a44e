#include "base/unicode.h"

#include <clocale>
#include <cwctype>

#include <algorithm>
#include <cstddef>

#include "base/text.h"
#include "base/utf8.h"

namespace mockduit {
namespace {

struct Encoding {
  std::size_t width = 1;  // bytes of a unit
  bool big_endian = false;
  std::size_t mark = 0;  // bytes of the byte order mark
};

Encoding EncodingOf(std::string_view bytes) {
  using std::string_view_literals::operator""sv;
  if (bytes.starts_with("\0\0\xFE\xFF"sv)) return {4, true, 4};
  if (bytes.starts_with("\xFF\xFE\0\0"sv)) return {4, false, 4};
  if (bytes.starts_with("\xFE\xFF"sv)) return {2, true, 2};
  if (bytes.starts_with("\xFF\xFE"sv)) return {2, false, 2};
  if (bytes.starts_with("\xEF\xBB\xBF"sv)) return {1, false, 3};
  const auto zero = [&](std::size_t at) { return bytes[at] == '\0'; };
  if (bytes.size() >= 4) {
    if (zero(0)) return zero(1) ? Encoding{4, true, 0} : Encoding{2, true, 0};
    if (zero(1)) return zero(2) && zero(3) ? Encoding{4, false, 0} : Encoding{2, false, 0};
  } else if (bytes.size() == 2 && (zero(0) || zero(1))) {
    return {2, zero(0), 0};
  }
  return {};
}

bool IsAscii(char c) { return static_cast<unsigned char>(c) < 0x80; }

void AppendUtf8(std::string& out, char32_t c) {
  const auto add = [&](char32_t byte) { out += static_cast<char>(byte); };
  if (c < 0x80) return add(c);
  if (c < 0x800) {
    add(0xC0 | c >> 6U);
  } else if (c < 0x10000) {
    add(0xE0 | c >> 12U);
    add(0x80 | (c >> 6U & 0x3FU));
  } else {
    add(0xF0 | c >> 18U);
    add(0x80 | (c >> 12U & 0x3FU));
    add(0x80 | (c >> 6U & 0x3FU));
  }
  add(0x80 | (c & 0x3FU));
}

// The locale that every system with the GNU C library has, so that a text is the same everywhere.
locale_t CaseLocale() {
  static const locale_t kLocale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  return kLocale;
}

template <class Map>
std::string Mapped(std::string_view text, Map map) {
  std::string mapped;
  mapped.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = Utf8Length(text);
    if (length == 0 || CaseLocale() == nullptr) {
      mapped += text.front();
      text.remove_prefix(1);
      continue;
    }
    const auto c = static_cast<wint_t>(CodePoint(text, length));
    AppendUtf8(mapped, static_cast<char32_t>(map(c, CaseLocale())));
    text.remove_prefix(length);
  }
  return mapped;
}

}  // namespace

std::string Capitals(std::string_view text) {
  if (std::ranges::all_of(text, IsAscii)) return UpperCase(std::string(text));
  return Mapped(text, towupper_l);
}

std::string SmallLetters(std::string_view text) {
  if (std::ranges::all_of(text, IsAscii)) return LowerCase(text);
  return Mapped(text, towlower_l);
}

std::optional<std::string> JsonAsUtf8(std::string_view bytes) {
  const Encoding encoding = EncodingOf(bytes);
  bytes.remove_prefix(encoding.mark);
  if (encoding.width == 1) {
    return FirstNotUtf8(bytes) ? std::nullopt : std::optional(std::string(bytes));
  }
  if (bytes.size() % encoding.width != 0) return std::nullopt;
  const auto unit = [&](std::size_t at) {
    char32_t value = 0;
    for (std::size_t i = 0; i < encoding.width; ++i) {
      const std::size_t place = encoding.big_endian ? i : encoding.width - 1 - i;
      value = value << 8U | static_cast<unsigned char>(bytes[at + place]);
    }
    return value;
  };
  std::string text;
  text.reserve(bytes.size() / encoding.width);
  for (std::size_t at = 0; at < bytes.size(); at += encoding.width) {
    char32_t c = unit(at);
    if (encoding.width == 2 && c >= 0xD800 && c < 0xDC00 && at + 4 <= bytes.size()) {
      const char32_t low = unit(at + 2);
      if (low < 0xDC00 || low > 0xDFFF) return std::nullopt;
      c = 0x10000 + ((c - 0xD800) << 10U) + (low - 0xDC00);
      at += 2;
    }
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) return std::nullopt;
    AppendUtf8(text, c);
  }
  return text;
}

}  // namespace mockduit
