// MergedSchema: what a schema says in all, where it is put together from others.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/references.h"

namespace mockduit {

struct Merged {
  // Without $ref, allOf, anyOf and oneOf. Its `pattern` is a list where several parts have one.
  Json schema;
  std::vector<const Json*> parts;  // that it was put together from, as they stand in the document
  std::vector<const Json*> at_times;  // schemas that hold where a condition does
  std::size_t choices = 1;            // how many there are to take one of, at most
  bool is_impossible = false;         // no value is good: a part is `false`, or a choice of nothing
};

// Of anyOf and oneOf, the choice of that number among those that are not null alone is taken, round
// and round; where there are several of them, the later numbers mix their choices. A
// discriminator's property gets the name of the choice.
Merged MergedSchema(const Json& schema, References& references, std::size_t choice);

// What an object may be: one merged schema for each choice that there is. Empty where there are too
// many.
std::vector<Json> ShapesOf(const Json& schema, References& references);
// The schema of a member, where the shape names it; else nullptr.
const Json* PropertyOf(const Json& shape, const std::string& name);

}  // namespace mockduit
