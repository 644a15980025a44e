#include "http/nearest_routes.h"

#include <algorithm>
#include <optional>
#include <ranges>
#include <utility>

#include "base/suggest.h"

namespace mockduit {
namespace {

using Parts = std::vector<std::string_view>;

std::string Joined(const Parts& parts) {
  std::string path;
  for (const std::string_view part : parts) path.append("/").append(part);
  return path;
}

// Without what stands in the place of variables. The path's parts begin `shift` places behind those
// of the route.
std::optional<std::size_t> Distance(Parts parts, const UriTemplate& route, std::ptrdiff_t shift) {
  // Most routes are far by their lengths alone, which takes no text.
  std::size_t sent_size = parts.size();
  std::size_t known_size = route.segments().size();
  for (const std::string_view part : parts) sent_size += part.size();
  for (std::size_t i = 0; i < route.segments().size(); ++i) {
    const UriTemplate::Segment& segment = route.segments()[i];
    const auto place = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(i) + shift);
    if (!segment.is_variable) {
      known_size += segment.text.size();
    } else if (place < parts.size()) {
      sent_size -= parts[place].size();
      parts[place] = "";
    }
  }
  if (!MayBeNear(sent_size, known_size)) return std::nullopt;
  Parts known;
  for (const UriTemplate::Segment& segment : route.segments()) {
    known.push_back(segment.is_variable ? "" : std::string_view(segment.text));
  }
  return NearDistance(Joined(parts), Joined(known));
}

// Counted from the front, or from the end: what is missing, or one too many, may be a prefix.
std::optional<std::size_t> Distance(const Parts& parts, const UriTemplate& route) {
  const auto from_front = Distance(parts, route, 0);
  const std::ptrdiff_t longer = std::ssize(parts) - std::ssize(route.segments());
  const auto from_end = longer == 0 ? from_front : Distance(parts, route, longer);
  if (!from_front || !from_end) return from_front ? from_front : from_end;
  return std::min(*from_front, *from_end);
}

}  // namespace

std::vector<std::string> NearestRoutes(std::string_view method, std::string_view path,
                                       const std::vector<KnownRoute>& routes) {
  constexpr std::size_t kMost = 3;
  constexpr std::size_t kMostTooMany = 4;  // parts of a path that is near a route all the same
  struct Near {
    std::pair<std::size_t, bool> rank;  // how far the path is, and whether the method is another
    const KnownRoute* route;
  };
  const Parts parts = SplitPath(path);
  std::vector<Near> near;
  for (const KnownRoute& route : routes) {
    if (parts.size() > route.path->segments().size() + kMostTooMany) continue;
    const auto distance = Distance(parts, *route.path);
    if (distance) near.push_back({{*distance, route.method != method}, &route});
  }
  std::ranges::stable_sort(near, {}, &Near::rank);
  std::vector<std::string> names;
  for (const Near& each : near | std::views::take(kMost)) {
    names.push_back(std::string(each.route->method) + " " + each.route->path->text());
  }
  return names;
}

}  // namespace mockduit
