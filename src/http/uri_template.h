// UriTemplate: "/v1/teams/{team_id}/transfers": literal segments, {variables}, and segments with
// text beside variables: "{id}:cancel", "{a}-{b}". A last segment "**" stands for whatever follows,
// nothing included.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mockduit {

// The segments of a path: "/a//b/" gives "a", "", "b", "". "/" gives one empty segment.
std::vector<std::string_view> SplitPath(std::string_view path);

class UriTemplate {
 public:
  // A text, or a variable within a segment that has text beside it.
  struct Piece {
    std::string text;  // the literal, or the variable's name
    bool is_variable = false;
  };
  struct Segment {
    std::string text;             // the literal, the variable's name, or all that is mixed
    bool is_variable = false;     // one variable, and nothing else
    std::vector<Piece> pieces{};  // of a segment that is mixed

    bool is_mixed() const { return !pieces.empty(); }
    // How much of it is text.
    std::size_t TextSize() const;
    // With `value` in the place of each variable.
    std::string Filled(std::string_view value) const;
    // Of a mixed one: appends what stands in the place of each variable. Each has something, the
    // earlier ones as much as they can; of two side by side the second is an ending with its dot
    // (".json") where there is one. False, and nothing appended, where the text does not fit.
    bool Match(std::string_view part, std::vector<std::string_view>& values) const;
  };

  explicit UriTemplate(std::string_view text);

  const std::string& text() const { return text_; }
  const std::vector<Segment>& segments() const { return segments_; }  // without the "**"
  bool open_end() const { return open_end_; }
  // Their names, in the order of the path.
  const std::vector<std::string>& variables() const { return variables_; }
  // True when the path has the same segments and something in the place of each variable.
  bool Matches(std::string_view path) const;

 private:
  std::string text_;
  std::vector<Segment> segments_;
  std::vector<std::string> variables_;
  bool open_end_ = false;
};

}  // namespace mockduit
