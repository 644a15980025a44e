// Bodies that are composed of the schemas of tests.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "adopt/compose.h"
#include "unit/adopt/documents.h"

namespace mockduit {

inline Composed Made(const std::string& schema, const std::string& schemas = "{}",
                     const std::string& name = "", const std::string& version = "3.1.0") {
  const Json root = DocumentWith(schemas, version);
  WholeDocument references(root);
  return Compose(FromYaml(schema), references, name);
}

// A value that its schema accepts.
inline Json Good(const std::string& schema, const std::string& schemas = "{}",
                 const std::string& name = "") {
  Composed composed = Made(schema, schemas, name);
  EXPECT_EQ(composed.objection, "") << schema << " gave " << composed.value.Dump();
  return std::move(composed.value);
}

inline std::string Shown(const std::string& schema, const std::string& schemas = "{}") {
  return Good(schema, schemas).Dump();
}

// The same in OpenAPI 3.0.
inline std::string ShownOld(const std::string& schema, const std::string& schemas = "{}") {
  const Composed composed = Made(schema, schemas, "", "3.0.3");
  EXPECT_EQ(composed.objection, "") << schema;
  return composed.value.Dump();
}

}  // namespace mockduit
