// Snapshots: a store's resources as JSON, {"vendor.kind": {"id": resource, …}, …}, oldest first.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "contract/catalog.h"

namespace mockduit {

// Succeeds when the JSON has the shape of a snapshot; else the error names the place.
Result<void> CheckSnapshot(const Json& snapshot);

// Gives {"added": {kind: {id: resource}}, "removed": the same, "changed": {kind: {id: {"before",
// "after"}}}}.
Json DiffSnapshots(const Json& before, const Json& after);

// A resource that the store of a new session begins with.
struct SeedResource {
  std::string kind;  // "acme.box"
  std::string id;
  Json resource;
};
using Seeds = std::shared_ptr<const std::vector<SeedResource>>;

// Gives the resources of all vendors' seed.yaml files.
Seeds SeedsOf(const Catalog& catalog);

// Gives `seeds`, but takes every kind that `snapshot` names from the snapshot, which must be valid.
Seeds LaidOver(const Seeds& seeds, const Json& snapshot);
Json SnapshotOf(const Seeds& seeds);

}  // namespace mockduit
