#include "scenario/scenario.h"

#include <algorithm>

#include "scenario/matcher.h"

namespace mockduit {
namespace {

bool IsLowerOrDigit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

}  // namespace

bool Match::Matches(const MatchInput& input) const {
  const Operation* operation = input.operation;
  if (!vendor.empty() && (operation == nullptr || operation->contract->vendor != vendor)) {
    return false;
  }
  if (!method.empty() && input.request->method != method) return false;
  if (path && !path->Matches(input.path)) return false;
  return operations.empty() ||
         (operation != nullptr && std::ranges::any_of(operations, [&](const std::string& glob) {
            return GlobMatches(glob, operation->name);
          }));
}

bool IsName(std::string_view text) {
  return !text.empty() && text.size() <= kMaxName && IsLowerOrDigit(text.front()) &&
         std::ranges::all_of(text, IsNameCharacter);
}

bool IsNameCharacter(char c) { return IsLowerOrDigit(c) || c == '.' || c == '_' || c == '-'; }

}  // namespace mockduit
