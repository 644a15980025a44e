#include "vendors/airweave/search_filter.h"

#include <algorithm>

#include "base/text.h"
#include "base/time.h"

namespace mockduit::airweave {
namespace {

enum class FieldKind { kText, kDate, kNumber };

FieldKind KindOf(std::string_view field) {
  if (field == "created_at" || field == "updated_at") return FieldKind::kDate;
  return field.ends_with("chunk_index") ? FieldKind::kNumber : FieldKind::kText;
}

bool IsOrdering(std::string_view op) {
  return op.starts_with("greater_than") || op.starts_with("less_than");
}
bool TakesList(std::string_view op) { return op == "in" || op == "not_in"; }

// "" where nothing is wrong.
std::string MistakeIn(const Json& condition) {
  const std::string field(condition.Get("field").AsString());
  const std::string op(condition.Get("operator").AsString());
  const Json& value = condition.Get("value");
  const FieldKind kind = KindOf(field);
  if (kind == FieldKind::kText && IsOrdering(op)) {
    return "Cannot use '" + op + "' on text field '" + field +
           "'. Ordering operators (greater_than, less_than, …) only work on date fields "
           "(created_at, "
           "updated_at) or numeric fields (chunk_index). Use 'equals', 'not_equals', 'contains', "
           "'in', "
           "or 'not_in' instead.";
  }
  if (kind != FieldKind::kText && op == "contains") {
    return std::string("Cannot use 'contains' on ") +
           (kind == FieldKind::kDate ? "date" : "numeric") + " field '" + field +
           "'. Use 'equals' or an ordering operator instead.";
  }
  if (TakesList(op) && !value.IsArray() && !value.IsString()) {
    return "Operator '" + op + "' requires a list value, got " + (value.IsBool() ? "bool" : "int") +
           " (\"" + value.ToText() + "\"). Example: [\"val1\", \"val2\"]";
  }
  if (TakesList(op) || value.IsArray()) {
    if (TakesList(op)) return "";  // what stands within a list is not looked at
    return "Operator '" + op +
           "' expects a single value, not a list. Use 'in' or 'not_in' for list matching.";
  }
  if (kind == FieldKind::kNumber && !value.IsNumber()) {
    const std::string got = value.IsBool()
                                ? std::string("boolean ") + (value.AsBool() ? "True" : "False")
                                : "'" + value.ToText() + "'";
    return "Field '" + field + "' is numeric — expected a number, got " + got + ".";
  }
  if (kind == FieldKind::kDate && value.IsString() && !ParseTime(value.AsString()) &&
      !ParseTime(std::string(value.AsString()) + "Z")) {
    return "Date field requires an ISO 8601 timestamp, got '" + value.ToText() +
           "'. Example: '2024-01-15T00:00:00Z' or '2024-01-15T12:30:00+05:30'.";
  }
  return "";
}

Result<Time> TimeIn(const Json& value) {
  auto time = ParseTime(value.AsString());
  return time ? time : ParseTime(std::string(value.AsString()) + "Z");
}

// Below 0, 0 or above 0; nothing where the two cannot be told apart so.
std::optional<int> Compare(const Json& has, const Json& value, FieldKind kind) {
  if (kind == FieldKind::kNumber) {
    if (!has.IsNumber() || !value.IsNumber()) return std::nullopt;
    return has.AsNumber() < value.AsNumber() ? -1 : has.AsNumber() > value.AsNumber() ? 1 : 0;
  }
  if (kind == FieldKind::kDate) {
    const auto one = TimeIn(has);
    const auto other = TimeIn(value);
    if (!one || !other) return std::nullopt;
    return *one < *other ? -1 : *one > *other ? 1 : 0;
  }
  return has.ToText() == value.ToText() ? 0 : 1;
}

bool Holds(const Json& has, std::string_view op, const Json& value, FieldKind kind) {
  if (has.IsNull()) return op == "not_equals" || op == "not_in";
  if (op == "contains") return LowerCase(has.ToText()).contains(LowerCase(value.ToText()));
  if (TakesList(op)) {
    const Json::Array* list = value.IfArray();
    const bool is_in = list != nullptr && std::ranges::any_of(*list, [&](const Json& one) {
                         return Compare(has, one, kind) == 0;
                       });
    return is_in == (op == "in");
  }
  const auto order = Compare(has, value, kind);
  if (op == "not_equals") return order != 0;
  if (!order) return false;
  if (op == "equals") return *order == 0;
  if (op == "greater_than") return *order > 0;
  if (op == "less_than") return *order < 0;
  if (op == "greater_than_or_equal") return *order >= 0;
  return *order <= 0;
}

// A text behind `in` stands for a list of itself; an empty one for an empty list.
Json AsList(const Json& value) {
  if (!value.IsString()) return value;
  return value.AsString().empty() ? Json::MakeArray() : Json::MakeArray({value});
}

bool Fits(const Json& entity, const Json& condition) {
  const std::string field(condition.Get("field").AsString());
  const std::string op(condition.Get("operator").AsString());
  const Json value = TakesList(op) ? AsList(condition.Get("value")) : condition.Get("value");
  constexpr std::string_view kOfList = "breadcrumbs.";
  if (!field.starts_with(kOfList)) {
    const Json* has = entity.AtPath(field);
    return Holds(has != nullptr ? *has : Json(), op, value, KindOf(field));
  }
  const std::string member = field.substr(kOfList.size());
  const Json::Array* crumbs = entity.Get("breadcrumbs").IfArray();
  return crumbs != nullptr && std::ranges::any_of(*crumbs, [&](const Json& crumb) {
           return Holds(crumb.Get(member), op, value, FieldKind::kText);
         });
}

}  // namespace

void FindFilterMistakes(const Json& filter, std::vector<Violation>& violations) {
  const Json::Array* groups = filter.IfArray();
  if (groups == nullptr) return;
  for (std::size_t g = 0; g < groups->size(); ++g) {
    const Json::Array* conditions = (*groups)[g].Get("conditions").IfArray();
    if (conditions == nullptr) continue;
    for (std::size_t c = 0; c < conditions->size(); ++c) {
      const std::string mistake = MistakeIn((*conditions)[c]);
      if (mistake.empty()) continue;
      violations.push_back({{"body", "filter", std::to_string(g), "conditions", std::to_string(c)},
                            "filter",
                            "",
                            "",
                            "",
                            "Value error, " + mistake});
    }
  }
}

bool FitsFilter(const Json& entity, const Json& filter) {
  const Json::Array* groups = filter.IfArray();
  if (groups == nullptr || groups->empty()) return true;
  return std::ranges::any_of(*groups, [&](const Json& group) {
    const Json::Array* conditions = group.Get("conditions").IfArray();
    return conditions != nullptr && std::ranges::all_of(*conditions, [&](const Json& condition) {
             return Fits(entity, condition);
           });
  });
}

}  // namespace mockduit::airweave
