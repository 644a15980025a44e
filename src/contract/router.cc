#include "contract/router.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "http/uri.h"

namespace mockduit {

// What one vendor has at the end of one path.
struct Router::Leaf {
  const Vendor* vendor;
  bool trailing_slash;
  std::vector<Route::Way> ways;
};

struct Router::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::unique_ptr<Node> variable;
  std::vector<Leaf> leaves;
  std::vector<const Vendor*> vendors;  // that have paths here or below
};

std::string_view Route::PathValue(const Operation& operation, std::string_view name) const {
  std::size_t index = 0;
  for (const UriTemplate::Segment& segment : operation.path.segments()) {
    if (!segment.is_variable) continue;
    if (segment.text == name && index < path_values.size()) return path_values[index];
    ++index;
  }
  return {};
}

Router::Router(const Catalog& catalog) : root_(std::make_unique<Node>()) {
  for (const Vendor& vendor : catalog.vendors()) {
    for (const auto& contract : vendor.editions) {
      for (const auto& operation : contract->operations) {
        Add(vendor, operation->path, {operation.get(), ""});
        for (const Alias& alias : operation->aliases) {
          Add(vendor, alias.path, {operation.get(), alias.variant});
        }
      }
    }
  }
}

Router::~Router() = default;

void Router::Add(const Vendor& vendor, const UriTemplate& path, Route::Way way) {
  Node* node = root_.get();
  depth_ = std::max(depth_, path.segments().size());
  for (const UriTemplate::Segment& segment : path.segments()) {
    auto& child = segment.is_variable ? node->variable : node->literals[segment.text];
    if (child == nullptr) child = std::make_unique<Node>();
    node = child.get();
    if (std::ranges::find(node->vendors, &vendor) == node->vendors.end()) {
      node->vendors.push_back(&vendor);
    }
  }
  auto leaf = std::ranges::find(node->leaves, &vendor, &Leaf::vendor);
  if (leaf == node->leaves.end()) {
    node->leaves.push_back({&vendor, way.operation->contract->trailing_slash, {}});
    leaf = std::prev(node->leaves.end());
  }
  leaf->ways.push_back(way);
}

// Literal segments come before variables, so /transfers/validations is not a transfer's id.
void Router::Walk(const Node& node, const std::vector<std::string_view>& segments,
                  std::size_t depth, std::vector<std::string_view>& values, Matches& matches) {
  const bool at_end = depth == segments.size();
  const bool at_slash = depth > 0 && depth + 1 == segments.size() && segments[depth].empty();
  if (at_end || at_slash) {
    for (const Leaf& leaf : node.leaves) {
      if (at_end || leaf.trailing_slash) matches.emplace_back(&leaf, values);
    }
  }
  if (at_end) return;
  const auto literal = node.literals.find(segments[depth]);
  if (literal != node.literals.end()) {
    Walk(*literal->second, segments, depth + 1, values, matches);
  }
  if (node.variable != nullptr && !segments[depth].empty()) {
    values.push_back(segments[depth]);
    Walk(*node.variable, segments, depth + 1, values, matches);
    values.pop_back();
  }
}

Router::Matches Router::Match(std::string_view path, const Vendor* pinned) const {
  std::vector<std::string_view> values;
  Matches matches;
  Walk(*root_, SplitPath(path), 0, values, matches);
  std::erase_if(matches, [&](const auto& match) {
    return pinned != nullptr && match.first->vendor != pinned;
  });
  return matches;
}

Route Router::Find(std::string_view method, std::string_view path, const Vendor* pinned) const {
  if (method == "HEAD") method = "GET";
  const Matches matches = Match(path, pinned);
  Route route;
  for (const auto& [leaf, found] : matches) {
    for (const Route::Way& way : leaf->ways) {
      if (way.operation->method == method) route.ways.push_back(way);
    }
    if (route.ways.empty()) continue;
    route.vendor = leaf->vendor;
    // JSON may quote them, so they are UTF-8.
    for (const std::string_view value : found) {
      route.path_values.push_back(ValidUtf8(PercentDecode(value)));
    }
    return route;
  }
  std::set<std::string> allowed;
  for (const auto& [leaf, found] : matches) {
    for (const Route::Way& way : leaf->ways) allowed.insert(way.operation->method);
  }
  route.allowed.assign(allowed.begin(), allowed.end());
  if (matches.empty()) {
    route.nearby = Nearby(path, pinned);
  } else {
    route.vendor = matches.front().first->vendor;
  }
  return route;
}

// An unknown path under a beginning that vendors have is the business of one of them. A beginning
// of a single segment, "/v1", says nothing, unless it is a path itself.
std::vector<const Vendor*> Router::Nearby(std::string_view path, const Vendor* pinned) const {
  std::vector<const Vendor*> vendors;
  if (path.find("//") != std::string_view::npos) return vendors;
  std::vector<std::string_view> beginning = SplitPath(path);
  // No vendor has a longer one.
  if (!beginning.empty()) beginning.resize(std::min(beginning.size() - 1, depth_));
  for (; !beginning.empty(); beginning.pop_back()) {
    Gather(*root_, beginning, 0, vendors);
    std::erase_if(vendors,
                  [&](const Vendor* vendor) { return pinned != nullptr && vendor != pinned; });
    if (!vendors.empty()) break;
  }
  return vendors;
}

void Router::Gather(const Node& node, const std::vector<std::string_view>& segments,
                    std::size_t depth, std::vector<const Vendor*>& vendors) {
  if (depth == segments.size()) {
    if (depth < 2 && node.leaves.empty()) return;
    for (const Vendor* vendor : node.vendors) {
      if (std::ranges::find(vendors, vendor) == vendors.end()) vendors.push_back(vendor);
    }
    return;
  }
  const auto literal = node.literals.find(segments[depth]);
  if (literal != node.literals.end()) Gather(*literal->second, segments, depth + 1, vendors);
  if (node.variable != nullptr) Gather(*node.variable, segments, depth + 1, vendors);
}

}  // namespace mockduit
