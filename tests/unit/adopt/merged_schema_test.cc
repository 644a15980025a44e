#include "adopt/merged_schema.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "unit/adopt/documents.h"

namespace mockduit {
namespace {

std::string MergedOf(const std::string& schema, std::size_t choice = 0,
                     const std::string& schemas = "{}") {
  const Json root = DocumentWith(schemas);
  References references(root);
  return MergedSchema(FromYaml(schema), references, choice).schema.Dump();
}

TEST(MergedSchema, IsTheSchemaWhereItHasNoParts) {
  EXPECT_EQ(MergedOf("{type: integer, minimum: 3}"), R"({"type":"integer","minimum":3})");
  EXPECT_EQ(MergedOf("true"), "{}");
}

TEST(MergedSchema, HasWhatStandsBesideAReference) {
  EXPECT_EQ(MergedOf("{$ref: '#/components/schemas/A', maxLength: 3, example: here}", 0,
                     "{A: {type: string, example: there}}"),
            R"({"type":"string","maxLength":3,"example":"here"})");
}

TEST(MergedSchema, HoldsTheNarrowerBound) {
  EXPECT_EQ(MergedOf("{minimum: 1, allOf: [{minimum: 3}, {minimum: 2}]}"), R"({"minimum":3})");
  EXPECT_EQ(MergedOf("{maxLength: 9, allOf: [{maxLength: 3}, {maxLength: 5}]}"),
            R"({"maxLength":3})");
}

TEST(MergedSchema, HoldsTheNarrowerType) {
  EXPECT_EQ(MergedOf("{type: number, allOf: [{type: integer}]}"), R"({"type":"integer"})");
  EXPECT_EQ(MergedOf("{type: [string, 'null'], allOf: [{type: string}]}"), R"({"type":"string"})");
  EXPECT_EQ(MergedOf("{type: [a, b, c], allOf: [{type: [c, b]}]}"), R"({"type":["b","c"]})");
  EXPECT_EQ(MergedOf("{type: string, allOf: [{type: integer}]}"), R"({"type":"string"})");
}

TEST(MergedSchema, AsksForAllThatAnyPartRequires) {
  EXPECT_EQ(MergedOf("{required: [a], allOf: [{required: [b, a]}]}"), R"({"required":["a","b"]})");
}

TEST(MergedSchema, HoldsPropertiesOfSeveralPartsTogether) {
  EXPECT_EQ(MergedOf("{properties: {a: {type: string}}, allOf: [{properties: {a: {type: string}, "
                     "b: {}}}]}"),
            R"({"properties":{"a":{"type":"string"},"b":{}}})");
  EXPECT_EQ(MergedOf("{properties: {a: {type: string}}, allOf: [{properties: {a: {maxLength: "
                     "2}}}]}"),
            R"({"properties":{"a":{"allOf":[{"type":"string"},{"maxLength":2}]}}})");
}

TEST(MergedSchema, TakesOneChoiceRoundAndRound) {
  const std::string schema = "{anyOf: [{type: 'null'}, {type: string}, {type: integer}]}";
  EXPECT_EQ(MergedOf(schema, 0), R"({"type":"string"})");
  EXPECT_EQ(MergedOf(schema, 1), R"({"type":"integer"})");
  EXPECT_EQ(MergedOf(schema, 2), R"({"type":"string"})");
}

TEST(MergedSchema, TakesEachWayToChooseFromSeveral) {
  const std::string schema =
      "{oneOf: [{title: a}, {title: b}], anyOf: [{minimum: 1}, {minimum: 2}, {minimum: 3}]}";
  std::set<std::string> ways;
  for (std::size_t i = 0; i < 6; ++i) ways.insert(MergedOf(schema, i));
  EXPECT_EQ(ways.size(), 6U);
  EXPECT_EQ(MergedOf(schema, 1), R"({"title":"b","minimum":2})");
}

TEST(MergedSchema, KeepsThePatternsOfAllParts) {
  EXPECT_EQ(MergedOf("{pattern: a, allOf: [{pattern: b}, {pattern: c}]}"),
            R"({"pattern":["a","b","c"]})");
  EXPECT_EQ(MergedOf("{pattern: a, allOf: [{pattern: a}]}"), R"({"pattern":"a"})");
}

TEST(MergedSchema, KnowsWhereNothingIsGood) {
  const Json root = DocumentWith("{}");
  References references(root);
  EXPECT_TRUE(MergedSchema(FromYaml("{oneOf: []}"), references, 0).is_impossible);
  EXPECT_TRUE(
      MergedSchema(FromYaml("{allOf: [{type: string}, false]}"), references, 0).is_impossible);
  EXPECT_FALSE(MergedSchema(FromYaml("{allOf: []}"), references, 0).is_impossible);
}

TEST(MergedSchema, ListsItsPartsAsTheyStandInTheDocument) {
  const Json root = DocumentWith("{A: {allOf: [{type: string}]}}");
  References references(root);
  const Json schema = FromYaml("{$ref: '#/components/schemas/A'}");
  const Merged merged = MergedSchema(schema, references, 0);
  ASSERT_EQ(merged.parts.size(), 2u);
  EXPECT_EQ(merged.parts[0], root.At("/components/schemas/A"));
  EXPECT_EQ(merged.parts[1], root.At("/components/schemas/A/allOf/0"));
}

TEST(MergedSchema, EndsInCircles) {
  EXPECT_EQ(
      MergedOf("{$ref: '#/components/schemas/A'}", 0,
               "{A: {type: string, allOf: [{$ref: '#/components/schemas/B'}]}, B: {minLength: "
               "2, allOf: [{$ref: '#/components/schemas/A'}]}}"),
      R"({"type":"string","minLength":2})");
}

TEST(References, LeadToPlacesOfTheDocument) {
  const Json root = DocumentWith("{A: {type: string}, B: {$ref: '#/components/schemas/A'}}");
  References references(root);
  EXPECT_EQ(references.Find("#"), &root);
  EXPECT_EQ(references.Find("#/components/schemas/A"), root.At("/components/schemas/A"));
  EXPECT_EQ(references.Find("#/components/schemas/C"), nullptr);
  EXPECT_EQ(references.Find("other.yaml#/A"), nullptr);
  EXPECT_EQ(references.Follow(*root.At("/components/schemas/B")), root.At("/components/schemas/A"));
}

TEST(References, AreReadWithTheirEscapes) {
  const Json root = DocumentWith("{A B: {type: string}, 'a/{b}~': {type: integer}}");
  References references(root);
  EXPECT_EQ(references.Find("#/components/schemas/A%20B"), root.At("/components/schemas/A B"));
  EXPECT_EQ(references.Find("#/components/schemas/a~1%7Bb%7D~0"),
            root.At("/components/schemas/a~1{b}~0"));
}

TEST(References, AreMadeToWhatNeedNotBeCopied) {
  const Json root = DocumentWith("{A: {type: string}, B: {$ref: '#/components/schemas/A'}}");
  References references(root);
  const Json& value = *root.At("/components/schemas/A");
  const Json reference = references.ReferenceTo(value);
  EXPECT_EQ(references.Find(reference.Get("$ref").AsString()), &value);
  EXPECT_EQ(references.ReferenceTo(value), reference);
  EXPECT_EQ(references.ReferenceTo(*root.At("/components/schemas/B")).Dump(),
            R"({"$ref":"#/components/schemas/A"})");
  Json made = Json::MakeObject({{"schema", Json::MakeArray({reference})}});
  references.PutCopies(made);
  EXPECT_EQ(made.Dump(), R"({"schema":[{"type":"string"}]})");
}

TEST(References, EndInCirclesNowhere) {
  const Json root =
      DocumentWith("{A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}}");
  References references(root);
  EXPECT_EQ(references.Follow(*root.At("/components/schemas/A")), nullptr);
  EXPECT_EQ(references.Follow(Parsed(R"({"$ref":"#/no"})")), nullptr);
  const Json map = Parsed(R"({"$ref":7})");
  EXPECT_EQ(references.Follow(map), &map) << "a member of that name";
}

}  // namespace
}  // namespace mockduit
