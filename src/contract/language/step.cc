#include "contract/language/step.h"

#include <algorithm>
#include <cstring>

namespace mockduit {

Selection::Selection(const Where& where, Scope& scope) {
  for (const auto& [path, asked] : where) {
    auto matcher = asked.Filled(scope);
    if (!matcher) continue;
    if (const std::string* text = matcher->IfText(); text != nullptr && exactly_.first.empty()) {
      exactly_ = {path, *text};
    }
    if (std::string needle = matcher->Needle(); !needle.empty()) {
      needles_.push_back(std::move(needle));
    }
    asked_.emplace_back(path, std::move(*matcher));
  }
}

bool Selection::Takes(const Json& resource) const {
  return std::ranges::all_of(asked_, [&](const auto& member) {
    return member.second.Matches(resource.AtPath(member.first));
  });
}

// memmem skips as much at once as an id is long; find() stops at each byte that may begin one.
bool Selection::MayTake(std::string_view text) const {
  return std::ranges::all_of(needles_, [&](const std::string& needle) {
    return memmem(text.data(), text.size(), needle.data(), needle.size()) != nullptr;
  });
}

void Patch::Apply(Json& resource, Scope& scope) const {
  const Json members = set.Value(scope);
  if (const Json::Object* values = members.IfObject()) {
    for (const auto& [path, value] : *values) resource.SetPath(path, value);
  }
  const Json change = merge.Value(scope);
  if (change.IsObject()) resource.MergePatch(change);
}

std::string ShortKind(const std::string& kind) { return kind.substr(kind.find('.') + 1); }

}  // namespace mockduit
