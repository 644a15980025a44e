// Seeds: the resources that the store of a new session begins with. A value; copies share what they
// have, and so do the stores that begin with it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/lazy.h"
#include "contract/catalog.h"
#include "session/store.h"

namespace mockduit {

struct SeedResource {
  std::string kind;  // "acme.box"
  std::string id;
  std::string text;  // the resource as JSON
};

class Seeds {
 public:
  using Resources = std::vector<SeedResource>;

  Seeds() = default;  // none
  explicit Seeds(Resources resources);
  // `make` gives them when they are first asked for.
  explicit Seeds(std::function<Resources()> make);
  explicit Seeds(std::unique_ptr<const Store> store);

  // A store that has them and nothing else.
  const Store& store() const;

 private:
  std::shared_ptr<const Lazy<std::unique_ptr<const Store>>> store_;  // nullptr: none
};

// Gives the resources of all vendors' seed.yaml files.
Seeds SeedsOf(const Catalog& catalog);

// Gives `seeds`, but takes every kind that `snapshot` names from the snapshot, which must be valid.
Seeds LaidOver(const Seeds& seeds, const Json& snapshot);

// The error names the first resource that refers (`refers` of its kind) to one that is not there.
Result<void> CheckReferences(const Seeds& seeds, const Catalog& catalog);

}  // namespace mockduit
