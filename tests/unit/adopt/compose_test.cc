#include "adopt/compose.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/adopt/composing.h"

namespace mockduit {
namespace {

using ::testing::Pair;
using ::testing::UnorderedElementsAre;

TEST(Compose, HasAValueOfEachType) {
  EXPECT_EQ(Shown("{type: string}"), R"("example")");
  EXPECT_EQ(Shown("{type: integer}"), "1");
  EXPECT_EQ(Shown("{type: number}"), "1");
  EXPECT_EQ(Shown("{type: boolean}"), "true");
  EXPECT_EQ(Shown("{type: 'null'}"), "null");
  EXPECT_EQ(Shown("{type: object}"), "{}");
  EXPECT_EQ(Shown("{type: array, items: {type: integer}}"), "[1]");
  EXPECT_EQ(Shown("{}"), "{}");
  EXPECT_EQ(Shown("true"), "{}");
}

// In the order in which they are asked for, too: what was composed is kept.
TEST(Compose, TellsAReferenceWithMoreBesideItFromWhatItLeadsTo) {
  const Json root = DocumentWith(R"(
Rel: {type: object, required: [q], properties: {q: {const: rel}}}
Sib: {$ref: '#/components/schemas/Rel', required: [extra], properties: {extra: {const: sib}}}
)");
  WholeDocument document(root);
  const auto made = [&](const std::string& name) {
    return Compose(FromYaml("{$ref: '#/components/schemas/" + name + "'}"), document, "")
        .value.Dump();
  };
  EXPECT_EQ(made("Rel"), R"({"q":"rel"})");
  EXPECT_EQ(made("Sib"), R"({"q":"rel","extra":"sib"})");
  EXPECT_EQ(made("Rel"), R"({"q":"rel"})");
}

TEST(Compose, TakesAnyTypeBeforeNull) {
  EXPECT_EQ(Shown("{type: ['null', integer]}"), "1");
  EXPECT_EQ(Shown("{type: ['null']}"), "null");
  EXPECT_EQ(Shown("{enum: [null, b]}"), R"("b")");
  EXPECT_EQ(Shown("{enum: [null]}"), "null");
  EXPECT_EQ(Shown("{oneOf: [{type: 'null'}, {type: integer}]}"), "1");
  EXPECT_EQ(Shown("{anyOf: [{type: 'null'}]}"), "null");
}

TEST(Compose, FindsTheTypeThatIsNotSaid) {
  EXPECT_EQ(Shown("{properties: {a: {type: integer}}}"), R"({"a":1})");
  EXPECT_EQ(Shown("{required: [a]}"), R"({"a":"example a"})");
  EXPECT_EQ(Shown("{items: {type: integer}}"), "[1]");
  EXPECT_EQ(Shown("{prefixItems: [{type: integer}, {type: boolean}]}"), "[1,true]");
  EXPECT_EQ(Shown("{minimum: 5}"), "5");
  EXPECT_EQ(Shown("{minLength: 3}"), R"("example")");
}

TEST(Compose, PrefersWhatTheDocumentShows) {
  EXPECT_EQ(Shown("{type: string, example: shown}"), R"("shown")");
  EXPECT_EQ(Shown("{type: string, examples: [first, second]}"), R"("first")");
  EXPECT_EQ(Shown("{type: string, default: usual}"), R"("usual")");
  EXPECT_EQ(Shown("{type: string, example: shown, default: usual}"), R"("shown")");
  EXPECT_EQ(Shown("{type: string, enum: [a, b]}"), R"("a")");
  EXPECT_EQ(Shown("{type: string, enum: [a, b], default: b}"), R"("b")");
  EXPECT_EQ(Shown("{const: 7}"), "7");
  EXPECT_EQ(Shown("{type: string, example: null}"), R"("example")");
  EXPECT_EQ(Shown("{type: object, example: {b: 2}, properties: {a: {type: integer}}}"),
            R"({"b":2})");
}

TEST(Compose, LetsExamplesBeThatBreakTheirSchema) {
  EXPECT_EQ(Shown("{type: integer, example: many}"), "1");
  EXPECT_EQ(Shown("{type: object, properties: {a: {type: integer, example: many}, "
                  "b: {type: string, example: kept}}}"),
            R"({"a":1,"b":"kept"})");
  EXPECT_EQ(Shown("{type: object, required: [id], example: {name: x}, "
                  "properties: {id: {type: integer}}}"),
            R"({"id":1})");
  EXPECT_EQ(Shown("{type: string, default: long, maxLength: 2}"), R"("ex")");
  EXPECT_EQ(Shown("{type: array, items: {type: integer, example: x}}"), "[1]");
}

TEST(Compose, SaysWhatIsNewInEachAnswer) {
  const Composed composed = Made(
      "{type: object, properties: {id: {type: string, format: uuid}, at: {type: string, format: "
      "date-time}, day: {type: string, format: date}, 'a/b': {type: array, items: {type: string, "
      "format: uuid}}, mail: {type: string, format: email}}}");
  EXPECT_THAT(composed.fill,
              UnorderedElementsAre(Pair("/id", "{{uuid4}}"), Pair("/at", "{{now.seconds}}"),
                                   Pair("/day", "{{now | date}}"), Pair("/a~1b/0", "{{uuid4}}")));
  EXPECT_EQ(composed.value.Get("mail").AsString(), "ada@example.com");
}

TEST(Compose, FollowsAnchorsAndAddresses) {
  EXPECT_EQ(Shown("{$ref: '#box'}", "{Box: {$anchor: box, const: 7}}"), "7");
  EXPECT_EQ(Shown("{$ref: 'https://a.test/box'}", "{Box: {$id: 'https://a.test/box', const: 7}}"),
            "7");
  EXPECT_EQ(Shown("{$ref: '#/components/schemas/A%20B%7B'}", "{'A B{': {const: 7}}"), "7");
}

TEST(Compose, GivesTheSameValueEveryTime) {
  const std::string schema =
      "{type: object, properties: {id: {type: string, format: uuid}, tags: {type: array, "
      "minItems: 2, uniqueItems: true, items: {type: string}}}}";
  EXPECT_EQ(Shown(schema), Shown(schema));
}

TEST(ObjectionTo, SaysWhereAndWhy) {
  const Json root = DocumentWith("{Id: {type: string, maxLength: 3}}");
  WholeDocument references(root);
  const Json schema = FromYaml(
      "{type: object, properties: {items: {type: array, items: {$ref: "
      "'#/components/schemas/Id'}}}}");
  EXPECT_EQ(ObjectionTo(Parsed(R"({"items":["abc"]})"), schema, references), "");
  EXPECT_EQ(ObjectionTo(Parsed(R"({"items":["abc","abcd"]})"), schema, references),
            "body.items.1 breaks maxLength 3");
}

TEST(Compose, FollowsReferencesHoweverManyThereAre) {
  std::string schemas = "{";
  for (int i = 0; i < 300; ++i) {
    schemas += "S" + std::to_string(i) + ": {$ref: '#/components/schemas/S" +
               std::to_string(i + 1) + "'}, ";
  }
  EXPECT_EQ(Shown("{$ref: '#/components/schemas/S0'}", schemas + "S300: {type: integer}}"), "1");
}

}  // namespace
}  // namespace mockduit
