#include "http/uri_template.h"

#include <algorithm>

#include "http/uri.h"

namespace mockduit {

std::vector<std::string_view> SplitPath(std::string_view path) {
  std::vector<std::string_view> segments;
  segments.reserve(static_cast<std::size_t>(std::ranges::count(path, '/')) + 1);
  if (path.starts_with('/')) path.remove_prefix(1);
  while (true) {
    const std::size_t end = std::min(path.find('/'), path.size());
    segments.push_back(path.substr(0, end));
    if (end == path.size()) return segments;
    path.remove_prefix(end + 1);
  }
}

UriTemplate::UriTemplate(std::string_view text) : text_(text) {
  for (std::string_view segment : SplitPath(text)) {
    const bool variable = segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
    if (variable) segment = segment.substr(1, segment.size() - 2);
    segments_.push_back({std::string(segment), variable});
  }
  open_end_ = segments_.back().text == "**";
  if (open_end_) segments_.pop_back();
}

// Every template of a table is asked for one path, so nothing is copied.
bool UriTemplate::Matches(std::string_view path) const {
  if (path.starts_with('/')) path.remove_prefix(1);
  bool is_over = false;
  for (const Segment& segment : segments_) {
    if (is_over) return false;
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, end);
    const bool fits = segment.is_variable  ? !part.empty()
                      : part.contains('%') ? PercentDecode(part) == segment.text
                                           : part == segment.text;
    if (!fits) return false;
    is_over = end == path.size();
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return is_over || open_end_;
}

}  // namespace mockduit
