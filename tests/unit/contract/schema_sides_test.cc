// What is required of requests alone, and of answers alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "contract/schema.h"
#include "contract/schema/compiler.h"
#include "unit/parsed.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The members that are missing in a value.
std::vector<std::string> Missing(std::string_view schema, Side side, bool knows_sides = true,
                                 std::string_view value = "{}",
                                 SchemaRules::Dialect dialect = SchemaRules::Dialect::k2020) {
  const Json json = Parsed(schema);
  SchemaRules rules;
  rules.dialect = dialect;
  rules.knows_sides = knows_sides;
  SchemaCompiler compiler(json, rules);
  std::vector<std::string> names;
  for (const auto& violation : compiler.Compile(json)->Validate(Parsed(value), "body", side)) {
    names.push_back(violation.path.back());
  }
  return names;
}

constexpr std::string_view kUser =
    R"({"required":["id","ref","pw"],"$defs":{"Id":{"readOnly":true}},
      "properties":{"id":{"readOnly":true},"ref":{"$ref":"#/$defs/Id"},"pw":{"writeOnly":true}}})";

TEST(SchemaSides, AskEachForWhatItSends) {
  EXPECT_THAT(Missing(kUser, Side::kRequest), ElementsAre("pw"));
  EXPECT_THAT(Missing(kUser, Side::kAnswer), ElementsAre("id", "ref"));
  EXPECT_THAT(Missing(kUser, Side::kEither), IsEmpty());
}

TEST(SchemaSides, AreOneWhereTheyAreNotTold) {
  EXPECT_THAT(Missing(kUser, Side::kRequest, false), ElementsAre("id", "ref", "pw"));
  EXPECT_THAT(Missing(kUser, Side::kAnswer, false), ElementsAre("id", "ref", "pw"));
}

TEST(SchemaSides, AreThoseOfThePartThatDeclaresAMember) {
  for (const std::string_view schema :
       {R"({"required":["id","a"],"allOf":[{"properties":{"id":{"readOnly":true}}}]})",
        R"({"allOf":[{"properties":{"id":{"readOnly":true}}},{"required":["id","a"]}]})",
        R"({"allOf":[{"required":["id","a"]}],"properties":{"id":{"readOnly":true}}})",
        R"({"allOf":[{"properties":{"id":{}},"required":["id","a"]}],
               "properties":{"id":{"allOf":[{"readOnly":true}]}}})",
        R"({"required":["id","a"],"$ref":"#/$defs/B","$defs":{"B":{"$ref":"#/$defs/C"},
               "C":{"properties":{"id":{"readOnly":true}}}}})",
        R"({"oneOf":[{"required":["id","a"]}],"properties":{"id":{"readOnly":true}}})"}) {
    EXPECT_THAT(Missing(schema, Side::kRequest), ElementsAre("a")) << schema;
    EXPECT_THAT(Missing(schema, Side::kAnswer), ElementsAre("id", "a")) << schema;
  }
}

TEST(SchemaSides, OfOneChoiceAreNotThoseOfAnother) {
  EXPECT_THAT(Missing(R"({"anyOf":[{"type":"array"},{"required":["id"]}],
                          "allOf":[{"oneOf":[{"properties":{"id":{"readOnly":true}}}]}]})",
                      Side::kRequest),
              ElementsAre("id"));
}

TEST(SchemaSides, OfAMemberSayNothingOfOneBelow) {
  EXPECT_THAT(Missing(R"({"properties":{"id":{"readOnly":true},"a":{"required":["id"]}}})",
                      Side::kRequest, true, R"({"a":{}})"),
              ElementsAre("id"));
}

TEST(SchemaSides, StandBesideAReferenceOfOpenApi30) {
  EXPECT_THAT(Missing(R"({"required":["id"],"$defs":{"Id":{}},
                          "properties":{"id":{"$ref":"#/$defs/Id","readOnly":true}}})",
                      Side::kRequest, true, "{}", SchemaRules::Dialect::kDraft4),
              IsEmpty());
}

}  // namespace
}  // namespace mockduit
