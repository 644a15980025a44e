// How values are written in parameters and forms, by the examples of OpenAPI (Style Examples) and
// RFC 6570.
#include "contract/parameter.h"

#include <gtest/gtest.h>

#include "unit/parsed.h"

namespace mockduit {
namespace {

constexpr std::string_view kNumbers = "{type: array, items: {type: integer}}";
constexpr std::string_view kColors =
    "{type: object, properties: {R: {type: integer}, G: {type: integer}}}";

TextShape ShapeFrom(std::string_view schema) {
  static std::vector<std::unique_ptr<const YamlDocument>> documents;
  documents.push_back(std::make_unique<const YamlDocument>(*ReadYaml("s.yaml", schema)));
  const YamlDocument& document = *documents.back();
  return TextShape::Of(Node(document), [&](const Node& node) -> std::shared_ptr<const Schema> {
    return Schema::Compile(node.json(), document.root).value();
  });
}

Writing Written(ParameterStyle style, bool explode, std::string_view schema) {
  return {.style = style, .explode = explode, .shape = ShapeFrom(schema)};
}

// What a query gives for the parameter `q`; "nothing" where it was not sent.
std::string InQuery(ParameterStyle style, bool explode, std::string_view schema,
                    std::string_view query) {
  const auto value = ReadFieldsAs(ReadFields(query), "q", Written(style, explode, schema));
  return value ? value->Dump() : "nothing";
}

std::string InPath(ParameterStyle style, bool explode, std::string_view schema,
                   std::string_view text) {
  return ReadTextAs(text, "q", Written(style, explode, schema)).Dump();
}

TEST(ParametersInAQuery, AreWrittenInItsStyles) {
  using enum ParameterStyle;
  EXPECT_EQ(InQuery(kForm, true, kNumbers, "q=1&a=9&q=2"), "[1,2]");
  EXPECT_EQ(InQuery(kForm, true, kNumbers, "q=1"), "[1]");
  EXPECT_EQ(InQuery(kForm, true, kNumbers, "a=1"), "nothing");
  EXPECT_EQ(InQuery(kForm, false, kNumbers, "q=1,2"), "[1,2]");
  EXPECT_EQ(InQuery(kForm, false, kNumbers, "q=1%2C2"), "[1,2]") << "all commas are encoded";
  EXPECT_EQ(InQuery(kForm, false, "{type: array, items: {type: string}}", "q=a%2Cb,c"),
            R"(["a,b","c"])");
  EXPECT_EQ(InQuery(kForm, false, kNumbers, "q="), "[]");
  EXPECT_EQ(InQuery(kForm, true, kNumbers, "q=x"), R"(["x"])") << "the schema finds it";
  EXPECT_EQ(InQuery(kForm, true, kColors, "R=1&a=3&G=2"), R"({"R":1,"G":2})");
  EXPECT_EQ(InQuery(kForm, true, kColors, "a=3"), "nothing");
  EXPECT_EQ(InQuery(kForm, false, kColors, "q=R,1,G,2"), R"({"R":1,"G":2})");
  EXPECT_EQ(InQuery(kSpaceDelimited, false, kNumbers, "q=1%202+3"), "[1,2,3]");
  EXPECT_EQ(InQuery(kSpaceDelimited, true, kNumbers, "q=1&q=2"), "[1,2]");
  EXPECT_EQ(InQuery(kPipeDelimited, false, kNumbers, "q=1|2%7C3"), "[1,2,3]");
  EXPECT_EQ(InQuery(kPipeDelimited, false, kColors, "q=R|1|G|2"), R"({"R":1,"G":2})");
}

TEST(ParametersInAQuery, MayBeDeep) {
  const auto deep = [](std::string_view schema, std::string_view query) {
    return InQuery(ParameterStyle::kDeepObject, true, schema, query);
  };
  EXPECT_EQ(deep(kColors, "q[R]=1&q%5BG%5D=x"), R"({"R":1,"G":"x"})");
  EXPECT_EQ(deep(kColors, "q=1&qq[R]=1&q[R=2"), "nothing");
  EXPECT_EQ(
      deep("{type: object, properties: {in: {type: object, properties: {n: {type: integer}}}}}",
           "q[in][n]=1"),
      R"({"in":{"n":1}})");
  EXPECT_EQ(deep("{type: object, properties: {l: {type: array, items: {type: integer}}}}",
                 "q[l]=1&q[l]=2&q[l][]=3&q[l][3]=4"),
            R"({"l":[1,2,3,4]})");
  EXPECT_EQ(deep("{type: object}", "q[a][b]=1&q[a]=2&q[a][b][c]=3"), R"({"a":{"b":"1"}})")
      << "the first counts";
  EXPECT_EQ(deep("{type: object}", "q" + std::string(21 * 3, '[')), "nothing");
}

TEST(ParametersInAPath, AreWrittenInItsStyles) {
  using enum ParameterStyle;
  EXPECT_EQ(InPath(kSimple, false, kNumbers, "1,2"), "[1,2]");
  EXPECT_EQ(InPath(kSimple, false, kColors, "R,1,G,2"), R"({"R":1,"G":2})");
  EXPECT_EQ(InPath(kSimple, true, kColors, "R=1,G=2"), R"({"R":1,"G":2})");
  EXPECT_EQ(InPath(kLabel, false, "{type: integer}", ".5"), "5");
  EXPECT_EQ(InPath(kLabel, false, kNumbers, ".1,2"), "[1,2]");
  EXPECT_EQ(InPath(kLabel, true, kNumbers, ".1.2"), "[1,2]");
  EXPECT_EQ(InPath(kLabel, true, kColors, ".R=1.G=2"), R"({"R":1,"G":2})");
  EXPECT_EQ(InPath(kMatrix, false, "{type: integer}", ";q=5"), "5");
  EXPECT_EQ(InPath(kMatrix, false, kNumbers, ";q=1,2"), "[1,2]");
  EXPECT_EQ(InPath(kMatrix, true, kNumbers, ";q=1;q=2"), "[1,2]");
  EXPECT_EQ(InPath(kMatrix, true, kColors, ";R=1;G=2"), R"({"R":1,"G":2})");
  EXPECT_EQ(InPath(kMatrix, false, kColors, ";q=R,1,G,2"), R"({"R":1,"G":2})");
}

TEST(TextShape, ReadsATextAsTheTypeThatTheSchemaHas) {
  const std::tuple<std::string_view, std::string_view, std::string_view> kTexts[] = {
      {"{type: integer}", "12", "12"},
      {"{type: integer}", "-0", "0"},
      {"{type: integer}", "1e1", "\"1e1\""},
      {"{type: integer}", "-", "\"-\""},
      {"{type: number}", "1e1", "10.0"},
      {"{type: number}", "1.5", "1.5"},
      {"{type: number}", ".5", "\".5\""},
      {"{type: number}", "0x1", "\"0x1\""},
      {"{type: number}", " 1", "\" 1\""},
      {"{type: number}", "NaN", "\"NaN\""},
      {"{type: boolean}", "true", "true"},
      {"{type: boolean}", "yes", "\"yes\""},
      {"{type: string}", "1", "\"1\""},
      {"{}", "1", "\"1\""},
      {"{type: [integer, \"null\"]}", "null", "null"},
      {"{type: integer, nullable: true}", "null", "null"},
      {"{type: [string, integer]}", "1", "\"1\""},
      {"{anyOf: [{type: integer}, {type: string, enum: [auto]}]}", "1", "1"},
      {"{anyOf: [{type: integer}, {type: string, enum: [auto]}]}", "auto", "\"auto\""},
      {"{enum: [1, 2]}", "2", "2"},
      {"{const: true}", "true", "true"},
      {"{allOf: [{minimum: 1}, {type: integer}]}", "3", "3"},
  };
  for (const auto& [schema, text, value] : kTexts) {
    EXPECT_EQ(ShapeFrom(schema).Read(text).Dump(), value) << schema << " of " << text;
  }
}

std::string Formed(std::string_view schema, std::string_view form,
                   const FieldWritings& writings = {}, bool last_counts = false) {
  return ReadForm(ReadFields(form), ShapeFrom(schema), writings, last_counts).Dump();
}

TEST(Forms, AreObjectsOfTheirFields) {
  constexpr std::string_view kSchema =
      "{type: object, properties: {n: {type: integer}, l: {type: array, items: {type: integer}},"
      " m: {type: object, properties: {a: {type: integer}}}, t: {type: string}}}";
  EXPECT_EQ(Formed(kSchema, "n=1&t=2&other=3"), R"({"n":1,"t":"2","other":"3"})");
  EXPECT_EQ(Formed(kSchema, "l=1&l=2"), R"({"l":[1,2]})");
  EXPECT_EQ(Formed(kSchema, "l=1"), R"({"l":[1]})");
  EXPECT_EQ(Formed(kSchema, "l[]=1&l[]=2"), R"({"l":[1,2]})");
  EXPECT_EQ(Formed(kSchema, "l=[1,2]"), R"({"l":[1,2]})");
  EXPECT_EQ(Formed(kSchema, "m[a]=1"), R"({"m":{"a":1}})");
  EXPECT_EQ(Formed(kSchema, "m={\"a\":1}"), R"({"m":{"a":1}})");
  EXPECT_EQ(Formed(kSchema, "m=x"), R"({"m":"x"})") << "the schema finds it";
  EXPECT_EQ(Formed(kSchema, "n=1&n=2"), R"({"n":1})");
  EXPECT_EQ(Formed(kSchema, "n=1&n=2", {}, true), R"({"n":2})");
  EXPECT_EQ(Formed(kSchema, "l=1,2", {{"l", Written(ParameterStyle::kForm, false, kNumbers)}}),
            R"({"l":[1,2]})");
  EXPECT_EQ(Formed(kSchema, ""), "{}");
}

}  // namespace
}  // namespace mockduit
