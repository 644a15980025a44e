// PathReader: the paths of a contract, and the aliases that the vendor block has for some of them.
// The reader of contracts uses it; mistakes go into its reading.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "contract/read/reading.h"

namespace mockduit {

class PathReader {
 public:
  // The reading must outlive it.
  explicit PathReader(ContractReading& reading) : reading_(reading) {}

  void ReadAlias(const Node& alias);
  // Looks at a path item; its operations are the caller's business.
  void Check(const std::string& path, const Node& node);
  // Reports an operation that is never reached: two paths that differ by the names of their
  // variables alone are one.
  void CheckNew(const Node& node, const Operation& operation);
  // The other paths that the vendor block has for one, by the aliases that were read.
  std::vector<Alias> AliasesOf(const UriTemplate& path) const;
  // Once all operations are read: an alias must lead to some path, and its variant must be one of
  // an answer there.
  void CheckAliases(const Node& aliases);

 private:
  struct Renamed {
    std::string from;
    std::string to;
    std::string variant;
    bool deprecated;
  };
  // "/" is written in front of all paths, and is no part of them.
  static Renamed RenamedBy(const Node& alias);
  static bool IsOf(const Renamed& renamed, const UriTemplate& path) {
    return path.text() == renamed.to || path.text().starts_with(renamed.to + "/");
  }

  ContractReading& reading_;
  std::vector<Renamed> aliases_;
  std::map<std::string, std::string> paths_;  // by method and path without names of variables
};

}  // namespace mockduit
