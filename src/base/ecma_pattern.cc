#include "base/ecma_pattern.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>

#include "base/text.h"

namespace mockduit {
namespace {

// For within a class: the blanks of ECMA-262, section 12.2 and 12.3, and all other characters.
constexpr std::string_view kSpace =
    R"(\t-\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff})";
constexpr std::string_view kNoSpace =
    R"(\x00-\x08\x0e-\x1f\x21-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027})"
    R"(\x{202a}-\x{202e}\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{fefe}\x{ff00}-\x{10ffff})";
constexpr std::string_view kAnything = R"([\x00-\x{10ffff}])";
constexpr std::string_view kNothing = R"([^\x00-\x{10ffff}])";
constexpr std::string_view kNoLineEnd = R"([^\n\r\x{2028}\x{2029}])";

// Categories that RE2 knows by their short names alone.
using Category = std::pair<std::string_view, std::string_view>;
constexpr std::array<Category, 37> kCategories = {{
    {"Letter", "L"},
    {"Uppercase_Letter", "Lu"},
    {"Lowercase_Letter", "Ll"},
    {"Titlecase_Letter", "Lt"},
    {"Modifier_Letter", "Lm"},
    {"Other_Letter", "Lo"},
    {"Uppercase", "Lu"},
    {"Lowercase", "Ll"},
    {"Mark", "M"},
    {"Combining_Mark", "M"},
    {"Nonspacing_Mark", "Mn"},
    {"Spacing_Mark", "Mc"},
    {"Enclosing_Mark", "Me"},
    {"Number", "N"},
    {"Decimal_Number", "Nd"},
    {"digit", "Nd"},
    {"Letter_Number", "Nl"},
    {"Other_Number", "No"},
    {"Punctuation", "P"},
    {"punct", "P"},
    {"Connector_Punctuation", "Pc"},
    {"Dash_Punctuation", "Pd"},
    {"Open_Punctuation", "Ps"},
    {"Close_Punctuation", "Pe"},
    {"Initial_Punctuation", "Pi"},
    {"Final_Punctuation", "Pf"},
    {"Other_Punctuation", "Po"},
    {"Symbol", "S"},
    {"Math_Symbol", "Sm"},
    {"Currency_Symbol", "Sc"},
    {"Modifier_Symbol", "Sk"},
    {"Other_Symbol", "So"},
    {"Separator", "Z"},
    {"Space_Separator", "Zs"},
    {"Control", "Cc"},
    {"Format", "Cf"},
    {"Private_Use", "Co"},
}};

bool IsHex(std::string_view text) {
  return !text.empty() &&
         text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

class Translator {
 public:
  explicit Translator(std::string_view regex) : rest_(regex) {}

  std::expected<std::string, NoPattern> Translate() {
    while (!rest_.empty() && mistake_.empty()) Term();
    if (open_groups_ > 0) Wrong("a ')' is missing");
    if (!mistake_.empty()) {
      return std::unexpected(NoPattern{true, "is no regular expression: " + mistake_});
    }
    if (!limit_.empty()) return std::unexpected(NoPattern{false, limit_ + ", and is not held"});
    return std::move(out_);
  }

 private:
  void Wrong(std::string what) {
    if (mistake_.empty()) mistake_ = std::move(what);
  }
  // The rest is still read: it may be no expression at all.
  void Limit(std::string what) {
    if (limit_.empty()) limit_ = std::move(what);
  }

  char Take() {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }
  bool TakeIf(std::string_view text) {
    const bool is_there = rest_.starts_with(text);
    if (is_there) rest_.remove_prefix(text.size());
    return is_there;
  }

  void Term() {
    const char c = Take();
    switch (c) {
      case '(': return Group();
      case ')':
        if (--open_groups_ < 0) Wrong("a '(' is missing");
        out_ += c;
        return;
      case '[': return Class();
      case '.': out_ += kNoLineEnd; return;
      case '\\': return Escape(false);
      case '{': return Braces();
      case '}':
      case ']': out_.append("\\") += c; return;
      default: out_ += c;
    }
  }

  // Nobody asks what a group has matched.
  void Group() {
    ++open_groups_;
    if (TakeIf("?=") || TakeIf("?!")) {
      Limit("looks ahead");
    } else if (TakeIf("?<=") || TakeIf("?<!")) {
      Limit("looks behind");
    } else if (TakeIf("?<") || TakeIf("?P<")) {
      if (TakeUntil(rest_, ">").empty()) Wrong("a group has no name");
    } else if (rest_.starts_with("?") && !rest_.starts_with("?:")) {
      out_ += '(';  // with flags
      return;
    } else {
      TakeIf("?:");
    }
    out_ += "(?:";
  }

  // A number of times, or a brace that stands for itself.
  void Braces() {
    const std::size_t end = rest_.find('}');
    std::string_view times = rest_.substr(0, end);
    const bool is_number = end != std::string_view::npos && !times.empty() && IsDigit(times[0]) &&
                           times.find_first_not_of("0123456789,") == std::string_view::npos &&
                           std::ranges::count(times, ',') <= 1;
    if (!is_number) {
      out_ += "\\{";
      return;
    }
    // RE2 takes no more than 1000 times at once.
    std::string_view most = times;
    const auto least = ParseNumber<int>(TakeUntil(most, ","));
    if (!least || *least > 1000 ||
        ParseNumber<int>(most.empty() ? "0" : most).value_or(1001) > 1000) {
      Limit("repeats more than 1000 times");
    }
    out_.append("{").append(times).append("}");
    rest_.remove_prefix(end + 1);
  }

  void Class() {
    if (TakeIf("^]")) {
      out_ += kAnything;
    } else if (TakeIf("]")) {
      out_ += kNothing;
    } else {
      out_ += '[';
      if (TakeIf("^")) out_ += '^';
      while (!rest_.empty() && !rest_.starts_with(']')) {
        const char c = Take();
        if (c == '\\') {
          Escape(true);
        } else if (c == '[' || c == '^') {
          out_.append("\\") += c;
        } else {
          out_ += c;
        }
      }
      if (!TakeIf("]")) Wrong("a ']' is missing");
      out_ += ']';
    }
  }

  void Escape(bool in_class) {
    if (rest_.empty()) return Wrong("a backslash stands at its end");
    const char c = Take();
    switch (c) {
      case 'd':
      case 'D':
      case 'w':
      case 'W':
      case 'f':
      case 'n':
      case 'r':
      case 't':
      case 'v': out_.append("\\") += c; return;
      case 's':
      case 'S': return Set(c == 's' ? kSpace : kNoSpace, in_class);
      case 'b': out_ += in_class ? "\\x08" : "\\b"; return;
      case 'B': out_ += "\\B"; return;
      case 'c': return Control();
      case 'x': return Code(2);
      case 'u': return Unicode();
      case 'p':
      case 'P': return Property(c);
      case '0': out_ += "\\x00"; return;
      case 'k': return Limit("repeats what a group has matched");
      default: break;
    }
    if (IsDigit(c)) return Limit("repeats what a group has matched");
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (is_letter) return Wrong(std::string("there is no escape \\") + c);
    if (static_cast<unsigned char>(c) < 0x80 && c != '_' && c > ' ') out_ += '\\';
    out_ += c;
  }

  void Set(std::string_view characters, bool in_class) {
    if (in_class) {
      out_ += characters;
    } else {
      out_.append("[").append(characters).append("]");
    }
  }

  void Control() {
    const char letter = rest_.empty() ? '\0' : Take();
    const bool is_letter = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
    if (!is_letter) return Wrong("a letter must follow \\c");
    AddCode(static_cast<std::uint32_t>(letter) % 32);
  }

  void AddCode(std::uint32_t code) {
    std::array<char, 8> hex{};
    const auto [end, failure] = std::to_chars(hex.data(), hex.data() + hex.size(), code, 16);
    out_.append("\\x{").append(hex.data(), end).append("}");
  }

  std::optional<std::uint32_t> TakeHex(std::size_t digits) {
    const std::string_view hex = rest_.substr(0, digits);
    if (hex.size() != digits || !IsHex(hex)) return std::nullopt;
    rest_.remove_prefix(digits);
    return ParseNumber<std::uint32_t>(hex, 16);
  }

  void Code(std::size_t digits) {
    const auto code = TakeHex(digits);
    code ? AddCode(*code) : Wrong("hexadecimal digits must follow \\x");
  }

  void Unicode() {
    constexpr std::uint32_t kLast = 0x10FFFF;
    std::optional<std::uint32_t> code;
    if (TakeIf("{")) {
      const std::string_view hex = TakeUntil(rest_, "}");
      if (IsHex(hex)) code = ParseNumber<std::uint32_t>(hex, 16);
    } else {
      code = TakeHex(4);
    }
    if (!code || *code > kLast) return Wrong("four hexadecimal digits must follow \\u");
    const bool is_high = *code >= 0xD800 && *code < 0xDC00;
    if (is_high && rest_.starts_with("\\u")) {
      rest_.remove_prefix(2);
      const auto low = TakeHex(4);
      if (!low) return Wrong("four hexadecimal digits must follow \\u");
      code = 0x10000 + ((*code - 0xD800) << 10U) + (*low - 0xDC00);
      if (*low < 0xDC00 || *low > 0xDFFF) return Limit("asks for half of a pair of surrogates");
    } else if (*code >= 0xD800 && *code <= 0xDFFF) {
      return Limit("asks for half of a pair of surrogates");
    }
    AddCode(*code);
  }

  // "\p{Script=Greek}", "\p{Letter}"
  void Property(char letter) {
    if (!TakeIf("{") || !rest_.contains('}')) return Wrong("a property in braces must follow \\p");
    std::string_view name = TakeUntil(rest_, "}");
    const std::size_t equals = name.find('=');
    if (equals != std::string_view::npos) name.remove_prefix(equals + 1);
    const auto* const known = std::ranges::find(kCategories, name, &Category::first);
    if (known != kCategories.end()) name = known->second;
    out_.append("\\").append(1, letter).append("{").append(name).append("}");
  }

  std::string_view rest_;
  std::string out_;
  int open_groups_ = 0;
  std::string mistake_;
  std::string limit_;
};

}  // namespace

std::expected<std::string, NoPattern> TranslateEcmaPattern(std::string_view regex) {
  return Translator(regex).Translate();
}

}  // namespace mockduit
