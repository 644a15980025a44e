#include "http/uri_template.h"

#include <algorithm>
#include <utility>

#include "base/percent.h"
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

namespace {

// The texts and variables of a segment, in their order.
std::vector<UriTemplate::Piece> PiecesOf(std::string_view segment) {
  std::vector<UriTemplate::Piece> pieces;
  std::string text;
  while (!segment.empty()) {
    const std::size_t close = segment.front() == '{' ? segment.find('}') : std::string_view::npos;
    // A variable has a name.
    if (close == std::string_view::npos || close == 1 || segment.find('{', 1) < close) {
      text += segment.front();
      segment.remove_prefix(1);
      continue;
    }
    if (!text.empty()) pieces.push_back({std::exchange(text, {}), false});
    pieces.push_back({std::string(segment.substr(1, close - 1)), true});
    segment.remove_prefix(close + 1);
  }
  if (!text.empty()) pieces.push_back({text, false});
  return pieces;
}

// How much of a part is the second of two variables without text between them: an ending with its
// dot, ".json" of "{id}{ending}", else the last character.
std::size_t LastOfTwo(std::string_view part) {
  const std::size_t dot = part.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? 1 : part.size() - dot;
}

}  // namespace

UriTemplate::UriTemplate(std::string_view text) : text_(text) {
  const std::vector<std::string_view> segments = SplitPath(text);
  segments_.reserve(segments.size());
  for (const std::string_view segment : segments) {
    if (!segment.contains('{')) {  // as most are
      segments_.push_back({std::string(segment)});
      continue;
    }
    std::vector<Piece> pieces = PiecesOf(segment);
    for (const Piece& piece : pieces) {
      if (piece.is_variable) variables_.push_back(piece.text);
    }
    if (pieces.size() == 1) {
      segments_.push_back({std::move(pieces.front().text), pieces.front().is_variable});
    } else {
      segments_.push_back({std::string(segment), false, std::move(pieces)});
    }
  }
  open_end_ = segments_.back().text == "**";
  if (open_end_) segments_.pop_back();
}

std::size_t UriTemplate::Segment::TextSize() const {
  if (!is_mixed()) return is_variable ? 0 : text.size();
  std::size_t size = 0;
  for (const Piece& piece : pieces) size += piece.is_variable ? 0 : piece.text.size();
  return size;
}

std::string UriTemplate::Segment::Filled(std::string_view value) const {
  if (!is_mixed()) return is_variable ? std::string(value) : text;
  std::string filled;
  for (const Piece& piece : pieces)
    filled += piece.is_variable ? value : std::string_view(piece.text);
  return filled;
}

// From the end to the beginning: a variable begins where the text before it ends last, so that
// "archive.tar.gz" is "archive.tar" and "gz" by "{name}.{ending}". If the rest does not fit there,
// it fits at no earlier place either, but for the first text, which is looked for at the beginning.
bool UriTemplate::Segment::Match(std::string_view part,
                                 std::vector<std::string_view>& values) const {
  const std::size_t before = values.size();
  const auto fail = [&] {
    values.resize(before);
    return false;
  };
  for (std::size_t i = pieces.size(); i-- > 0;) {
    if (!pieces[i].is_variable) {
      if (!part.ends_with(pieces[i].text)) return fail();
      part.remove_suffix(pieces[i].text.size());
      continue;
    }
    if (part.empty()) return fail();
    std::size_t size = i > 0 ? LastOfTwo(part) : part.size();
    if (i > 0 && !pieces[i - 1].is_variable) {
      const std::string_view before_it = pieces[i - 1].text;
      if (part.size() <= before_it.size()) return fail();
      const std::size_t room = part.size() - before_it.size();
      const std::size_t at = i == 1 ? 0 : part.rfind(before_it, room - 1);
      if (at == std::string_view::npos || !part.substr(at).starts_with(before_it)) return fail();
      size = room - at;
    }
    values.push_back(part.substr(part.size() - size));
    part.remove_suffix(size);
  }
  if (!part.empty()) return fail();
  std::reverse(values.begin() + static_cast<std::ptrdiff_t>(before), values.end());
  return true;
}

// Every template of a table is asked for one path, so nothing is copied.
bool UriTemplate::Matches(std::string_view path) const {
  if (path.starts_with('/')) path.remove_prefix(1);
  bool is_over = false;
  for (const Segment& segment : segments_) {
    if (is_over) return false;
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, end);
    std::vector<std::string_view> values;
    const bool fits = segment.is_variable  ? !part.empty()
                      : segment.is_mixed() ? segment.Match(part, values) ||
                                                 (part.contains('%') &&
                                                  segment.Match(DecodeUnreserved(part), values))
                      : part.contains('%') ? PercentDecode(part) == PercentDecode(segment.text)
                                           : part == segment.text;
    if (!fits) return false;
    is_over = end == path.size();
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return is_over || open_end_;
}

}  // namespace mockduit
