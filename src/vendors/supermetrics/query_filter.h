// QueryFilter: what a query's `filter` leaves of its rows: "impressions > 0 AND campaign_name =@
// brand". Conditions are joined by AND, which binds closer, and OR. The documents show comparisons
// and AND; the other operators are those that Supermetrics' users know from its other products
// (inferred).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/pattern.h"

namespace mockduit::supermetrics {

class QueryFilter {
 public:
  // The value that a row has in a field.
  using Row = std::function<std::string(const std::string& field)>;

  // Nothing where the text is no filter. "" takes every row.
  static std::optional<QueryFilter> Read(std::string_view text);

  bool Takes(const Row& row) const;

 private:
  enum class Is { kEqual, kOther, kAbove, kAtLeast, kBelow, kAtMost, kHas, kLacks, kFits, kUnlike };

  struct Condition {
    std::string field;
    Is is = Is::kEqual;
    std::string value;
    std::optional<Pattern> pattern;  // kFits, kUnlike

    bool Holds(const std::string& of_row) const;
  };
  struct Operator {
    std::string_view sign;
    Is is;
  };

  static std::optional<Condition> TakeCondition(std::string_view& text);
  static std::string TakeValue(std::string_view& text);

  std::vector<std::vector<Condition>> choices_;  // one must hold, with all that is in it
};

}  // namespace mockduit::supermetrics
