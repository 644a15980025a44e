// Bodies of schemas that are put together, and of those that have choices.
#include <gtest/gtest.h>

#include "unit/adopt/composing.h"

namespace mockduit {
namespace {

TEST(Compose, PutsAllPartsTogether) {
  EXPECT_EQ(Shown("{allOf: [{$ref: '#/components/schemas/A'}, {type: object, required: [b], "
                  "properties: {b: {type: boolean}}}]}",
                  "{A: {type: object, properties: {a: {type: integer}}}}"),
            R"({"a":1,"b":true})");
  EXPECT_EQ(Shown("{type: object, properties: {a: {type: integer}}, anyOf: [{required: [a]}, "
                  "{required: [b]}]}"),
            R"({"a":1})");
  EXPECT_EQ(Shown("{allOf: [{enum: [a, b]}, {enum: [b, c]}]}"), R"("b")");
  EXPECT_EQ(Shown("{allOf: [{type: integer, minimum: 3}, {minimum: 9}, {maximum: 10}]}"), "9");
  EXPECT_EQ(Shown("{allOf: [{type: object, properties: {a: {type: integer}}}, {properties: {a: "
                  "{minimum: 4}}}]}"),
            R"({"a":4})");
}

TEST(Compose, TakesAnotherChoiceWhereTheFirstDoesNotDo) {
  // The first choice is good by the second, too.
  EXPECT_EQ(Shown("{oneOf: [{type: integer}, {type: integer, minimum: 0}, {type: string}]}"),
            R"("example")");
  EXPECT_EQ(Shown("{type: object, properties: {a: {oneOf: [{type: number}, {type: integer}, "
                  "{type: boolean}]}}}"),
            R"({"a":true})");
}

TEST(Compose, NamesTheChoiceByItsDiscriminator) {
  const std::string pets =
      "{Cat: {type: object, required: [kind], properties: {kind: {type: string}}}, "
      "Dog: {type: object, required: [kind], properties: {kind: {type: string, enum: [hound]}}}}";
  EXPECT_EQ(Shown("{oneOf: [{$ref: '#/components/schemas/Cat'}], discriminator: {propertyName: "
                  "kind}}",
                  pets),
            R"({"kind":"Cat"})");
  EXPECT_EQ(Shown("{oneOf: [{$ref: '#/components/schemas/Cat'}], discriminator: {propertyName: "
                  "kind, mapping: {feline: '#/components/schemas/Cat'}}}",
                  pets),
            R"({"kind":"feline"})");
  EXPECT_EQ(Shown("{oneOf: [{$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: "
                  "kind}}",
                  pets),
            R"({"kind":"hound"})");
}

TEST(Compose, TakesTheChoiceThatAloneIsGood) {
  EXPECT_EQ(Shown("{oneOf: [{type: integer}, {type: number}]}"), "1.5");
  EXPECT_EQ(Shown("{oneOf: [{type: number}, {type: integer}]}"), "1.5");
  EXPECT_EQ(Shown("{type: integer, enum: [a, b, 3]}"), "3");
  EXPECT_EQ(Shown("{type: string, not: {enum: [example, example 2]}}"), R"("example 3")");
}

TEST(Compose, HoldsWhatSeveralPartsSay) {
  EXPECT_EQ(Shown("{allOf: [{type: integer, multipleOf: 4}, {multipleOf: 6}]}"), "12");
  EXPECT_EQ(Shown("{allOf: [{type: number, multipleOf: 0.5}, {multipleOf: 0.3}]}"), "1.5");
  EXPECT_EQ(Shown("{allOf: [{type: array, minItems: 1, items: {type: integer}}, {items: {minimum: "
                  "7}}]}"),
            "[7]");
  EXPECT_EQ(Shown("{allOf: [{type: integer, exclusiveMinimum: 3}, {exclusiveMinimum: 7}]}"), "8");
  EXPECT_EQ(Shown("{allOf: [{type: [string, integer]}, {type: [integer, 'null']}]}"), "1");
  EXPECT_EQ(Shown("{allOf: [{type: number}, {type: integer, minimum: 0, maximum: 0}]}"), "0");
}

TEST(Compose, MixesTheChoicesOfOneOfAndAnyOf) {
  const auto shown = [](const std::string& one_of, const std::string& any_of) {
    return Shown("{type: integer, oneOf: " + one_of + ", anyOf: " + any_of + "}");
  };
  EXPECT_EQ(shown("[{minimum: 10}, {maximum: 5}]", "[{maximum: 3}, {minimum: 40, maximum: 30}]"),
            "3");
  EXPECT_EQ(shown("[{maximum: 5}, {minimum: 10}]", "[{minimum: 12}, {minimum: 40, maximum: 50}]"),
            "40");
}

TEST(Compose, TakesNoValueThatAPartForbids) {
  EXPECT_EQ(Shown("{type: string, enum: [a, b, c], not: {const: a}}"), R"("b")");
  EXPECT_EQ(Shown("{allOf: [{type: string, enum: [a, b, c]}, {not: {const: a}}, {not: {const: "
                  "b}}]}"),
            R"("c")");
}

TEST(Compose, LetsExamplesBeThatSpoilAChoice) {
  EXPECT_EQ(Shown("{oneOf: [{type: object, properties: {own: {type: object, example: text}}}, "
                  "{type: object, required: [id], properties: {id: {type: string}}}]}"),
            R"({"own":{}})");
}

}  // namespace
}  // namespace mockduit
