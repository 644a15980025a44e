#include "base/charset.h"

#include <cstdint>

namespace mockduit {
namespace {

struct Form {
  std::size_t width;     // of a unit, in bytes
  bool big;              // the first byte of a unit is the high one
  std::size_t mark = 0;  // how many bytes of a mark come first
};

std::optional<Form> FormOf(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\x00\x00\xFE\xFF"sv)) return Form{4, true, 4};
  if (bytes.starts_with("\xFF\xFE\x00\x00"sv)) return Form{4, false, 4};
  if (bytes.starts_with("\xFE\xFF"sv)) return Form{2, true, 2};
  if (bytes.starts_with("\xFF\xFE"sv)) return Form{2, false, 2};
  if (bytes.starts_with("\xEF\xBB\xBF"sv)) return Form{1, true, 3};
  if (bytes.size() >= 4) {
    if (bytes[0] == 0) return bytes[1] != 0 ? Form{2, true} : Form{4, true};
    if (bytes[1] == 0) return bytes[2] != 0 || bytes[3] != 0 ? Form{2, false} : Form{4, false};
  } else if (bytes.size() == 2 && (bytes[0] == 0 || bytes[1] == 0)) {
    return Form{2, bytes[0] == 0};
  }
  return std::nullopt;
}

bool IsSurrogate(char32_t unit) { return unit >= 0xD800 && unit <= 0xDFFF; }

void AppendUtf8(std::string& text, char32_t code_point) {
  const auto add = [&](char32_t byte) { text += static_cast<char>(byte); };
  if (code_point < 0x80) return add(code_point);
  const int more = code_point < 0x800 ? 1 : code_point < 0x10000 ? 2 : 3;
  static constexpr char32_t kLead[] = {0, 0xC0, 0xE0, 0xF0};
  add(kLead[more] | (code_point >> (6U * static_cast<unsigned>(more))));
  for (int i = more - 1; i >= 0; --i) {
    add(0x80U | ((code_point >> (6U * static_cast<unsigned>(i))) & 0x3FU));
  }
}

}  // namespace

std::optional<std::string> RecodedJson(std::string_view bytes) {
  const auto form = FormOf(bytes);
  if (!form) return std::nullopt;
  bytes.remove_prefix(form->mark);
  if (form->width == 1) return std::string(bytes);
  if (bytes.size() % form->width != 0) return std::nullopt;
  const auto unit = [&](std::size_t at) {
    char32_t value = 0;
    for (std::size_t i = 0; i < form->width; ++i) {
      const std::size_t byte = form->big ? i : form->width - 1 - i;
      value = value << 8U | static_cast<unsigned char>(bytes[at + byte]);
    }
    return value;
  };
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += form->width) {
    char32_t code_point = unit(at);
    if (form->width == 2 && code_point >= 0xD800 && code_point <= 0xDBFF) {
      if (at + 4 > bytes.size()) return std::nullopt;
      const char32_t low = unit(at + 2);
      if (low < 0xDC00 || low > 0xDFFF) return std::nullopt;
      code_point = 0x10000 + ((code_point - 0xD800) << 10U) + (low - 0xDC00);
      at += 2;
    }
    if (IsSurrogate(code_point) || code_point > 0x10FFFF) return std::nullopt;
    AppendUtf8(text, code_point);
  }
  return text;
}

}  // namespace mockduit
