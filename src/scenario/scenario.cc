#include "scenario/scenario.h"

#include <algorithm>

namespace mockduit {
namespace {

bool IsLowerOrDigit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

}  // namespace

std::string Play::Label() const {
  std::string label = outcome.empty() ? std::to_string(status) : outcome;
  if (delivery.fault != Fault::kNone) label += ", " + std::string(FaultName(delivery.fault));
  if (delay) label += ", delay";
  return label;
}

bool Scenario::HasFailures() const {
  return !limits.empty() ||
         std::ranges::any_of(rules, [](const Rule& rule) { return !rule.plays.empty(); });
}

bool Limit::Counts(const MatchInput& input) const {
  return matches.empty() ||
         std::ranges::any_of(matches, [&](const Match& match) { return match.Matches(input); });
}

Course Scenario::CourseOf(std::string_view lifecycle) const {
  const auto found = std::ranges::find(courses, lifecycle, &Course::lifecycle);
  return found != courses.end() ? *found : Course{.lifecycle = std::string(lifecycle)};
}

bool IsName(std::string_view text) {
  return !text.empty() && text.size() <= kMaxName && IsLowerOrDigit(text.front()) &&
         std::ranges::all_of(text, IsNameCharacter);
}

bool IsNameCharacter(char c) { return IsLowerOrDigit(c) || c == '.' || c == '_' || c == '-'; }

}  // namespace mockduit
