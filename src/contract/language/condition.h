// Asked and Condition: what a contract's `when` and `where` ask of values, such as
// {result.state: {one_of: [done, failed]}}.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "contract/language/matcher.h"
#include "contract/language/template.h"

namespace mockduit {

// What is asked of one value: a matcher, in which templates may stand.
class Asked {
 public:
  static Compiled<Asked> Compile(const Json& json, const Names& names);

  bool Of(const Json* value, Scope& scope) const;
  // The matcher, once its templates are filled; nothing where they give null, and so ask nothing.
  std::optional<ValueMatcher> Filled(Scope& scope) const;

 private:
  JsonTemplate source_;
  std::optional<ValueMatcher> matcher_;  // where no template stands in it
};

class Condition {
 public:
  Condition() = default;  // always holds
  // A map, all of which must hold; or a list of such maps, one of which must hold.
  static Compiled<Condition> Compile(const Json& json, const Names& names);

  bool Holds(Scope& scope) const;

 private:
  using All = std::vector<std::pair<Hole, Asked>>;
  std::vector<All> any_;
};

}  // namespace mockduit
