#include "http/uri_template.h"

#include <algorithm>

#include "http/uri.h"

namespace mockduit {

std::vector<std::string_view> SplitPath(std::string_view path) {
  std::vector<std::string_view> segments;
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

bool UriTemplate::Matches(std::string_view path) const {
  std::vector<std::string_view> parts = SplitPath(path);
  if (open_end_ && parts.size() > segments_.size()) parts.resize(segments_.size());
  return std::ranges::equal(parts, segments_, [](std::string_view part, const Segment& segment) {
    return segment.is_variable ? !part.empty() : PercentDecode(part) == segment.text;
  });
}

}  // namespace mockduit
