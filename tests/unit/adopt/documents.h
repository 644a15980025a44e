// Documents of the tests of this room, as one-line YAML, and what is asked of them.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "base/json.h"
#include "base/references.h"
#include "base/yaml.h"
#include "unit/parsed.h"

namespace mockduit {

// YAML, so that schemas read as people write them.
inline Json FromYaml(const std::string& text) {
  auto document = ReadYaml("test.yaml", text);
  EXPECT_TRUE(document) << text << (document ? "" : document.error().front().Text());
  return document ? std::move(document->root) : Json();
}

inline Json DocumentWith(const std::string& schemas, const std::string& version = "3.1.0") {
  return Json::MakeObject(
      {{"openapi", version}, {"components", Json::MakeObject({{"schemas", FromYaml(schemas)}})}});
}

}  // namespace mockduit
