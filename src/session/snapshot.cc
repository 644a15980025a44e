#include "session/snapshot.h"

#include "contract/resources.h"

namespace mockduit {
namespace {

// Calls `visit` with the kind, the id and the JSON of each resource.
template <class Visit>
void EachResource(const Json& snapshot, Visit visit) {
  if (!snapshot.IsObject()) return;
  for (const JsonMember& kind : *snapshot.IfObject()) {
    if (!kind.value.IsObject()) continue;
    for (const JsonMember& resource : *kind.value.IfObject()) {
      visit(kind.key, resource.key, resource.value);
    }
  }
}

void SetIn(Json& snapshot, const std::string& kind, const std::string& id, Json value) {
  Json* resources = snapshot.Find(kind);
  if (resources == nullptr) resources = &snapshot.Set(kind, Json::MakeObject());
  resources->Set(id, std::move(value));
}

}  // namespace

Result<void> CheckSnapshot(const Json& snapshot) { return CheckShape(snapshot); }

Json DiffSnapshots(const Json& before, const Json& after) {
  Json added = Json::MakeObject();
  Json removed = Json::MakeObject();
  Json changed = Json::MakeObject();
  EachResource(after, [&](const std::string& kind, const std::string& id, const Json& now) {
    const Json* was = before.Get(kind).Find(id);
    if (was == nullptr) {
      SetIn(added, kind, id, now);
    } else if (*was != now) {
      SetIn(changed, kind, id, Json::MakeObject({{"before", *was}, {"after", now}}));
    }
  });
  EachResource(before, [&](const std::string& kind, const std::string& id, const Json& was) {
    if (after.Get(kind).Find(id) == nullptr) SetIn(removed, kind, id, was);
  });
  return Json::MakeObject({{"added", std::move(added)},
                           {"removed", std::move(removed)},
                           {"changed", std::move(changed)}});
}

std::size_t BytesOf(const Json& json) {
  std::size_t bytes = sizeof json;
  if (json.IsString()) bytes += json.AsString().size();
  if (const std::string* digits = json.IfDigits()) bytes += digits->size();
  if (const Json::Array* items = json.IfArray()) {
    for (const Json& item : *items) bytes += BytesOf(item);
  }
  if (const Json::Object* members = json.IfObject()) {
    for (const auto& [key, value] : *members)
      bytes += sizeof(std::string) + key.size() + BytesOf(value);
  }
  return bytes;
}

}  // namespace mockduit
