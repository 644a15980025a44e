// Snapshots: what a store holds, as JSON: {"vendor.kind": {"id": resource, …}, …}, oldest first.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "contract/catalog.h"

namespace mockduit {

// Good when it is one; else the error names the place.
Result<void> CheckSnapshot(const Json& snapshot);

// {"added": {kind: {id: resource}}, "removed": the same, "changed": {kind: {id: {"before",
// "after"}}}}
Json DiffSnapshots(const Json& before, const Json& after);

// A resource that a new session's store holds.
struct SeedResource {
  std::string kind;  // "acme.box"
  std::string id;
  Json resource;
};
using Seeds = std::shared_ptr<const std::vector<SeedResource>>;

// What the vendors' seed.yaml files put into a new session's store.
Seeds SeedsOf(const Catalog& catalog);

// `seeds` with every kind that `snapshot` names in place of theirs. The snapshot must be one.
Seeds LaidOver(const Seeds& seeds, const Json& snapshot);
Json SnapshotOf(const Seeds& seeds);

}  // namespace mockduit
