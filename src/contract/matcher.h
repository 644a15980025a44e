// ValueMatcher: what a scenario, a contract or a vendor's data asks of one value: a scalar it
// equals, or a map with one of: matches, contains, one_of, absent, gt, gte, lt, lte.
#pragma once

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

  // `value` is nullptr where there is none; null counts as none.
  bool Matches(const Json* value) const;
  // As it was written.
  const Json& source() const { return source_; }

 private:
  enum class Kind { kEquals, kMatches, kContains, kOneOf, kAbsent, kGt, kGte, kLt, kLte };
  Kind kind_ = Kind::kEquals;
  Json source_;
  Json operand_;
  std::shared_ptr<const Pattern> pattern_;
};

// True when `text` fits `glob`, in which '*' stands for any run of characters.
bool GlobMatches(std::string_view glob, std::string_view text);

}  // namespace mockduit
