#include "adopt/pattern_sample.h"

#include <algorithm>

#include "base/json.h"
#include "base/pattern.h"
#include "base/text.h"
#include "base/utf8.h"

namespace mockduit {
namespace {

constexpr std::size_t kMaxRepeats = 1'000;
constexpr std::size_t kMaxText = 10'000;
constexpr int kMaxGroups = 50;

// In the syntax of RE2, else in that of ECMA-262.
std::optional<Pattern> CompiledPattern(const std::string& expression) {
  if (auto pattern = Pattern::Compile(expression)) return *std::move(pattern);
  if (auto pattern = Pattern::CompileEcma(expression)) return *std::move(pattern);
  return std::nullopt;
}

// Writes a text while it reads the expression. Of alternatives it takes the first; of repeats the
// fewest, and `more` where there is no bound.
class PatternWriter {
 public:
  PatternWriter(std::string_view expression, std::size_t more) : rest_(expression), more_(more) {}

  std::optional<std::string> Run() {
    std::string text = Alternatives(0);
    if (!understood_ || !rest_.empty() || text.size() > kMaxText) return std::nullopt;
    return text;
  }

 private:
  bool Take(std::string_view token) {
    if (!rest_.starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    return true;
  }

  std::string Fail() {
    understood_ = false;
    rest_ = {};
    return {};
  }

  std::string Alternatives(int depth) {
    if (depth > kMaxGroups) return Fail();
    std::string first = Sequence(depth);
    while (Take("|")) Sequence(depth);
    return first;
  }

  std::string Sequence(int depth) {
    std::string text;
    while (!rest_.empty() && rest_.front() != '|' && rest_.front() != ')') {
      const std::string atom = Atom(depth);
      const std::size_t times = Repeats();
      for (std::size_t i = 0; i < times && text.size() <= kMaxText; ++i) text += atom;
    }
    return text;
  }

  std::string Atom(int depth) {
    if (Take("(")) return Group(depth);
    if (Take("[")) return Class();
    if (Take("\\")) return Escape();
    if (Take("^") || Take("$")) return {};
    if (Take(".")) return "a";
    if (rest_.front() == '*' || rest_.front() == '+' || rest_.front() == '?') return Fail();
    const std::size_t length = std::min(rest_.size(), CharacterLength());
    std::string literal(rest_.substr(0, length));
    rest_.remove_prefix(length);
    return literal;
  }

  std::size_t CharacterLength() const {
    const auto first = static_cast<unsigned char>(rest_.front());
    return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  }

  std::string Group(int depth) {
    if (Take("?:")) {
    } else if (Take("?P<") || (rest_.starts_with("?<") && !rest_.starts_with("?<=") &&
                               !rest_.starts_with("?<!") && Take("?<"))) {
      TakeUntil(rest_, ">");
    } else if (rest_.starts_with("?")) {
      return Fail();
    }
    std::string text = Alternatives(depth + 1);
    return Take(")") ? text : Fail();
  }

  std::string Escape() {
    if (rest_.empty()) return Fail();
    const char c = rest_.front();
    rest_.remove_prefix(1);
    switch (c) {
      case 'd': return "1";
      case 'w':
      case 'D': return "a";
      case 's': return " ";
      case 'S': return "a";
      case 'W': return "-";
      case 'b':
      case 'B':
      case 'A':
      case 'z': return {};
      case 'n': return "\n";
      case 't': return "\t";
      case 'r': return "\r";
      case 'p':
      case 'P': return Property(c);
      case 'u':
      case 'x': return Hex(c == 'u' ? 4 : 2);
      default: return IsDigit(c) ? Fail() : std::string(1, c);
    }
  }

  // Of "\\p{Lu}", "\\P{L}" or "\\pL", behind the letter.
  std::string Property(char letter) {
    std::string name(rest_.substr(0, 1));
    if (Take("{")) {
      name = TakeUntil(rest_, "}");
    } else if (!Take(name) || name.empty()) {
      return Fail();
    }
    return FirstOf(std::string("\\") + letter + "{" + name + "}");
  }

  // The first character that comes to mind which has a match.
  std::string FirstOf(const std::string& expression) {
    static constexpr std::string_view kCharacters[] = {
        "a", "1",  "A",  "-",  " ", "_", "$",  "+", "(", ")", "^", "«",      "»", "é", "α",
        "я", "中", "あ", "ア", "א", "ا", "한", "ก", "ª", "ʰ", "ǅ", "\u0301", "Ⅷ", "²", "©"};
    const auto pattern = CompiledPattern("^" + expression + "$");
    for (const std::string_view character : kCharacters) {
      if (pattern && pattern->Matches(character)) return std::string(character);
    }
    return Fail();
  }

  // Written as in JSON, where there are always four digits.
  std::string Hex(std::size_t digits) {
    const std::string code = std::string(4 - digits, '0') + std::string(rest_.substr(0, digits));
    const auto character = Json::Parse("\"\\u" + code + "\"");
    if (!character) return Fail();
    rest_.remove_prefix(digits);
    return std::string(character->AsString());
  }

  // The first of what is named; of what is excluded, the first of a few that is not.
  std::string Class() {
    const bool excluded = Take("^");
    std::string first;
    std::string_view inside = rest_;
    for (bool at_start = true; !rest_.empty() && (at_start || rest_.front() != ']');
         at_start = false) {
      std::string one;
      if (Take("[:")) {
        const std::string_view name = TakeUntil(rest_, ":");
        if (!Take("]")) return Fail();
        one = FirstOf("[[:" + std::string(name) + ":]]");
      } else if (Take("\\")) {
        one = Escape();
      } else {
        const std::size_t length = std::min(rest_.size(), CharacterLength());
        one = rest_.substr(0, length);
        rest_.remove_prefix(length);
      }
      if (first.empty()) first = one;
    }
    inside = inside.substr(0, inside.size() - rest_.size());
    if (!Take("]")) return Fail();
    if (!excluded) return first;
    return FirstOf("[^" + std::string(inside) + "]");
  }

  std::size_t Repeats() {
    std::size_t least = 1;
    if (Take("*")) {
      least = more_;
    } else if (Take("+")) {
      least = 1 + more_;
    } else if (Take("?")) {
      least = 0;
    } else if (rest_.starts_with("{") && rest_.size() > 1 && IsDigit(rest_[1])) {
      least = Counted();
    } else {
      return 1;
    }
    if (!Take("?")) Take("+");  // whether it is greedy makes no text another one
    return least;
  }

  // "{2}", "{2,}", "{2,5}".
  std::size_t Counted() {
    Take("{");
    std::string_view counts = TakeUntil(rest_, "}");
    const auto least = ParseNumber<std::size_t>(TakeUntil(counts, ","));
    if (!least || *least > kMaxRepeats) {
      Fail();
      return 0;
    }
    const auto most = ParseNumber<std::size_t>(counts);
    const bool bounded = most.has_value();
    return bounded ? std::min(*least + more_, std::max(*least, *most)) : *least + more_;
  }

  std::string_view rest_;
  std::size_t more_;
  bool understood_ = true;
};

}  // namespace

std::optional<std::string> SampleOf(std::string_view expression, std::size_t minimum) {
  const auto pattern = CompiledPattern(std::string(expression));
  // With each further round, every repeat without a bound has one more.
  for (std::size_t more = 0; more <= std::min<std::size_t>(minimum, 300) + 1; ++more) {
    auto text = PatternWriter(expression, more).Run();
    if (!text) return std::nullopt;
    const bool matches = !pattern || pattern->Matches(*text);
    if (matches && CountCharacters(*text) >= minimum) return text;
  }
  return std::nullopt;
}

}  // namespace mockduit
