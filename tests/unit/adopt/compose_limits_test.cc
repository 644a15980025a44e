// Bodies of schemas that are huge, come round to themselves or lead nowhere.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "base/text.h"
#include "unit/adopt/composing.h"

namespace mockduit {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(Compose, EndsWhereASchemaComesRoundToItself) {
  EXPECT_EQ(Shown("{$ref: '#/components/schemas/Folder'}",
                  "{Folder: {type: object, properties: {name: {type: string}, folders: {type: "
                  "array, items: {$ref: '#/components/schemas/Folder'}}, parent: {$ref: "
                  "'#/components/schemas/Folder'}}}}"),
            R"({"name":"example name","folders":[]})");
  EXPECT_EQ(ShownOld("{$ref: '#/components/schemas/Node'}",
                     "{Node: {type: object, required: [next], properties: {next: {nullable: true, "
                     "allOf: [{$ref: '#/components/schemas/Node'}]}}}}"),
            R"({"next":null})");
  EXPECT_EQ(Shown("{$ref: '#/components/schemas/A'}",
                  "{A: {type: object, properties: {b: {$ref: '#/components/schemas/B'}}}, B: "
                  "{type: object, properties: {a: {$ref: '#/components/schemas/A'}}}}"),
            R"({"b":{}})");
}

// What is composed of N, whose schema has <N> in the place of references to itself.
std::string OfN(std::string schema, const std::string& others = "") {
  const std::string reference = "{$ref: '#/components/schemas/N'}";
  for (std::size_t at = 0; (at = schema.find("<N>", at)) != std::string::npos;) {
    schema.replace(at, 3, reference);
  }
  return Shown(reference, "{N: " + schema + others + "}");
}

TEST(Compose, TakesTheWayThatEndsOutOfASchemaThatComesRoundToItself) {
  const auto node = [](const std::string& next) {
    return OfN("{type: object, required: [next], properties: {next: " + next + "}}");
  };
  EXPECT_EQ(node("{anyOf: [<N>, {type: 'null'}]}"), R"({"next":null})");
  EXPECT_EQ(node("{oneOf: [{type: 'null'}, <N>]}"), R"({"next":null})");
  EXPECT_EQ(node("{oneOf: [<N>, {anyOf: [{type: ['null', object]}]}]}"), R"({"next":{}})");
  EXPECT_EQ(node("{oneOf: [<N>, {type: array, items: <N>}]}"), R"({"next":[]})");
  EXPECT_EQ(node("{type: array, minItems: 1, items: {oneOf: [<N>, {type: string}]}}"),
            R"({"next":["example next"]})");
  EXPECT_EQ(node("{type: array, items: {anyOf: [<N>, {type: 'null'}]}}"), R"({"next":[]})");
  EXPECT_EQ(OfN("{oneOf: [{type: object, required: [l], properties: {l: <N>}}, {type: integer}]}"),
            "1");
  EXPECT_EQ(OfN("{oneOf: [{type: 'null'}, {type: object, required: [l], properties: {l: <N>}}]}"),
            R"({"l":null})");
}

TEST(Compose, LeavesOutWhatNeedNotBeThereButComesRound) {
  EXPECT_EQ(OfN("{type: object, properties: {next: {anyOf: [<N>, {type: 'null'}]}}}"), "{}");
}

TEST(Compose, FindsTheLeafOfATreeOfExpressions) {
  const std::string branches =
      ", And: {type: object, required: [and, op], properties: {op: {const: and}, and: {type: "
      "array, minItems: 2, items: {$ref: '#/components/schemas/N'}}}}, "
      "Not: {type: object, required: [not, op], properties: {op: {const: not}, not: {$ref: "
      "'#/components/schemas/N'}}}, "
      "Leaf: {type: object, required: [id, op], properties: {op: {const: is}, id: {type: string, "
      "format: uuid}}}";
  const std::string choices =
      "[{$ref: '#/components/schemas/And'}, {$ref: '#/components/schemas/Not'}, {$ref: "
      "'#/components/schemas/Leaf'}]";
  const std::string leaf = R"({"op":"is","id":"3f2b9a44-6c1d-4e0a-9b57-0d5f1c2e8a61"})";
  EXPECT_EQ(OfN("{oneOf: " + choices + "}", branches), leaf);
  EXPECT_EQ(OfN("{anyOf: " + choices + "}", branches), leaf);
  EXPECT_EQ(
      Shown("{$ref: '#/components/schemas/Not'}", "{N: {oneOf: " + choices + "}" + branches + "}"),
      R"({"op":"not","not":)" + leaf + "}");
}

// What was to be new in each answer, of a member that came to nothing, is forgotten.
TEST(Compose, FillsInNothingWhereNothingIs) {
  const Composed composed = Made("{$ref: '#/components/schemas/N'}", R"(
N: {type: object, required: [id], properties: {id: {type: string, format: uuid}, up: {$ref: '#/components/schemas/Up'}}}
Up: {type: object, required: [id, n], properties: {id: {type: string, format: uuid}, n: {$ref: '#/components/schemas/N'}}}
)");
  EXPECT_EQ(composed.objection, "");
  ASSERT_EQ(composed.fill.size(), 1u);
  EXPECT_EQ(composed.fill.front().first, "/id");
}

TEST(Compose, SaysWhyThereIsNoGoodValue) {
  const std::string endless =
      "{Node: {type: object, required: [next], properties: {next: {$ref: "
      "'#/components/schemas/Node'}}}}";
  EXPECT_NE(Made("{$ref: '#/components/schemas/Node'}", endless).objection, "");
  EXPECT_NE(Made("false").objection, "");
  EXPECT_THAT(Made("{allOf: [{type: string}, {type: integer}]}").objection, HasSubstr("type"));
  EXPECT_EQ(Made("{type: array, minItems: 1000, items: {type: integer}}").objection,
            "minItems 1000 is more than the 100 items that are made up");
  EXPECT_EQ(Made("{type: string, minLength: 100000}").objection,
            "minLength 100000 is longer than the texts that are made up");
  EXPECT_THAT(Made("{not: {}}").objection, HasSubstr("not"));
}

TEST(Compose, EndsWithSchemasThatAreHugeOrDeep) {
  std::string deep = "{type: integer}";
  for (int i = 0; i < 45; ++i) deep = "{type: object, properties: {a: " + deep + "}}";
  Good(deep);
  std::string wide = "{";
  for (int i = 0; i < 12; ++i) {
    const std::string next = "{$ref: '#/components/schemas/S" + std::to_string(i + 1) + "'}";
    wide += "S" + std::to_string(i) + ": {type: object, properties: {a: " + next + ", b: " + next +
            ", c: " + next + ", d: " + next + "}}, ";
  }
  wide += "S12: {type: string}}";
  const Json value = Good("{$ref: '#/components/schemas/S0'}", wide);
  EXPECT_LT(value.Dump().size(), 1'000'000u) << "4 to the 12th values were there to show";
}

// 25 schemas, each with the next in two or three places.
std::string Widening(const std::function<std::string(const std::string& next)>& schema) {
  std::string schemas = "{";
  for (int i = 0; i < 25; ++i) {
    const std::string next = "{$ref: '#/components/schemas/S" + std::to_string(i + 1) + "'}";
    schemas += "S" + std::to_string(i) + ": " + schema(next) + ", ";
  }
  return schemas + "S25: {type: string}}";
}

TEST(Compose, EndsWhereAllThatIsRequiredIsTooMuch) {
  const std::string schemas = Widening([](const std::string& next) {
    return "{type: object, required: [a, b], properties: {a: " + next + ", b: " + next + "}}";
  });
  EXPECT_EQ(Made("{$ref: '#/components/schemas/S0'}", schemas).objection,
            "it would have more than 20000 values");
}

TEST(Compose, MakesOneValueWhereHoldingItTakesTooLong) {
  const std::string schemas = Widening([](const std::string& next) {
    const std::string one = "{type: object, required: [a], properties: {a: " + next + "}}";
    return "{oneOf: [" + one + ", " + one + ", " + one + "]}";
  });
  EXPECT_EQ(Made("{$ref: '#/components/schemas/S0'}", schemas).objection,
            "holding a value against it takes too long");
}

TEST(Compose, FollowsLongChainsOfReferences) {
  std::string schemas = "{";
  for (int i = 0; i < 150; ++i) {
    schemas += "S" + std::to_string(i) + ": {$ref: '#/components/schemas/S" +
               std::to_string(i + 1) + "'}, ";
  }
  EXPECT_EQ(Shown("{$ref: '#/components/schemas/S0'}", schemas + "S150: {type: integer}}"), "1");
}

TEST(Compose, LooksAtReferencesThatLeadNowhereOrRound) {
  EXPECT_EQ(Made("{$ref: '#/components/schemas/No'}").value.Dump(), "{}");
  Made("{$ref: '#/components/schemas/A'}",
       "{A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}}");
  Made("{$ref: '#/components/schemas/A'}", "{A: {allOf: [{$ref: '#/components/schemas/A'}]}}");
}

TEST(Compose, SaysWhatNoValueIsGoodFor) {
  EXPECT_EQ(Made("{type: object, required: [a], properties: {a: {oneOf: []}}}").objection,
            "no value is good for body.a");
  EXPECT_EQ(Made("{type: object, required: [a], properties: {a: false}}").objection,
            "no value is good for body.a");
  EXPECT_EQ(Made("{$ref: '#/components/schemas/A'}",
                 "{A: {type: object, required: [a], properties: {a: {$ref: "
                 "'#/components/schemas/A'}}}}")
                .objection,
            "no finite value was found for it");
}

}  // namespace
}  // namespace mockduit
