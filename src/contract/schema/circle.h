// Circles: schemas that lead back to themselves. Used by the schema compiler, for what one schema
// asks of another for the same value, or of a member that must be there.
#pragma once

#include <unordered_map>
#include <vector>

#include "base/json.h"
#include "contract/schema/node.h"

namespace mockduit {

struct SchemaEdge {
  const SchemaNode* to;
  const Json* place;  // in the document
};
using SchemaEdges = std::unordered_map<const SchemaNode*, std::vector<SchemaEdge>>;

// An edge that closes a circle.
struct ClosingEdge {
  SchemaNode* from;
  const SchemaNode* to;
  const Json* place;
};

// Among the nodes of the arena from `first` on, which those before lead to in no way. Without these
// edges there is no circle. In the order of the nodes, so that the same ones are found each time.
std::vector<ClosingEdge> FindCircles(const SchemaEdges& edges, SchemaArena& arena,
                                     std::size_t first);

}  // namespace mockduit
