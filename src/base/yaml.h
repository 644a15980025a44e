// YAML as people write it: read into a Json, with the place of every key and value kept beside it
// so that a mistake can be told with its line. yaml.cc is the only file that knows yaml-cpp.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/json.h"
#include "base/references.h"
#include "base/result.h"

namespace mockduit {

struct Position {
  int line = 0;                               // from 1
  int column = 0;                             // from 1, in bytes
  std::shared_ptr<const IndexedFile> source;  // nothing: the document's own
};

// Where things stand, by RFC 6901 pointer. Of a pointer it keeps a hash: the texts of all pointers
// of a file may be far longer than the file.
class Places {
 public:
  // False, and nothing changes, when that pointer has a place.
  bool Add(std::string_view pointer, const Position& place);
  // In place of one that is there.
  void Set(std::string_view pointer, const Position& place);
  // nullptr when there is none.
  const Position* Find(std::string_view pointer) const;
  // Adds those of another file that have no place here.
  void Merge(const Places& more, const std::shared_ptr<const IndexedFile>& source);

 private:
  std::unordered_map<std::size_t, Position> by_hash_;
};

// A document's keys on the way to a value are no longer than this together, in bytes.
inline constexpr std::size_t kMaxPointer = 2'000;

struct YamlDocument {
  std::string file;  // as it is named in messages
  Json root;
  Places values;
  Places keys;  // of members
  // By the pointer of an alias: the pointer of what its anchor names. Mistakes inside are told
  // there.
  std::unordered_map<std::string, std::string> aliases;
  std::shared_ptr<const IndexedFile> source;  // what it was read from
  // Where the values of this document stand that was made of others: in the first one those that
  // it has, in the second one all others. nullptr: there is none. They must outlive this one.
  const YamlDocument* overlay = nullptr;
  const YamlDocument* placed_by = nullptr;
  std::string below;  // where its root stands in `placed_by`: a pointer
  // Where its references lead that lead nowhere in it: into `placed_by`, or else into itself.
  // nullptr: nowhere. It must outlive this one.
  References* references = nullptr;

  // A problem at a value (or at its key, which is where a wrong name is seen).
  Problem AtValue(const std::string& pointer, std::string message) const;
  Problem AtKey(const std::string& pointer, std::string message) const;
  Problem AtPlace(const Position& place, std::string message) const;
  // A problem inside a text: at its byte `offset`, counted as the text is read, without quotes and
  // escapes. At the value where that place is not found in the file.
  Problem InText(const std::string& pointer, std::size_t offset, std::string message) const;
  // The pointer of a value that is part of `root`; "" for any other. The first call after a change
  // of `root` walks through all of it. One thread at a time.
  std::string PointerOf(const Json& value) const;
  // Takes in the members of another document's "paths" and "components", down to methods and
  // names. Tells of every one that both have.
  std::vector<Problem> Merge(const YamlDocument& part);

 private:
  // A value's place among the members or items of the one above it.
  struct Way {
    const Json* above = nullptr;
    std::size_t index = 0;
  };

  // The document that says where a value stands; nullptr: this one.
  const YamlDocument* PlacingOf(const std::string& pointer) const;
  std::string PointerIn(const YamlDocument& other, const std::string& pointer) const;
  void FindWays(const Json& json) const;
  std::optional<std::string> PointerByWays(const Json& value) const;

  mutable std::unordered_map<const Json*, Way> ways_;  // by value; see PointerOf
};

// Reads one document by YAML 1.2's core rules (`yes` is a string, `1e3` a number). JSON is YAML, so
// it reads JSON as well. Tells of every repeated key; a text that is no YAML, or no UTF-8, is one
// problem, in our own words whatever the library's version.
// Aliases may repeat what an anchor named, up to a bound, and never themselves.
Read<YamlDocument> ReadYaml(std::string file, std::string_view text);

struct CutDocument {
  YamlDocument document;
  // The maps and lists that stand deeper than Json::kMaxDepth: each is a 0 in it.
  std::vector<Problem> cut;
};

// The same of a document of other people, of which what is nested too deep is left out rather than
// the whole refused; but nested deeper than yaml-cpp goes, it is refused. Its merge keys, "<<", are
// read.
Read<CutDocument> ReadCutYaml(std::string file, std::string_view text);

}  // namespace mockduit
