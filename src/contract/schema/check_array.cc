// Lists.
#include <algorithm>
#include <unordered_map>

#include "contract/schema/check.h"

namespace mockduit {
namespace {

bool HasTwins(const Json::Array& items) {
  std::unordered_multimap<std::size_t, const Json*> met;  // by hash
  for (const Json& item : items) {
    const std::size_t hash = item.Hash();
    const auto [begin, end] = met.equal_range(hash);
    if (std::any_of(begin, end, [&](const auto& other) { return *other.second == item; })) {
      return true;
    }
    met.emplace(hash, &item);
  }
  return false;
}

}  // namespace

void SchemaCheck::CheckArray(const ArrayRules& rules, const Json::Array& items) {
  if (rules.min_items && items.size() < *rules.min_items) {
    Report("minItems", std::to_string(*rules.min_items));
  }
  if (rules.max_items && items.size() > *rules.max_items) {
    Report("maxItems", std::to_string(*rules.max_items));
  }
  if (rules.unique_items && HasTwins(items)) Report("uniqueItems", "true");
  const std::size_t leading = std::min(rules.prefix_items.size(), items.size());
  for (std::size_t i = 0; i < leading; ++i) {
    AskBelow(PathStep(i), *rules.prefix_items[i], items[i], "prefixItems");
    if (evaluated_ != nullptr) evaluated_->Add(i);
  }
  if (rules.contains != nullptr) CheckContains(rules, items);
  if (rules.items == nullptr) return;
  for (std::size_t i = leading; i < items.size() && !IsDone(); ++i) {
    AskBelow(PathStep(i), *rules.items, items[i], "items");
  }
  if (evaluated_ != nullptr) evaluated_->all = true;
}

void SchemaCheck::CheckContains(const ArrayRules& rules, const Json::Array& items) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!IsGood(*rules.contains, items[i])) continue;
    ++count;
    if (evaluated_ != nullptr) evaluated_->Add(i);
  }
  const std::size_t least = rules.min_contains.value_or(1);
  if (count < least) Report("contains", std::to_string(least));
  if (rules.max_contains && count > *rules.max_contains) {
    Report("maxContains", std::to_string(*rules.max_contains));
  }
}

}  // namespace mockduit
