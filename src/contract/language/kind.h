// Kind: what a contract says once of all resources of a kind: their members, which of these are
// secrets and which no answer shows. Effects take it as their default.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "contract/language/names.h"

namespace mockduit {

struct Kind {
  std::string name;  // "box", as contracts call it
  Shape members;
  std::string id;         // the member that is its id; "": each effect says which
  bool whole = true;      // the members are all that it has; else some, gathered from changes alone
  bool declared = false;  // the vendor block says so; else gathered from what is stored
  // Members that hold the id of a resource of another kind, and that kind.
  std::vector<std::pair<std::string, std::string>> refers{};
};

// The kinds of a contract, by name.
class Kinds {
 public:
  // nullptr when there is none.
  const Kind* Find(std::string_view name) const;
  // The members of that kind; anything where there is none.
  Shape MembersOf(std::string_view name) const;
  std::vector<std::string> names() const;
  const std::vector<Kind>& all() const { return kinds_; }
  // Adds a kind; where there is one of that name, unites the two.
  void Add(Kind kind);

 private:
  std::vector<Kind> kinds_;
};

// What may stand below what a template gives: of a text with one hole that is the whole text, what
// `names` know of it.
Shape ShapeOf(const Json& json, const Names& names);

// The members that a map of dotted paths to values names: {status.state: done}.
Shape ShapeOfPaths(const Json& paths, const Names& names);

}  // namespace mockduit
