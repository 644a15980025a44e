#include "session/snapshot.h"

namespace mockduit {
namespace {

// Visits each resource as (kind, id, resource).
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

Result<void> CheckSnapshot(const Json& snapshot) {
  if (!snapshot.IsObject()) return Fail("the store must be an object of kinds");
  for (const JsonMember& kind : *snapshot.IfObject()) {
    if (kind.key.find('.') == std::string::npos) {
      return Fail("'" + kind.key + "' is no kind; a kind is written as vendor.kind");
    }
    if (!kind.value.IsObject()) return Fail(kind.key + " must be an object of ids to resources");
    for (const JsonMember& resource : *kind.value.IfObject()) {
      if (resource.value.IsObject()) continue;
      return Fail(kind.key + " '" + resource.key + "' must be an object");
    }
  }
  return {};
}

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

// Loading the catalog has found every entry complete.
Seeds SeedsOf(const Catalog& catalog) {
  std::vector<SeedResource> seeds;
  for (const Vendor& vendor : catalog.vendors()) {
    const Json* entries = vendor.FindData("seed");
    if (entries == nullptr) continue;
    for (const Json& entry : *entries->IfArray()) {
      seeds.push_back({vendor.name + "." + std::string(entry.Get("kind").AsString()),
                       std::string(entry.Get("id").AsString()), entry.Get("resource")});
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
    laid.push_back({kind, id, resource});
  });
  return std::make_shared<const std::vector<SeedResource>>(std::move(laid));
}

Json SnapshotOf(const Seeds& seeds) {
  Json snapshot = Json::MakeObject();
  for (const SeedResource& seed : *seeds) SetIn(snapshot, seed.kind, seed.id, seed.resource);
  return snapshot;
}

}  // namespace mockduit
