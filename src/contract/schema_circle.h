// SchemaCircle: finds schemas that lead back to themselves. Used by the schema compiler, for what
// one schema asks of another for the same value, or of a member that must be there.
#pragma once

#include <memory>
#include <unordered_map>
#include <vector>

#include "base/json.h"
#include "contract/schema.h"

namespace mockduit {

struct SchemaEdge {
  const Schema* to;
  const Json* place;  // in the document
};
using SchemaEdges = std::unordered_map<const Schema*, std::vector<SchemaEdge>>;

// The place of an edge that closes a circle; nullptr where there is none. They are looked at in the
// order of `schemas`, so that the same one is found each time.
const Json* FindCircle(const SchemaEdges& edges,
                       const std::vector<std::unique_ptr<Schema>>& schemas);

}  // namespace mockduit
