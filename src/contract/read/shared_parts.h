// SharedParts: what operations of one document share while it is read bit by bit: schemas, each of
// which is compiled and looked at once, and the bodies of answers.
#pragma once

#include <cstddef>
#include <memory>
#include <set>
#include <unordered_map>

#include "contract/contract.h"
#include "contract/schema.h"
#include "contract/schema/compiler.h"

namespace mockduit {

// Makes one of bodies that are equal, as the inferred errors of all operations are.
class SharedBodies {
 public:
  // That body, or an equal one that somebody still has.
  std::shared_ptr<const VariantBody> Of(VariantBody body);

 private:
  std::unordered_multimap<std::size_t, std::weak_ptr<const VariantBody>> known_;  // by their hash
};

// One thread at a time.
struct SharedParts {
  SchemaCompiler compiler;
  std::set<const Schema*> checked;  // of bodies, whose required members were looked for
  SharedBodies bodies{};
};

}  // namespace mockduit
