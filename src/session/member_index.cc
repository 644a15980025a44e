#include "session/member_index.h"

namespace mockduit {

void MemberIndex::File(const StoredText& resource, const Json& json) {
  Remove(resource);
  const Json* member = json.AtPath(path_);
  if (member == nullptr || member->IsNull()) return;
  const auto place = by_text_.try_emplace(member->ToText()).first;
  place->second.emplace(resource.number, &resource);
  filed_.emplace(resource.number, place);
}

void MemberIndex::Remove(const StoredText& resource) {
  const auto filed = filed_.find(resource.number);
  if (filed == filed_.end()) return;
  const auto place = filed->second;
  filed_.erase(filed);
  place->second.erase(resource.number);
  if (place->second.empty()) by_text_.erase(place);
}

const MemberIndex::Resources& MemberIndex::Find(std::string_view text) const {
  static const Resources kNone;
  const auto found = by_text_.find(text);
  return found != by_text_.end() ? found->second : kNone;
}

}  // namespace mockduit
