// ValueMatcher: what a scenario, a contract or a vendor's data asks of one value: a scalar it
// equals, or a map of matches, contains, one_of, absent, not, gt, gte, lt, lte, all of which must
// hold.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/pattern.h"
#include "base/result.h"

namespace mockduit {

class ValueMatcher {
 public:
  static Result<ValueMatcher> Compile(const Json& json);
  // What is wrong with a matcher that contains templates, as far as that is known before they are
  // filled; nothing when it may be right.
  static std::optional<std::string> WhyNever(const Json& json);
  // One that nothing matches.
  static ValueMatcher Nothing();

  // `value` is nullptr where there is none; null counts as none.
  bool Matches(const Json* value) const;
  // The text that a value must have to match; nullptr where there is none, or it asks for more.
  const std::string* IfText() const;
  // Of the values that a name came with in a query or in headers: a list must be equal to them all,
  // `contains` asks for one of several, and all else looks at the first, or the last.
  bool MatchesTexts(const std::vector<std::string>& texts, bool last_counts) const;
  // A text that the JSON of a value must hold to match; "" where there is none so simple.
  std::string Needle() const;
  // As it was written.
  const Json& source() const { return source_; }

 private:
  enum class Kind { kEquals, kMatches, kContains, kOneOf, kAbsent, kNot, kGt, kGte, kLt, kLte };
  struct Operator;
  struct Test {
    Kind kind;
    Json operand;
    std::shared_ptr<const Pattern> pattern;     // of kMatches
    std::shared_ptr<const ValueMatcher> other;  // of kNot

    bool Holds(const Json* value) const;
  };

  static void FillIn(Json& matcher);

  static const std::array<Operator, 9> kOperators;
  static std::vector<std::string> OperatorNames();
  static Result<Test> CompileTest(const std::string& name, const Json& operand);

  Json source_;
  std::vector<Test> tests_;  // all of them must hold
};

// In a glob '*' stands for any run of characters, and {a,b*} for what fits one of them.
bool GlobMatches(std::string_view glob, std::string_view text);

}  // namespace mockduit
