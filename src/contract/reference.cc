#include "contract/reference.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include "base/references.h"
#include "base/suggest.h"

namespace mockduit {

namespace {

// Whether what stands there refers to something that refers to something, and so on, without end.
bool GoesRound(const Json& node, const Json& root) {
  std::set<const Json*> seen;
  const Json* at = &node;
  while (at != nullptr && seen.insert(at).second) {
    const Json* ref = at->Find("$ref");
    if (ref == nullptr || !ref->AsString().starts_with("#/")) return false;
    at = root.At(PointerOfReference(ref->AsString()));
  }
  return at != nullptr;
}

}  // namespace

std::optional<std::string> WhyNowhere(const Json& ref, const Json& root) {
  if (!ref.IsString()) return "$ref must be text that says where it leads: '#/components/…'";
  const std::string_view target = ref.AsString();
  std::string why = "$ref '" + std::string(target) + "' leads nowhere";
  if (!target.starts_with("#/")) return why;
  const std::string decoded = PointerOfReference(target);
  const std::string_view pointer = decoded;
  if (const Json* found = root.At(pointer); found != nullptr) {
    if (!GoesRound(*found, root)) return std::nullopt;
    return why + ": it comes back to itself";
  }
  // Down to the first part that is not there, which may be misspelt.
  std::size_t end = 0;
  const Json* above = &root;
  while (end < pointer.size()) {
    const std::size_t next = std::min(pointer.find('/', end + 1), pointer.size());
    const Json* below = root.At(pointer.substr(0, next));
    if (below == nullptr) break;
    above = below;
    end = next;
  }
  std::vector<std::string> known;
  if (const Json::Object* members = above->IfObject()) {
    for (const JsonMember& member : *members) known.push_back(PointerToken(member.key));
  }
  const std::size_t next = std::min(pointer.find('/', end + 1), pointer.size());
  const std::string nearest = Nearest(pointer.substr(end + 1, next - end - 1), known);
  if (nearest.empty()) return why;
  return why + "; did you mean '#" + std::string(pointer.substr(0, end)) + "/" + nearest +
         std::string(pointer.substr(next)) + "'?";
}

}  // namespace mockduit
