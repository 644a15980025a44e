#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

#include "base/text.h"
#include "contract/schema.h"
#include "contract/schema/compiler.h"
#include "unit/parsed.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

std::shared_ptr<const Schema> CompiledSchema(std::string_view text) {
  const Json json = Parsed(text);
  auto schema = Schema::Compile(json, json);
  EXPECT_TRUE(schema) << (schema ? "" : schema.error().front().message);
  return schema ? std::move(*schema) : nullptr;
}

// Each violation as "body.field keyword limit".
std::vector<std::string> Violations(std::string_view schema, std::string_view value) {
  std::vector<std::string> told;
  for (const Violation& violation : CompiledSchema(schema)->Validate(Parsed(value), "body")) {
    told.push_back(Join(violation.path, ".") + " " + violation.keyword + " " + violation.limit);
  }
  return told;
}

TEST(Schema, TellsOfEachKeyword) {
  const struct {
    std::string_view schema, value, violation;
  } kCases[] = {
      {R"({"type":"string"})", "1", "body type string"},
      {R"({"type":["integer","null"]})", "\"a\"", "body type integer"},
      {R"({"type":"integer"})", "1.5", "body type integer"},
      {R"({"required":["a"]})", "{}", "body.a required a"},
      {R"({"properties":{"a":{"type":"string"}}})", R"({"a":1})", "body.a type string"},
      {R"({"properties":{"a":{}},"additionalProperties":false})", R"({"a":1,"b":2})",
       "body.b additionalProperties b"},
      {R"({"additionalProperties":{"type":"string"}})", R"({"x":1})", "body.x type string"},
      {R"({"items":{"type":"string"}})", R"(["a",1])", "body.1 type string"},
      {R"({"allOf":[{},{"minLength":2}]})", "\"a\"", "body minLength 2"},
      {R"({"enum":["a",1,null]})", "\"b\"", R"(body enum ["a",1,null])"},
      {R"({"const":"a"})", "\"b\"", "body const a"},
      {R"({"minLength":4})", "\"abc\"", "body minLength 4"},
      {R"({"maxLength":2})", "\"abc\"", "body maxLength 2"},
      {R"({"pattern":"^[A-Z]+$"})", "\"abc\"", "body pattern ^[A-Z]+$"},
      {R"({"minimum":1})", "0", "body minimum 1"},
      {R"({"minimum":0.5})", "0.4", "body minimum 0.5"},
      {R"({"maximum":10})", "11", "body maximum 10"},
      {R"({"minItems":1})", "[]", "body minItems 1"},
      {R"({"maxItems":1})", "[1,2]", "body maxItems 1"},
      {R"({"format":"uuid"})", "\"x\"", "body format uuid"},
  };
  for (const auto& c : kCases) {
    EXPECT_THAT(Violations(c.schema, c.value), ElementsAre(c.violation)) << c.schema;
  }
}

TEST(Schema, FindsEveryViolationInTheOrderOfTheSchema) {
  EXPECT_THAT(Violations(R"({"required":["z","a","only_required"],
                     "properties":{"a":{"type":"string"},
                                   "b":{"type":"string","minLength":3,"pattern":"^x"},
                                   "z":{"type":"integer"}}})",
                         R"({"b":"q"})"),
              ElementsAre("body.a required a", "body.b minLength 3", "body.b pattern ^x",
                          "body.z required z", "body.only_required required only_required"));
}

TEST(Schema, TellsOfTheTypeAloneWhereTheTypeIsWrong) {
  EXPECT_THAT(Violations(R"({"type":"string","minLength":3,"enum":["abc"]})", "1"),
              ElementsAre("body type string"));
}

TEST(Schema, GoesDownToWhereTheMistakeIs) {
  EXPECT_THAT(Violations(R"({"properties":{"a":{"items":{"properties":{"b":{"type":"string"}}}}}})",
                         R"({"a":[{"b":"x"},{"b":1}]})"),
              ElementsAre("body.a.1.b type string"));
}

