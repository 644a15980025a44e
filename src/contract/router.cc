#include "contract/router.h"

#include <algorithm>
#include <map>

#include "base/percent.h"
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
  // Text beside variables: those with the most text first.
  std::vector<std::pair<UriTemplate::Segment, std::unique_ptr<Node>>> mixed;
  std::unique_ptr<Node> variable;
  std::vector<Leaf> leaves;
  std::vector<Leaf> tails;             // whose last variable takes all that follows, too
  std::vector<const Vendor*> vendors;  // that have paths here or below
};

std::string_view Route::PathValue(const Operation& operation, std::string_view name) const {
  const std::vector<std::string>& variables = operation.path.variables();
  const std::size_t count = std::min(variables.size(), path_values.size());
  for (std::size_t i = 0; i < count; ++i) {
    if (variables[i] == name) return path_values[i];
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
    node = &ChildOf(*node, segment);
    if (std::ranges::find(node->vendors, &vendor) == node->vendors.end()) {
      node->vendors.push_back(&vendor);
    }
  }
  std::vector<Leaf>& leaves = path.open_end() ? node->tails : node->leaves;
  auto leaf = std::ranges::find(leaves, &vendor, &Leaf::vendor);
  if (leaf == leaves.end()) {
    leaves.push_back({&vendor, way.operation->contract->TakesSlash(path.text()), {}});
    leaf = std::prev(leaves.end());
  }
  leaf->ways.push_back(way);
}

// Variables of other names are the same place.
Router::Node& Router::ChildOf(Node& node, const UriTemplate::Segment& segment) {
  if (segment.is_mixed()) {
    const auto same = std::ranges::find_if(node.mixed, [&](const auto& known) {
      return known.first.Filled("{}") == segment.Filled("{}");
    });
    if (same != node.mixed.end()) return *same->second;
    const auto less = std::ranges::find_if(
        node.mixed, [&](const auto& known) { return known.first.TextSize() < segment.TextSize(); });
    return *node.mixed.emplace(less, segment, std::make_unique<Node>())->second;
  }
  auto& child = segment.is_variable ? node.variable : node.literals[PercentDecode(segment.text)];
  if (child == nullptr) child = std::make_unique<Node>();
  return *child;
}

// nullptr where there is none.
const Router::Node* Router::LiteralOf(const Node& node, std::string_view segment) {
  const auto literal = segment.contains('%') ? node.literals.find(PercentDecode(segment))
                                             : node.literals.find(segment);
  return literal != node.literals.end() ? literal->second.get() : nullptr;
}

// Literal segments come before variables, so /transfers/validations is not a transfer's id, and
// text beside a variable comes before a variable alone. What takes all that follows comes last.
bool Router::Walk(const Node& node, const Segments& segments, std::size_t depth, Segments& values,
                  const Visit& visit) {
  const bool at_end = depth == segments.size();
  const bool at_slash = depth > 0 && depth + 1 == segments.size() && segments[depth].empty();
  if (at_end || at_slash) {
    for (const Leaf& leaf : node.leaves) {
      if ((at_end || leaf.trailing_slash) && visit(leaf, values)) return true;
    }
  }
  if (at_end) return false;
  const Node* literal = LiteralOf(node, segments[depth]);
  if (literal != nullptr && Walk(*literal, segments, depth + 1, values, visit)) return true;
  if (!node.mixed.empty() && WalkMixed(node, segments, depth, values, visit)) return true;
  if (node.variable == nullptr) return false;
  values.push_back(segments[depth]);
  if (!values.back().empty() && Walk(*node.variable, segments, depth + 1, values, visit))
    return true;
  // The segments are parts of one text, the path.
  values.back() = {segments[depth].begin(), segments.back().end()};
  for (const Leaf& leaf : node.variable->tails) {
    if (!values.back().empty() && visit(leaf, values)) return true;
  }
  values.pop_back();
  return false;
}

