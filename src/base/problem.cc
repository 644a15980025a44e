#include "base/problem.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "base/text.h"
#include "base/utf8.h"

namespace mockduit {
namespace {

constexpr std::size_t kMaxWidth = 100;  // of an excerpt, in columns of a terminal
constexpr std::size_t kMaxBefore = 60;  // of them, those before the caret where the line is cut
constexpr std::size_t kMaxBytes = 500;  // of a line, those that are looked at on either side

constexpr std::string_view kCut = "…";
constexpr std::string_view kUnknownCharacter = "\uFFFD";

// A character as it is shown. One that a terminal cannot show, or would obey, is replaced.
struct Cell {
  std::string_view text;
  std::size_t width;
  bool before;  // the caret
};

bool IsControl(char32_t code_point) {
  return (code_point < 0x20 && code_point != '\t') || (code_point >= 0x7F && code_point < 0xA0);
}

// Without its end.
std::string_view FirstLine(std::string_view text) {
  text = text.substr(0, text.find('\n'));
  return text.ends_with('\r') ? text.substr(0, text.size() - 1) : text;
}

std::string_view LineOf(std::string_view text, int line) {
  for (int i = 1; i < line; ++i) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  return FirstLine(text);
}

std::vector<Cell> CellsOf(std::string_view part, std::size_t caret) {
  std::vector<Cell> cells;
  for (std::size_t at = 0; at < part.size();) {
    const std::size_t length = Utf8Length(part.substr(at));
    const char32_t code_point = length > 0 ? CodePoint(part.substr(at), length) : 0;
    const bool before = at < caret;
    if (length == 0 || IsControl(code_point)) {
      cells.push_back({kUnknownCharacter, 1, before});
    } else {
      const auto width = static_cast<std::size_t>(DisplayWidth(code_point));
      cells.push_back({part.substr(at, length), width, before});
    }
    at += std::max(length, 1UZ);
  }
  return cells;
}

// Where a character begins at or behind `at`.
std::size_t CharacterStart(std::string_view line, std::size_t at) {
  while (at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0) == 0x80) ++at;
  return at;
}

void ShowLine(std::string_view line, std::size_t byte, Problem& problem) {
  const std::size_t begin = byte > kMaxBytes ? CharacterStart(line, byte - kMaxBytes) : 0;
  const std::vector<Cell> cells =
      CellsOf(line.substr(begin, byte - begin + kMaxBytes), byte - begin);
  std::size_t whole = 0;
  std::size_t before = 0;
  for (const Cell& cell : cells) {
    whole += cell.width;
    if (cell.before) before += cell.width;
  }
  auto first = cells.begin();
  if (whole > kMaxWidth) {
    while (first != cells.end() && before > kMaxBefore) before -= (first++)->width;
  }
  if (begin > 0 || first != cells.begin()) {
    problem.excerpt = kCut;
    problem.caret = " ";
  }
  std::size_t width = 0;
  for (; first != cells.end() && width + first->width <= kMaxWidth; ++first) {
    width += first->width;
    problem.excerpt += first->text;
    // A tab is as wide below as above.
    if (first->before)
      problem.caret.append(first->text == "\t" ? 1 : first->width,
                           first->text == "\t" ? '\t' : ' ');
  }
  if (first != cells.end()) problem.excerpt += kCut;
  problem.caret += '^';
}

// `shown` is the line where the problem is, of which `before` characters stand before its byte.
Problem ProblemIn(std::string_view shown, std::size_t before, const TextFile& file, int line,
                  std::size_t byte, std::string message) {
  const std::size_t past = byte > shown.size() ? byte - shown.size() : 0;
  const std::size_t column = before + past + 1;
  Problem problem{file.path, line, static_cast<int>(column), std::move(message), {}, {}};
  if (!shown.empty()) ShowLine(shown, std::min(byte, shown.size()), problem);
  return problem;
}

// "16,403"
std::string WithCommas(std::size_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

Problem RestOf(const std::string& file, std::size_t count) {
  Problem rest{file, 0, 0, "and " + WithCommas(count) + " more", {}, {}};
  rest.count = count;
  return rest;
}

// In UTF-8 a character has one byte that does not go on with another one.
std::size_t CountStarts(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace

IndexedFile::IndexedFile(TextFile text_file) : TextFile(std::move(text_file)), starts_{0} {
  for (std::size_t end = text.find('\n'); end != std::string::npos;
       end = text.find('\n', end + 1)) {
    starts_.push_back(end + 1);
  }
  std::size_t count = 0;
  for (std::size_t at = 0; at <= text.size(); at += kBlock) {
    counts_.push_back(count);
    count += CountStarts(std::string_view(text).substr(at, kBlock));
  }
}

std::size_t IndexedFile::LineStart(int line) const {
  const auto index = static_cast<std::size_t>(line) - 1;
  return index < starts_.size() ? starts_[index] : text.size();
}

std::string_view IndexedFile::Line(int line) const {
  const std::size_t start = LineStart(line);
  return FirstLine(std::string_view(text).substr(start, LineStart(line + 1) - start));
}

std::size_t IndexedFile::CharactersBefore(std::size_t byte) const {
  const std::size_t block = std::min(byte, text.size()) / kBlock;
  const std::size_t begin = block * kBlock;
  return counts_[block] + CountStarts(std::string_view(text).substr(begin, byte - begin));
}

std::string Problem::Text() const {
  const std::string place =
      line == 0 ? "" : ":" + std::to_string(line) + ":" + std::to_string(column);
  const std::string head = file + place;
  // One line, whatever stands in the file.
  std::string line_of_text = head.empty() ? message : head + ": " + message;
  std::ranges::replace(line_of_text, '\n', ' ');
  return Printable(line_of_text);
}

std::string Problem::Shown() const {
  return excerpt.empty() ? Text() : Text() + "\n" + excerpt + "\n" + caret;
}

Problem ProblemAt(const TextFile& file, int line, std::size_t byte, std::string message) {
  const std::string_view shown = LineOf(file.text, line);
  return ProblemIn(shown, CountCharacters(shown.substr(0, byte)), file, line, byte,
                   std::move(message));
}

Problem ProblemAt(const IndexedFile& file, int line, std::size_t byte, std::string message) {
  const std::string_view shown = file.Line(line);
  const std::size_t start = file.LineStart(line);
  const std::size_t before =
      file.CharactersBefore(start + std::min(byte, shown.size())) - file.CharactersBefore(start);
  return ProblemIn(shown, before, file, line, byte, std::move(message));
}

Problem ProblemAtByte(const TextFile& file, std::size_t offset, std::string message) {
  const std::string_view before = std::string_view(file.text).substr(0, offset);
  const auto line = static_cast<int>(std::ranges::count(before, '\n')) + 1;
  return ProblemAt(file, line, before.size() - (before.rfind('\n') + 1), std::move(message));
}

std::optional<Problem> CheckText(const TextFile& file) {
  const std::string_view text = file.text;
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    return ProblemAt(file, 1, 0, "this file is UTF-16; save it as UTF-8");
  }
  const auto is_control = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
  };
  const auto control =
      static_cast<std::size_t>(std::ranges::find_if(text, is_control) - text.begin());
  // Its first letter is ASCII, and has a zero beside it.
  const std::string_view first = text.substr(0, 4);
  if (first.substr(0, 2).contains('\0') &&
      std::ranges::any_of(first, [](char c) { return c >= ' '; })) {
    return ProblemAt(file, 1, 0, "this file is UTF-16 or UTF-32; save it as UTF-8");
  }
  const std::size_t bad = std::min(FirstNotUtf8(text).value_or(text.size()), control);
  if (bad == text.size()) return std::nullopt;
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(text[bad]);
  const std::string hex = {'0', 'x', kDigits[byte >> 4], kDigits[byte & 15]};
  return ProblemAtByte(file, bad,
                       bad == control ? "the control character " + hex + " cannot stand here"
                                      : "the byte " + hex + " is no UTF-8; save the file as UTF-8");
}

std::vector<Problem> Bounded(std::vector<Problem> problems) {
  std::vector<Problem> told;
  std::map<std::string, std::size_t> numbers;  // of the problems, by file
  std::map<std::string, std::size_t> more;
  std::set<std::tuple<std::string, int, int, std::string>> seen;
  for (Problem& problem : problems) {
    if (problem.count > 1) {
      more[problem.file] += problem.count;
      continue;
    }
    if (!seen.emplace(problem.file, problem.line, problem.column, problem.message).second) continue;
    if (++numbers[problem.file] <= kMaxProblemsOfAFile) {
      told.push_back(std::move(problem));
    } else {
      ++more[problem.file];
    }
  }
  for (const auto& [file, count] : more) told.push_back(RestOf(file, count));
  return told;
}

std::size_t CountMistakes(const std::vector<Problem>& problems) {
  std::size_t count = 0;
  for (const Problem& problem : problems) count += problem.count;
  return count;
}

std::string WithoutByteOrderMark(std::string_view text) {
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  return std::string(text.starts_with(kMark) ? text.substr(kMark.size()) : text);
}

}  // namespace mockduit
