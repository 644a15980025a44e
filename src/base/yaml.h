// YAML as people write it: read into a Json, with the place of every key and value kept beside it
// so that a mistake can be told with its line. yaml.cc is the only file that knows yaml-cpp.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace mockduit {

struct Position {
  int line = 0;                            // from 1
  int column = 0;                          // from 1, in bytes
  std::shared_ptr<const TextFile> source;  // nothing: the document's own
};

struct YamlDocument {
  std::string file;  // as it is named in messages
  Json root;
  // By RFC 6901 pointer: where each value stands, and where the key of each member stands.
  std::unordered_map<std::string, Position> values;
  std::unordered_map<std::string, Position> keys;
  // By the pointer of an alias: the pointer of what its anchor names. Mistakes inside are told
  // there.
  std::unordered_map<std::string, std::string> aliases;
  std::shared_ptr<const TextFile> source;  // what it was read from

  // A problem at a value (or at its key, which is where a wrong name is seen).
  Problem AtValue(const std::string& pointer, std::string message) const;
  Problem AtKey(const std::string& pointer, std::string message) const;
  Problem AtPlace(const Position& place, std::string message) const;
  // A problem inside a text: at its byte `offset`, counted as the text is read, without quotes and
  // escapes. At the value where that place is not found in the file.
  Problem InText(const std::string& pointer, std::size_t offset, std::string message) const;
  // Takes in the members of another document's "paths" and "components", down to methods and
  // names. Tells of every one that both have.
  std::vector<Problem> Merge(YamlDocument part);
};

// Reads one document by YAML 1.2's core rules (`yes` is a string, `1e3` a number). JSON is YAML, so
// it reads JSON as well. Tells of every repeated key; a text that is no YAML, or no UTF-8, is one
// problem, in our own words whatever the library's version.
// Aliases may repeat what an anchor named, up to a bound, and never themselves.
Read<YamlDocument> ReadYaml(std::string file, std::string_view text);

}  // namespace mockduit
