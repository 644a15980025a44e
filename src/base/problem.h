// Problem: a mistake in a file that a person wrote, with its place. The readers of contracts and
// scenarios make them; the command line, the log and the control API show them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace mockduit {

struct TextFile {
  std::string path;  // as it is named in messages
  std::string text;  // all of it
  // True for what a program wrote, on one line: its values are read without their places, which
  // takes a third of the time.
  bool made_by_machine = false;
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

  // "FILE:LINE:COL: message", or "FILE: message" where the place is unknown.
  std::string Text() const;
  // The same for people: with the excerpt and the caret below, each on a line of its own.
  std::string Shown() const;
};

// A problem at a place in a file. `byte` counts from 0 in its line; the problem's column counts
// characters.
Problem ProblemAt(const TextFile& file, int line, std::size_t byte, std::string message);

// The same, by the byte of the whole file.
Problem ProblemAtByte(const TextFile& file, std::size_t offset, std::string message);
// What keeps a text from being read at all: a byte that is no UTF-8, or a control character.
std::optional<Problem> CheckText(const TextFile& file);
// Without the byte order mark that some editors put in front.
std::string WithoutByteOrderMark(std::string_view text);

}  // namespace mockduit
