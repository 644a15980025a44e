// Snapshots: a store's resources as JSON, {"vendor.kind": {"id": resource, …}, …}, oldest first.
#pragma once

#include <cstddef>

#include "base/json.h"
#include "base/result.h"

namespace mockduit {

// Succeeds when the JSON has the shape of a snapshot; else the error names the place.
Result<void> CheckSnapshot(const Json& snapshot);

// Gives {"added": {kind: {id: resource}}, "removed": the same, "changed": {kind: {id: {"before",
// "after"}}}}.
Json DiffSnapshots(const Json& before, const Json& after);

// The bytes that the JSON holds in memory, as nearly as one can tell from outside.
std::size_t BytesOf(const Json& json);

}  // namespace mockduit