TEST(Schema, AsksThenOrElseByIf) {
  constexpr std::string_view kSchema =
      R"({"if":{"properties":{"service":{"const":"asb"}},"required":["service"]},
          "then":{"required":["schema"]},"else":{"required":["table"]}})";
  EXPECT_THAT(Violations(kSchema, R"({"service":"asb"})"),
              ElementsAre("body.schema required schema"));
  EXPECT_THAT(Violations(kSchema, R"({"service":"s3"})"), ElementsAre("body.table required table"));
  EXPECT_THAT(Violations(kSchema, R"({"service":"asb","schema":"s"})"), IsEmpty());
}

TEST(Schema, IfWithoutThenAsksNothing) {
  EXPECT_THAT(Violations(R"({"if":{"type":"string"}})", "\"x\""), IsEmpty());
}

TEST(Schema, CountsCharactersNotBytes) {
  EXPECT_THAT(Violations(R"({"minLength":4,"maxLength":4})", "\"é€😀x\""), IsEmpty());
}

TEST(Schema, LooksUnderReferences) {
  constexpr std::string_view kSchema =
      R"({"$ref":"#/x-defs/a~1b","x-defs":{"a/b":{"properties":{"n":{"$ref":"#/x-defs/m"}}},
          "m":{"$ref":"#/x-defs/n"},"n":{"type":"integer"}}})";
  EXPECT_THAT(Violations(kSchema, R"({"n":"x"})"), ElementsAre("body.n type integer"));
}

TEST(Schema, SaysItsOwnWords) {
  const auto schema = CompiledSchema(R"({"minLength":4,"x-messages":{"minLength":"too short"}})");
  EXPECT_EQ(schema->Validate("abc", "body").front().message, "too short");
}

TEST(Schema, NamesTheFormsThatAValueIsNoneOf) {
  const char* schema =
      R"({"$defs":{"card":{"type":"object","required":["number"]},"debit":{"required":["iban"]}},
          "properties":{"by":{"allOf":[{"$ref":"#/$defs/card","x-place":"Card"},
                                       {"$ref":"#/$defs/debit","x-place":"Debit"}]}}})";
  EXPECT_THAT(Violations(schema, R"({"by":{}})"), ElementsAre("body.by.Card.number required number",
                                                              "body.by.Debit.iban required iban"));
  EXPECT_THAT(Violations(schema, R"({"by":5})"), ElementsAre("body.by.Card type object"));
}

TEST(Schema, RepeatsWhatWasSent) {
  const auto schema = CompiledSchema(R"({"type":"boolean"})");
  EXPECT_EQ(schema->Validate("text", "body").front().value, "text");
  EXPECT_EQ(schema->Validate(Parsed("[1,2]"), "body").front().value, "[1,2]");
}

TEST(Schema, CutsALongValueBetweenCharacters) {
  const auto schema = CompiledSchema(R"({"type":"boolean"})");
  const std::string value(99, 'a');
  EXPECT_EQ(schema->Validate(value + "€€", "body").front().value, value + "…");
}

TEST(Schema, KnowsTheOneTypeOfAParameter) {
  EXPECT_EQ(CompiledSchema(R"({"type":"integer"})")->SingleType(), "integer");
  EXPECT_EQ(CompiledSchema(R"({"type":["integer","null"]})")->SingleType(), "");
  EXPECT_EQ(CompiledSchema("{}")->SingleType(), "");
}