bool Router::WalkMixed(const Node& node, const Segments& segments, std::size_t depth,
                       Segments& values, const Visit& visit) {
  std::string_view segment = segments[depth];
  std::string decoded;
  // What is encoded without need may be text of the template; all else is of a value.
  if (segment.contains('%')) segment = decoded = DecodeUnreserved(segment);
  const std::size_t before = values.size();
  for (const auto& [beside, child] : node.mixed) {
    if (!beside.Match(segment, values)) continue;
    if (Walk(*child, segments, depth + 1, values, visit)) return true;
    values.resize(before);
  }
  return false;
}

// A HEAD that is documented is an operation of its own; else it is looked up as GET, unless the
// vendor has none.
void Router::AddWays(const Leaf& leaf, std::string_view method, const Contract* edition,
                     Route& route) {
  const auto add = [&](std::string_view wanted) {
    for (const Route::Way& way : leaf.ways) {
      const bool is_meant = edition == nullptr || way.operation->contract == edition;
      const bool has_head = wanted == method || !way.operation->contract->requests.no_head;
      if (way.operation->method == wanted && is_meant && has_head) route.ways.push_back(way);
    }
  };
  add(method);
  if (method == "HEAD" && route.ways.empty()) add("GET");
}

Route Router::Find(std::string_view method, std::string_view path, const Vendor* pinned) const {
  return Find(method, path, pinned, nullptr);
}

Route Router::FindIn(const Vendor& vendor, const Contract& edition, std::string_view method,
                     std::string_view path) const {
  return Find(method, path, &vendor, &edition);
}

Route Router::Find(std::string_view method, std::string_view path, const Vendor* pinned,
                   const Contract* edition) const {
  const Segments segments = SplitPath(path);
  Segments values;
  values.reserve(segments.size());
  Route route;
  const auto is_meant = [&](const Route::Way& way) {
    return edition == nullptr || way.operation->contract == edition;
  };
  const auto answers = [&](const Leaf& leaf, const Segments& found) {
    if (pinned != nullptr && leaf.vendor != pinned) return false;
    AddWays(leaf, method, edition, route);
    if (route.ways.empty()) return false;
    route.vendor = leaf.vendor;
    // JSON may quote them, so they are UTF-8.
    for (const std::string_view value : found) {
      route.path_values.push_back(ValidUtf8(PercentDecode(value)));
    }
    return true;
  };
  if (Walk(*root_, segments, 0, values, answers)) return route;
  const auto note = [&](const Leaf& leaf, const Segments& /*values*/) {
    if (pinned != nullptr && leaf.vendor != pinned) return false;
    if (route.vendor == nullptr) route.vendor = leaf.vendor;
    if (leaf.vendor != route.vendor) return false;
    for (const Route::Way& way : leaf.ways) {
      if (is_meant(way)) route.beside.push_back(way.operation);
    }
    return false;
  };
  Walk(*root_, segments, 0, values, note);
  if (route.vendor == nullptr) route.nearby = Nearby(path, pinned);
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

void Router::Gather(const Node& node, const Segments& segments, std::size_t depth,
                    std::vector<const Vendor*>& vendors) {
  if (depth == segments.size()) {
    if (depth < 2 && node.leaves.empty()) return;
    for (const Vendor* vendor : node.vendors) {
      if (std::ranges::find(vendors, vendor) == vendors.end()) vendors.push_back(vendor);
    }
    return;
  }
  if (const Node* literal = LiteralOf(node, segments[depth])) {
    Gather(*literal, segments, depth + 1, vendors);
  }
  Segments values;
  for (const auto& [beside, child] : node.mixed) {
    if (beside.Match(segments[depth], values)) Gather(*child, segments, depth + 1, vendors);
  }
  if (node.variable != nullptr) Gather(*node.variable, segments, depth + 1, vendors);
}

}  // namespace mockduit
