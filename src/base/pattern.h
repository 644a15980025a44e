// Pattern: a regular expression that takes linear time, whoever wrote it. pattern.cc is the only
// file that knows RE2.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <string_view>

#include "base/ecma_pattern.h"
#include "base/lazy.h"
#include "base/result.h"

namespace re2 {
class RE2;
}

namespace mockduit {

class Pattern {
 public:
  // In RE2's own syntax.
  static Result<Pattern> Compile(std::string_view regex);
  // In that of ECMA-262, which JSON Schema asks for.
  static std::expected<Pattern, NoPattern> CompileEcma(std::string_view regex);
  // One that Compile has taken before: it is compiled when it is first asked for a match.
  static Pattern Known(std::string regex);
  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;
  ~Pattern();

  // True when the expression matches somewhere in `text`; anchor with ^ and $ for the whole.
  bool Matches(std::string_view text) const;
  // As it was written in RE2's syntax.
  const std::string& text() const { return text_; }

 private:
  using Regex = Lazy<std::unique_ptr<re2::RE2>>;

  Pattern(std::string text, std::unique_ptr<const Regex> regex);

  std::string text_;
  std::unique_ptr<const Regex> regex_;
};

}  // namespace mockduit
