#include "base/yaml_words.h"

namespace mockduit {
namespace {

// What yaml-cpp says, by how it begins, and what we say. Its words differ by version.
struct Words {
  std::string_view theirs;
  std::string_view ours;
};
constexpr std::string_view kQuote = "this character cannot begin a value; put the text in quotes";
constexpr std::string_view kTag =
    "this tag is not complete; text that begins with '!' needs quotes";
constexpr std::string_view kDirective =
    "a line that begins with '%' is a directive, and this one is unknown";
constexpr Words kWords[] = {
    {"end of map not found", kYamlStray},
    {"end of sequence not found", kYamlStray},
    {"illegal flow end", "this bracket has no matching one before it"},
    {"illegal block entry", "a list cannot begin here; write its '- ' on a line of its own"},
    {"illegal map key", "a key cannot begin here"},
    {"illegal map value",
     "a ':' cannot stand here; indent the keys of a map alike, and put text with ': ' in quotes"},
    {"unknown token", kQuote},
    {"illegal character in scalar", kQuote},
    {"plain value cannot start", kQuote},
    {"unexpected scalar", "a value cannot begin here"},
    {"illegal document indicator in scalar",
     "the text in quotes is not closed before the document ends"},
    {"illegal EOF in scalar", kYamlNeverClosed},
    {"illegal tab when looking for indentation", kYamlTab},
    {"alias not found after *", "'*' needs a name; text that begins with '*' needs quotes"},
    {"anchor not found after &", "'&' needs a name; text that begins with '&' needs quotes"},
    {"illegal character found while scanning alias",
     "this character cannot stand in the name of an alias"},
    {"illegal character found while scanning anchor",
     "this character cannot stand in the name of an anchor"},
    {"aliases can't have any content, *including* tags",
     "an alias stands alone, without a tag or an anchor"},
    {"cannot assign multiple tags to the same node", "a value has one tag at most"},
    {"cannot assign multiple anchors to the same node", "a value has one anchor at most"},
    {"cannot set zero indentation for a block scalar",
     "the indentation of a block is a number from 1 to 9"},
    {"unexpected character in block scalar",
     "only a number, '+', '-' or a comment may stand behind '|' or '>'"},
    {"bad character found while scanning hex number", "a hexadecimal digit is missing here"},
    {"invalid unicode: ", "this escape names no character"},
    {"unknown escape character: ",
     "in double quotes a backslash begins an escape, and this one is unknown; write two "
     "backslashes, or use single quotes"},
    {"illegal character found while scanning tag handle", kTag},
    {"tag handle with no suffix", kTag},
    {"end of verbatim tag not found", kTag},
    {"YAML directives must have exactly one argument", kDirective},
    {"bad YAML version: ", kDirective},
    {"YAML major version too large", kDirective},
    {"repeated YAML directive", kDirective},
    {"TAG directives must have exactly two arguments", kDirective},
    {"repeated TAG directive", kDirective},
    {"unexpected token after end of document", kYamlStray},
};

}  // namespace

std::string TooDeepWords(std::size_t most) {
  return "nested deeper than " + std::to_string(most) + " levels; what stands in here is left out";
}

std::string LongKeysWords(std::size_t most) {
  return "this key, and those that lead to it, are longer than " + std::to_string(most) +
         " bytes together";
}

std::string YamlWords(std::string_view theirs) {
  for (const Words& words : kWords) {
    if (theirs.starts_with(words.theirs)) return std::string(words.ours);
  }
  return "this is not valid YAML";
}

}  // namespace mockduit
