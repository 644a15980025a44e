// Problem: a mistake in a file that a person wrote, with its place. The readers of contracts and
// scenarios make them; the command line, the log and the control API show them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mockduit {

struct TextFile {
  std::string path;  // as it is named in messages
  std::string text;  // all of it
  // True for what a program wrote, on one line: its values are read without their places, which
  // takes a third of the time.
  bool made_by_machine = false;
  // What it says, as JSON, where that is known beside the text; else "".
  std::string_view json{};
};

// A file whose lines are found without reading it from its beginning: for readers that may find a
// mistake in each of them.
struct IndexedFile : TextFile {
  explicit IndexedFile(TextFile text_file);

  // Without its end; empty past the last line. `line` counts from 1.
  std::string_view Line(int line) const;
  // Where the line begins in the text; the end of the text past the last line.
  std::size_t LineStart(int line) const;
  // How many characters stand before a byte of the text, which must be UTF-8.
  std::size_t CharactersBefore(std::size_t byte) const;

 private:
  static constexpr std::size_t kBlock = 1024;  // bytes

  std::vector<std::size_t> starts_;  // of the lines
  std::vector<std::size_t> counts_;  // of the characters before each block
};

struct Problem {
  std::string file;
  int line = 0;    // from 1; 0: unknown
  int column = 0;  // from 1, in characters
  std::string message;
  // The line of the file, cut around the column where it is long, and a line that puts a caret
  // under the column. Both are empty where the text is not at hand.
  std::string excerpt;
  std::string caret;
  // How many mistakes it stands for: many where it only says how many more there are.
  std::size_t count = 1;

  // "FILE:LINE:COL: message", or "FILE: message" where the place is unknown.
  std::string Text() const;
  // The same for people: with the excerpt and the caret below, each on a line of its own.
  std::string Shown() const;
};

// A problem at a place in a file. `byte` counts from 0 in its line; the problem's column counts
// characters.
Problem ProblemAt(const TextFile& file, int line, std::size_t byte, std::string message);
Problem ProblemAt(const IndexedFile& file, int line, std::size_t byte, std::string message);

// The same, by the byte of the whole file.
Problem ProblemAtByte(const TextFile& file, std::size_t offset, std::string message);
// What keeps a text from being read at all: a byte that is no UTF-8, or a control character.
std::optional<Problem> CheckText(const TextFile& file);
// Of each file's problems, that many are told; the rest are a number.
inline constexpr std::size_t kMaxProblemsOfAFile = 100;
// The problems in the order in which they came, without those that say the same of the same place.
// For each file that has more than the maximum, one at the end says how many more there are.
std::vector<Problem> Bounded(std::vector<Problem> problems);
// How many mistakes the problems stand for.
std::size_t CountMistakes(const std::vector<Problem>& problems);
// Without the byte order mark that some editors put in front.
std::string WithoutByteOrderMark(std::string_view text);

}  // namespace mockduit
