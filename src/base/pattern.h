// Pattern: a regular expression that takes linear time, whoever wrote it. pattern.cc is the only
// file that knows RE2.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <string_view>

#include "base/ecma_pattern.h"
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
  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;
  ~Pattern();

  // True when the expression matches somewhere in `text`; anchor with ^ and $ for the whole.
  bool Matches(std::string_view text) const;
  const std::string& text() const;

 private:
  explicit Pattern(std::unique_ptr<re2::RE2> regex);
  std::unique_ptr<re2::RE2> regex_;
};

}  // namespace mockduit