// By keyword and limit; the oracle says whether there is a violation at all.
TEST(Schema, TellsTheKeywordAndItsLimit) {
  const std::array<std::array<std::string_view, 3>, 18> kWrong = {{
      {R"({"exclusiveMinimum":1})", "1", "body exclusiveMinimum 1"},
      {R"({"exclusiveMaximum":1.5})", "1.5", "body exclusiveMaximum 1.5"},
      {R"({"minimum":1,"exclusiveMinimum":true})", "1", "body exclusiveMinimum 1"},
      {R"({"multipleOf":0.1})", "0.35", "body multipleOf 0.1"},
      {R"({"multipleOf":2})", "9223372036854775807", "body multipleOf 2"},
      {R"({"uniqueItems":true})", "[1,2,1.0]", "body uniqueItems true"},
      {R"({"minProperties":1})", "{}", "body minProperties 1"},
      {R"({"maxProperties":1})", R"({"a":1,"b":1})", "body maxProperties 1"},
      {R"({"contains":{"type":"string"}})", "[1]", "body contains 1"},
      {R"({"contains":{"type":"string"},"maxContains":1})", R"(["a","b"])", "body maxContains 1"},
      {R"({"prefixItems":[{"type":"string"}],"items":{"type":"null"}})", R"(["a",null,1])",
       "body.2 type null"},
      {R"({"propertyNames":{"maxLength":1}})", R"({"ab":1})", "body.ab propertyNames maxLength 1"},
      {R"({"propertyNames":false})", R"({"ab":1})", "body.ab propertyNames ab"},
      {R"({"patternProperties":{"^x":{"type":"null"}}})", R"({"x1":1})", "body.x1 type null"},
      {R"({"dependentRequired":{"a":["b"]}})", R"({"a":1})", "body.b required b"},
      {R"({"dependentSchemas":{"a":{"required":["c"]}}})", R"({"a":1})", "body.c required c"},
      {R"({"not":{"type":"null"}})", "null", "body not "},
      {R"({"oneOf":[{"minimum":1},{"minimum":2}]})", "3", "body oneOf 1"},
  }};
  for (const auto& [schema, value, violation] : kWrong) {
    EXPECT_THAT(Violations(schema, value), ElementsAre(violation)) << schema;
  }
  EXPECT_THAT(Violations(R"({"multipleOf":0.1})", "0.3"), IsEmpty());
  EXPECT_THAT(Violations(R"({"contains":{"type":"null"},"minContains":0})", "[]"), IsEmpty());
  EXPECT_THAT(Violations(R"({"type":"string","nullable":true,"minLength":2})", "null"), IsEmpty());
}

// The choice that was meant is the one of the value's type.
TEST(Schema, TellsWhatIsWrongWithTheChoiceThatWasMeant) {
  constexpr std::string_view kChoices =
      R"({"anyOf":[{"type":"string","minLength":2},{"type":"object","required":["a"]},
                   {"type":"null"}]})";
  EXPECT_THAT(Violations(kChoices, R"("x")"), ElementsAre("body minLength 2"));
  EXPECT_THAT(Violations(kChoices, "{}"), ElementsAre("body.a required a"));
  EXPECT_THAT(Violations(kChoices, "5"), ElementsAre("body anyOf 3")) << "none was";
  EXPECT_THAT(Violations(R"({"oneOf":[{"required":["a"]},{"required":["b"]}]})", "{}"),
              ElementsAre("body oneOf 2"))
      << "either may be";
}

// A value of sixty levels would take 2^60 looks if each choice were looked at twice.
TEST(Schema, LooksAtEachChoiceOnce) {
  constexpr std::string_view kTree =
      R"({"properties":{"a":{"$ref":"#/x-any"}},
          "x-any":{"anyOf":[{"type":"object","properties":{"a":{"$ref":"#/x-one"}}},
                            {"type":"null"}]},
          "x-one":{"oneOf":[{"type":"object","properties":{"a":{"$ref":"#/x-any"}}},
                            {"type":"null"}]}})";
  std::string deep = "5";
  for (int level = 0; level < 60; ++level) deep = R"({"a":)" + deep + "}";
  EXPECT_THAT(Violations(kTree, deep), Not(IsEmpty()));
}

// Here it takes 2^60 looks whatever one does.
TEST(Schema, GivesUpWhereAValueTakesTooManyLooks) {
  constexpr std::string_view kTree =
      R"({"properties":{"a":{"$ref":"#/x-all"}},
          "x-all":{"anyOf":[{"properties":{"a":{"$ref":"#/x-all"}}},
                            {"properties":{"a":{"$ref":"#/x-all"}},"maxProperties":9}]}})";
  std::string deep = "5";
  for (int level = 0; level < 60; ++level) deep = R"({"a":)" + deep + "}";
  EXPECT_THAT(Violations(kTree, deep), ElementsAre("body effort 5000000"));
}

TEST(Schema, LetsNotesPass) {
  EXPECT_THAT(Violations(R"({"title":"t","description":"d","example":1,"examples":[1],"default":1,
                             "deprecated":true,"readOnly":true,"writeOnly":true,"$comment":"c",
                             "x-values":[1],"format":"password"})",
                         "null"),
              IsEmpty());
}

