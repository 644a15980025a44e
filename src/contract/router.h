// Router: from a method and a path to the operations that answer there, one of each edition.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "contract/catalog.h"

namespace mockduit {

struct Route {
  const Vendor* vendor = nullptr;  // that has the path; nullptr: none has
  // Where none has it: those that have paths beside it, under the same beginning.
  std::vector<const Vendor*> nearby;
  // One way to an operation: by its own path, or by another name of it.
  struct Way {
    const Operation* operation;
    std::string_view variant;  // the usual one of outcomes that have it; "" = their own
  };
  std::vector<Way> ways;  // one of each edition; empty: the path or the method is not known
  std::vector<std::string> path_values;  // decoded, in the order of the template's variables
  // Where none has the method: what the path has, in the order of the documents; empty: no such
  // path.
  std::vector<const Operation*> beside;

  // The value of a path variable of `operation`; "" when it has none of that name.
  std::string_view PathValue(const Operation& operation, std::string_view name) const;
};

class Router {
 public:
  explicit Router(const Catalog& catalog);
  ~Router();

  // `pinned` limits the search to one vendor; nullptr searches all. HEAD is looked up as
  // GET where the path has none of its own, unless the vendor has no HEAD.
  Route Find(std::string_view method, std::string_view path, const Vendor* pinned) const;
  // The same within one edition, as if the vendor had no other.
  Route FindIn(const Vendor& vendor, const Contract& edition, std::string_view method,
               std::string_view path) const;

 private:
  struct Node;
  struct Leaf;
  using Segments = std::vector<std::string_view>;
  // What a path leads to, the likeliest first, with the values of its variables; true stops it.
  using Visit = std::function<bool(const Leaf& leaf, const Segments& values)>;

  void Add(const Vendor& vendor, const UriTemplate& path, Route::Way way);
  // `edition` is nullptr where any may answer.
  Route Find(std::string_view method, std::string_view path, const Vendor* pinned,
             const Contract* edition) const;
  std::vector<const Vendor*> Nearby(std::string_view path, const Vendor* pinned) const;
  static void Gather(const Node& node, const Segments& segments, std::size_t depth,
                     std::vector<const Vendor*>& vendors);
  static bool WalkMixed(const Node& node, const Segments& segments, std::size_t depth,
                        Segments& values, const Visit& visit);
  static void AddWays(const Leaf& leaf, std::string_view method, const Contract* edition,
                      Route& route);
  static Node& ChildOf(Node& node, const UriTemplate::Segment& segment);
  static const Node* LiteralOf(const Node& node, std::string_view segment);
  static bool Walk(const Node& node, const Segments& segments, std::size_t depth, Segments& values,
                   const Visit& visit);

  std::unique_ptr<Node> root_;
  std::size_t depth_ = 0;  // of the longest path, in segments
};

}  // namespace mockduit
