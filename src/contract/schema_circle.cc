#include "contract/schema_circle.h"

namespace mockduit {

// Depth first. What is on the way is `open`; what has been left leads to no circle.
const Json* FindCircle(const SchemaEdges& edges,
                       const std::vector<std::unique_ptr<Schema>>& schemas) {
  enum class State { kOpen, kLeft };
  std::unordered_map<const Schema*, State> states;
  const auto visit = [&](const auto& self, const Schema* schema) -> const Json* {
    states[schema] = State::kOpen;
    const auto found = edges.find(schema);
    for (std::size_t i = 0; found != edges.end() && i < found->second.size(); ++i) {
      const SchemaEdge& edge = found->second[i];
      const auto state = states.find(edge.to);
      if (state != states.end() && state->second == State::kOpen) return edge.place;
      if (state != states.end()) continue;
      if (const Json* place = self(self, edge.to)) return place;
    }
    states[schema] = State::kLeft;
    return nullptr;
  };
  for (const auto& schema : schemas) {
    if (states.contains(schema.get())) continue;
    if (const Json* place = visit(visit, schema.get())) return place;
  }
  return nullptr;
}

}  // namespace mockduit