TEST(Schema, RefusesWhatItCannotHold) {
  const std::pair<std::string_view, std::string_view> kSchemas[] = {
      {R"({"anyOf":[]})", "'anyOf' must be a list with something in it"},
      {R"({"oneOf":{}})", "'oneOf' must be a list"},
      {R"({"not":5})", "a schema must be an object, true or false, not 5"},
      {R"({"multipleOf":0})", "'multipleOf' must be a number above 0"},
      {R"({"exclusiveMinimum":"1"})", "'exclusiveMinimum' must be a number"},
      {R"({"uniqueItems":1})", "'uniqueItems' must be true or false"},
      {R"({"minProperties":2,"maxProperties":1})", "'minProperties' is above 'maxProperties'"},
      {R"x({"patternProperties":{"(":{}}})x", "'(' is no regular expression: a ')' is missing"},
      {R"({"dependentRequired":{"a":"b"}})", "'a' must be a list of texts"},
      {R"({"properties":{"a":{"anyOf":[{"$ref":"#/properties/a"}]}}})",
       "a schema refers to itself here for the same value, without end"},
      {R"({"properties":{"a":{"minLenght":1}}})",
       "the schema keyword 'minLenght' is not supported; did you mean 'minLength'?"},
      {R"({"$ref":"#/nowhere"})", "$ref '#/nowhere' leads nowhere"},
      {R"({"$ref":"other.yaml"})", "$ref 'other.yaml' leads nowhere"},
      {R"({"$ref":5})", "$ref must be text that says where it leads: '#/components/…'"},
      {R"({"$ref":"#/allFo/0","allOf":[{}]})",
       "$ref '#/allFo/0' leads nowhere; did you mean '#/allOf/0'?"},
      {R"({"required":"a"})", "'required' must be a list of texts"},
      {R"({"type":[]})", "'type' must be a list with something in it"},
      {R"({"enum":[]})", "'enum' must be a list with something in it"},
      {R"({"minLength":1e300})", "'minLength' must be at most 1000000000000"},
      {R"({"minItems":2,"maxItems":1})", "'minItems' is above 'maxItems'"},
      {R"({"minimum":2,"maximum":1.5})", "'minimum' is above 'maximum'"},
      {R"({"x-messges":{}})",
       "the schema keyword 'x-messges' is not supported; did you mean 'x-messages'?"},
      {R"({"x-plce":"A"})",
       "the schema keyword 'x-plce' is not supported; did you mean 'x-place'?"},
      {R"({"properties":[]})", "'properties' must be an object"},
      {R"({"allOf":{}})", "'allOf' must be a list"},
      {R"({"enum":"a"})", "'enum' must be a list"},
      {R"({"pattern":"("})", "'(' is no regular expression: a ')' is missing"},
      {R"({"items":{"$ref":"#anchor"}})", "$ref '#anchor' leads nowhere"},
      {R"({"properties":{"self":{"$ref":"#/properties/self"}}})",
       "these references lead to each other alone"},
      {R"({"properties":{"a":{"allOf":[{"$ref":"#/properties/a"}]}}})",
       "a schema refers to itself here for the same value, without end"},
      {R"({"properties":{"a":{"if":{"$ref":"#/properties/b"}},"b":{"allOf":[{"$ref":"#/properties/a"}]}}})",
       "a schema refers to itself here for the same value, without end"},
      {R"({"properties":{"a":{"type":"object","required":["a"],
                              "properties":{"a":{"$ref":"#/properties/a"}}}}})",
       "a schema requires itself here, without end; no value is good by it"},
      {R"({"properties":{"a":{"type":"object","required":["b"],
                              "properties":{"o":{"$ref":"#/properties/b"},
                                            "b":{"$ref":"#/properties/b"}}},
                         "b":{"type":["array"],"minItems":1,"items":{"$ref":"#/properties/a"}}}})",
       "a schema requires itself here, without end; no value is good by it"},
  };
  for (const auto& [text, message] : kSchemas) {
    const Json json = Parsed(text);
    const auto schema = Schema::Compile(json, json);
    ASSERT_FALSE(schema) << text;
    EXPECT_EQ(schema.error().front().message, message);
  }
}

