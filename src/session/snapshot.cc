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

// Entries are not checked here: the catalog refuses incomplete ones when it is loaded.
Seeds SeedsOf(const Catalog& catalog) {
  std::vector<SeedResource> seeds;
  for (const Vendor& vendor : catalog.vendors()) {
    const Json* entries = vendor.FindData("seed");
    if (entries == nullptr) continue;
    for (const Json& entry : *entries->IfArray()) {
      seeds.emplace_back(vendor.name + "." + std::string(entry.Get("kind").AsString()),
                         std::string(entry.Get("id").AsString()), entry.Get("resource"));
    }
  }
  return std::make_shared<const std::vector<SeedResource>>(std::move(seeds));
}

Seeds LaidOver(const Seeds& seeds, const Json& snapshot) {
  std::vector<SeedResource> laid;
  for (const SeedResource& seed : *seeds) {
    if (snapshot.Find(seed.kind) == nullptr) laid.push_back(seed);
  }
  EachResource(snapshot, [&](const std::string& kind, const std::string& id, const Json& resource) {
    laid.emplace_back(kind, id, resource);
  });
  return std::make_shared<const std::vector<SeedResource>>(std::move(laid));
}

Json SnapshotOf(const Seeds& seeds) {
  Json snapshot = Json::MakeObject();
  for (const SeedResource& seed : *seeds) SetIn(snapshot, seed.kind, seed.id, seed.resource);
  return snapshot;
}

std::size_t BytesOf(const Json& json) {
  std::size_t bytes = sizeof json;
  if (json.IsString()) bytes += json.AsString().size();
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
