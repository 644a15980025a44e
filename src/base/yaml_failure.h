// Why a text is no YAML, in words of our own and at the place that a person would point to.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

namespace mockduit {

// A place in a file's text, as the parser counts.
struct YamlMark {
  int line = 0;              // from 0
  std::size_t byte = 0;      // of its line
  std::size_t position = 0;  // of the file
};

// Where and why the parser stopped.
struct YamlFailure {
  std::string message;  // the parser's own
  YamlMark mark;
  std::optional<YamlMark> open;  // where the innermost list or map begins that is not closed
  std::vector<std::string> anchor_names;  // that stand before it
};

Problem ToProblem(const TextFile& file, const YamlFailure& failure);

// Of what follows the end of the document: it is another one, or what cannot stand there.
std::string_view StrayWords(const TextFile& file, const YamlMark& mark);

// True where quotes open at `mark`, of the last scalar, that are not closed before the file ends.
// The parser takes the end of the file for theirs.
bool IsNeverClosed(std::string_view text, const YamlMark& mark);

}  // namespace mockduit