TEST(Schema, TellsWhereNothingMayStand) {
  EXPECT_THAT(Violations(R"({"properties":{"a":false}})", R"({"a":1})"),
              ElementsAre("body.a properties a"));
  EXPECT_THAT(Violations(R"({"prefixItems":[{}],"items":false})", "[1,2]"),
              ElementsAre("body.1 items 1"));
  EXPECT_THAT(Violations("false", "1"), ElementsAre("body false "));
  EXPECT_THAT(Violations(R"({"allOf":[{"properties":{"a":{}}}],"unevaluatedProperties":false})",
                         R"({"a":1,"b":2})"),
              ElementsAre("body.b unevaluatedProperties b"));
  EXPECT_THAT(Violations(R"({"contains":{"type":"null"},"unevaluatedItems":false})", "[null,1]"),
              ElementsAre("body.1 unevaluatedItems 1"));
}

TEST(Schema, TellsWhatTheNamedChoiceFindsWrong) {
  constexpr std::string_view kChoices =
      R"({"anyOf":[{"properties":{"kind":{"const":"a"},"n":{"type":"integer"}}},
                   {"properties":{"kind":{"enum":["b","c"]},"n":{"type":"string"}}}],
          "discriminator":{"propertyName":"kind"}})";
  EXPECT_THAT(Violations(kChoices, R"({"kind":"a","n":"x"})"), ElementsAre("body.n type integer"));
  EXPECT_THAT(Violations(kChoices, R"({"kind":"c","n":1})"), ElementsAre("body.n type string"));
  EXPECT_THAT(Violations(kChoices, R"({"kind":"d"})"),
              ElementsAre("body.kind discriminator a, b, c"));
  EXPECT_THAT(Violations(kChoices, R"({"n":1})"), IsEmpty()) << "nothing is named";
}

TEST(Schema, ComparesNumbersByTheirDigits) {
  EXPECT_THAT(Violations(R"({"maximum":9223372036854775807})", "9223372036854775808"),
              ElementsAre("body maximum 9223372036854775807"));
  EXPECT_THAT(Violations(R"({"enum":[18446744073709551615]})", "18446744073709551616"),
              ElementsAre("body enum [18446744073709551615]"));
  EXPECT_THAT(Violations(R"({"type":"integer","multipleOf":7})", "70000000000000000000000"),
              IsEmpty());
}

std::vector<std::string> Told(std::string_view schema, SchemaRules::Dialect dialect, bool strict) {
  SchemaRules rules;
  rules.dialect = dialect;
  rules.strict = strict;
  const Json json = Parsed(schema);
  SchemaCompiler compiler(json, rules);
  compiler.Compile(json);
  std::vector<std::string> told;
  for (const SchemaMistake& mistake : compiler.mistakes) {
    told.push_back((mistake.is_note ? "note: " : "") + mistake.message);
  }
  return told;
}

TEST(Schema, NotesWhatItDoesNotHold) {
  constexpr auto k2020 = SchemaRules::Dialect::k2020;
  constexpr auto kDraft4 = SchemaRules::Dialect::kDraft4;
  constexpr std::string_view kUnknown = R"~({"unheardOf":1,"format":"colour","pattern":"^(?!a)"})~";
  EXPECT_THAT(Told(kUnknown, k2020, true),
              ElementsAre("note: the schema keyword 'unheardOf' is not known, and not held",
                          "note: the format 'colour' is not known, and not held",
                          "note: '^(?!a)' looks ahead, and is not held"));
  constexpr std::string_view kBeside =
      R"({"properties":{"a":{"$ref":"#/definitions/b","maxLength":1,"title":"t"}},
          "definitions":{"b":{}}})";
  EXPECT_THAT(Told(kBeside, k2020, true), IsEmpty());
  EXPECT_THAT(Told(kBeside, kDraft4, true),
              ElementsAre("note: 'maxLength' stands beside a '$ref', which OpenAPI 3.0 takes "
                          "alone; it is not held"));
}

// What is a mistake in a contract of our own refuses nobody else's document.
TEST(Schema, NotesMistakesOfOthers) {
  constexpr std::string_view kWrong =
      R"({"minLenght":1,"minLength":"3","$ref":"#/nowhere","allOf":[{"$ref":"#"}],"pattern":"("})";
  const auto told = Told(kWrong, SchemaRules::Dialect::k2020, false);
  EXPECT_EQ(told.size(), 5U);
  for (const std::string& note : told) EXPECT_TRUE(note.starts_with("note: ")) << note;
}

}  // namespace
}  // namespace mockduit
