// Snapshots: a store's resources as JSON, {"vendor.kind": {"id": resource, …}, …}, oldest first.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
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
  SeedResource(std::string of_kind, std::string by_id, Json all)
      : kind(std::move(of_kind)),
        id(std::move(by_id)),
        resource(std::move(all)),
        text(resource.Dump()) {}

  std::string kind;  // "acme.box"
  std::string id;
  Json resource;
  std::string text;  // the resource as stores keep it
};
using Seeds = std::shared_ptr<const std::vector<SeedResource>>;

// Gives the resources of all vendors' seed.yaml files.
Seeds SeedsOf(const Catalog& catalog);

// Gives `seeds`, but takes every kind that `snapshot` names from the snapshot, which must be valid.
Seeds LaidOver(const Seeds& seeds, const Json& snapshot);
Json SnapshotOf(const Seeds& seeds);

// The bytes that the JSON holds in memory, as nearly as one can tell from outside.
std::size_t BytesOf(const Json& json);

}  // namespace mockduit
