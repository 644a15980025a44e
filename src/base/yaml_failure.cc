#include "base/yaml_failure.h"

#include <algorithm>

#include "base/suggest.h"
#include "base/text.h"
#include "base/yaml_words.h"

namespace mockduit {
namespace {

// `text` from the line with that number, from 0, on.
std::string_view FromLine(std::string_view text, int number) {
  for (int line = 0; line < number; ++line) TakeUntil(text, "\n");
  return text;
}

std::string_view Line(std::string_view text, int number) {
  text = FromLine(text, number);
  return text.substr(0, text.find('\n'));
}

std::string_view From(std::string_view text, std::size_t byte) {
  return text.substr(std::min(text.size(), byte));
}

// ']' or '}' where yaml-cpp misses the end of a list or map in brackets, else 0.
char MissingBracket(std::string_view theirs) {
  if (theirs.starts_with("end of sequence flow not found")) return ']';
  return theirs.starts_with("end of map flow not found") ? '}' : '\0';
}

// At the opening bracket when the file ends before the closing one, else where it should stand.
Problem NotClosed(const TextFile& file, const YamlMark& noticed, const YamlMark& open,
                  char bracket) {
  const std::string what = bracket == ']' ? "the list in [ ]" : "the map in { }";
  const std::string missing(1, bracket);
  if (noticed.position + 1 >= file.text.size()) {
    return ProblemAt(file, open.line + 1, open.byte,
                     what + " is never closed; a '" + missing + "' is missing");
  }
  return ProblemAt(file, noticed.line + 1, noticed.byte,
                   what + " of line " + std::to_string(open.line + 1) +
                       " is not closed; a ',' or '" + missing + "' is missing before this");
}

bool IsOfAnchor(std::string_view message) {
  return message.starts_with("the referenced anchor is not defined") ||
         message.starts_with("unknown anchor");
}

bool IsOfEscape(std::string_view message) {
  return message.starts_with("unknown escape character: ") ||
         message.starts_with("bad character found while scanning hex number") ||
         message.starts_with("invalid unicode: ");
}

// What an alias that `line` has at its byte `begin` names, and which anchor it may mean.
std::string UnknownAnchor(std::string_view line, std::size_t begin,
                          const std::vector<std::string>& anchors) {
  std::string_view name = From(line, begin);
  if (name.starts_with('*')) name.remove_prefix(1);
  name = name.substr(0, name.find_first_of(" \t\r,[]{}:"));
  return "no anchor '" + std::string(name) + "' stands above" + DidYouMean(name, anchors);
}

}  // namespace

// At the parser's place, but for tabs, which it calls many names, and escapes, behind which it is.
Problem ToProblem(const TextFile& file, const YamlFailure& failure) {
  const std::string_view line = Line(file.text, failure.mark.line);
  const std::string_view indent = line.substr(0, line.find_first_not_of(" \t"));
  const std::size_t tab = indent.find('\t');
  const int number = failure.mark.line + 1;
  if (tab != std::string_view::npos) return ProblemAt(file, number, tab, std::string(kYamlTab));
  const char bracket = MissingBracket(failure.message);
  if (bracket != '\0' && failure.open) {
    return NotClosed(file, failure.mark, *failure.open, bracket);
  }
  std::size_t byte = failure.mark.byte;
  if (IsOfEscape(failure.message)) {
    const std::size_t backslash = line.substr(0, byte).rfind('\\');
    if (backslash != std::string_view::npos) byte = backslash;
  }
  if (IsOfAnchor(failure.message)) {
    return ProblemAt(file, number, byte, UnknownAnchor(line, byte, failure.anchor_names));
  }
  return ProblemAt(file, number, byte, YamlWords(failure.message));
}

std::string_view StrayWords(const TextFile& file, const YamlMark& mark) {
  const std::string_view rest = From(Line(file.text, mark.line), mark.byte);
  return rest.starts_with("---") ? kYamlSecondDocument : kYamlStray;
}

bool IsNeverClosed(std::string_view text, const YamlMark& mark) {
  text = From(FromLine(text, mark.line), mark.byte);
  if (text.empty() || (text[0] != '"' && text[0] != '\'')) return false;
  const char quote = text[0];
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      if (quote == '"' || !text.substr(i + 1).starts_with('\'')) return false;
      ++i;  // '' is a quote in the text
    }
  }
  return true;
}

}  // namespace mockduit
