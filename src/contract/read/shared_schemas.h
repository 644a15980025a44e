// SharedSchemas: the schemas of one document, for all that is read of it bit by bit: each is
// compiled and looked at once, however many operations lead to it.
#pragma once

#include <set>

#include "contract/schema.h"
#include "contract/schema/compiler.h"

namespace mockduit {

// One thread at a time.
struct SharedSchemas {
  SchemaCompiler compiler;
  std::set<const Schema*> checked;  // of bodies, whose required members were looked for
};

}  // namespace mockduit
