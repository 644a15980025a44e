// UriTemplate: "/v1/teams/{team_id}/transfers": literal segments and {variables}, one a segment. A
// last segment "**" stands for whatever follows, nothing included.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mockduit {

// The segments of a path: "/a//b/" gives "a", "", "b", "". "/" gives one empty segment.
std::vector<std::string_view> SplitPath(std::string_view path);

class UriTemplate {
 public:
  struct Segment {
    std::string text;  // the literal, or the variable's name
    bool is_variable = false;
  };

  explicit UriTemplate(std::string_view text);

  const std::string& text() const { return text_; }
  const std::vector<Segment>& segments() const { return segments_; }  // without the "**"
  bool open_end() const { return open_end_; }
  // True when the path has the same segments and something in the place of each variable.
  bool Matches(std::string_view path) const;

 private:
  std::string text_;
  std::vector<Segment> segments_;
  bool open_end_ = false;
};

}  // namespace mockduit
