#include "contract/schema/circle.h"

namespace mockduit {

// Depth first, without recursion: chains of references may be long. What is on the way is open;
// what has been left leads to no circle that is not known.
std::vector<ClosingEdge> FindCircles(const SchemaEdges& edges, SchemaArena& arena,
                                     std::size_t first) {
  enum class State { kOpen, kLeft };
  struct Stop {
    const SchemaNode* node;
    std::size_t next = 0;  // of its edges
  };
  std::vector<ClosingEdge> closing;
  std::unordered_map<const SchemaNode*, State> states;
  std::unordered_map<const SchemaNode*, SchemaNode*> own;
  for (std::size_t i = first; i < arena.size(); ++i) own.emplace(&arena[i], &arena[i]);
  std::vector<Stop> way;
  const auto enter = [&](const SchemaNode* node) {
    states[node] = State::kOpen;
    way.push_back({node});
  };
  for (std::size_t i = first; i < arena.size(); ++i) {
    if (!states.contains(&arena[i])) enter(&arena[i]);
    while (!way.empty()) {
      Stop& stop = way.back();
      const auto found = edges.find(stop.node);
      if (found == edges.end() || stop.next == found->second.size()) {
        states[stop.node] = State::kLeft;
        way.pop_back();
        continue;
      }
      const SchemaEdge& edge = found->second[stop.next++];
      if (!own.contains(edge.to)) continue;
      const auto state = states.find(edge.to);
      if (state == states.end()) {
        enter(edge.to);
      } else if (state->second == State::kOpen) {
        closing.push_back({own.at(stop.node), edge.to, edge.place});
      }
    }
  }
  return closing;
}

}  // namespace mockduit
