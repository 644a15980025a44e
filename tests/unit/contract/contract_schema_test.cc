// docs/contract.schema.json says to editors what the reader says: the same blocks, with the same
// keys and the same types behind them.
#include <gtest/gtest.h>

#include <algorithm>

#include "base/file.h"
#include "base/json.h"
#include "contract/read/blocks.h"

namespace mockduit {
namespace {

const Json& Definitions() {
  static const Json kSchema =
      Json::Parse(ReadFile(MOCKDUIT_SOURCE_DIR "/docs/contract.schema.json")->text).value();
  return kSchema.Get("$defs");
}

std::string NameOf(const Block& block) {
  std::string name(block.name);
  std::ranges::replace(name, ' ', '-');
  return name;
}

// What the schema says of a key, where the reader says that it takes that.
std::string TypeFor(Takes takes) {
  switch (takes) {
    case Takes::kAnything:
    case Takes::kResource: return "";
    case Takes::kText:
    case Takes::kName:
    case Takes::kDuration: return "string";
    case Takes::kFlag: return "boolean";
    case Takes::kCount: return "integer";
    case Takes::kNumber: return "number";
    case Takes::kTexts:
    case Takes::kList: return "array";
    case Takes::kMap: return "object";
    case Takes::kOutcome: return "outcome-reference";
  }
  return "";
}

// The type that a schema has, also behind a reference, and where it lists values.
std::string TypeIn(const Json& schema) {
  if (const Json* ref = schema.Find("$ref")) {
    const std::string name(ref->AsString().substr(ref->AsString().rfind('/') + 1));
    const Json& target = Definitions().Get(name);
    return target.Find("type") != nullptr ? TypeIn(target) : name;
  }
  if (const Json* values = schema.Find("enum"))
    return std::string(values->IfArray()->front().TypeName());
  return std::string(schema.Get("type").AsString());
}

void ExpectSame(const Block& block) {
  SCOPED_TRACE(block.name);
  const Json* schema = Definitions().Find(NameOf(block));
  ASSERT_NE(schema, nullptr);
  EXPECT_EQ(schema->Get("additionalProperties"), Json(false));
  const Json::Object& properties = *schema->Get("properties").IfObject();
  EXPECT_EQ(properties.size(), block.keys.size());
  for (const BlockKey& key : block.keys) {
    const Json* property = schema->Get("properties").Find(key.name);
    ASSERT_NE(property, nullptr) << key.name;
    const std::string type = TypeIn(*property);
    const bool whole = type == "integer" && key.takes == Takes::kNumber;  // a status
    const bool anything = TypeFor(key.takes).empty();
    if (!anything && !whole) EXPECT_EQ(type, TypeFor(key.takes)) << key.name;
  }
}

TEST(ContractSchema, HasTheBlocksOfTheReaderWithTheirKeysAndTypes) {
  for (const Block* block : blocks::All()) ExpectSame(*block);
}

TEST(ContractSchema, HasTheSteps) {
  for (const Block& step : blocks::Steps()) {
    ExpectSame(step);
    const std::string reference = "#/$defs/" + NameOf(step);
    const Json::Array& steps = *Definitions().Get("a-step").Get("anyOf").IfArray();
    EXPECT_TRUE(std::ranges::any_of(steps, [&](const Json& one) {
      return one.Get("$ref").AsString() == reference;
    })) << reference;
  }
}

}  // namespace
}  // namespace mockduit
