// Members and items of bodies that are composed: which there are, how many, and what they are
// called.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/adopt/composing.h"

namespace mockduit {
namespace {

using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

TEST(Compose, KeepsTheBoundsOfLists) {
  EXPECT_EQ(Shown("{type: array, minItems: 3, items: {type: integer}}"), "[1,1,1]");
  EXPECT_EQ(Shown("{type: array, maxItems: 0, items: {type: integer}}"), "[]");
  EXPECT_EQ(Shown("{type: array, minItems: 2}"), R"(["example","example"])");
  EXPECT_EQ(Shown("{type: array, contains: {const: 5}}"), "[5]");
  EXPECT_EQ(Shown("{type: array, minItems: 3, uniqueItems: true, items: {type: integer}}"),
            "[1,2,3]");
  EXPECT_EQ(Shown("{type: array, minItems: 2, uniqueItems: true, items: {enum: [a, b]}}"),
            R"(["a","b"])");
  Good("{type: array, minItems: 3, uniqueItems: true, items: {type: string}}");
  EXPECT_EQ(Shown("{type: array, prefixItems: [{type: integer}], minItems: 2, items: {type: "
                  "boolean}}"),
            "[1,true]");
}

TEST(Compose, CallsTheItemsOfAListByItsName) {
  EXPECT_EQ(Good("{type: array, items: {type: string}}", "{}", "names").Dump(),
            R"(["example name"])");
  EXPECT_EQ(Good("{type: array, items: {type: string}}", "{}", "companies").Dump(),
            R"(["example company"])");
  EXPECT_EQ(Good("{type: array, items: {type: string}}", "{}", "access").Dump(),
            R"(["example access"])");
}

TEST(Compose, KeepsTheBoundsOfObjects) {
  EXPECT_EQ(Shown("{type: object, maxProperties: 1, properties: {a: {type: integer}, b: {type: "
                  "integer}}}"),
            R"({"a":1})");
  EXPECT_EQ(Shown("{type: object, maxProperties: 1, required: [b], properties: {a: {type: "
                  "integer}, b: {type: integer}}}"),
            R"({"b":1})");
  EXPECT_EQ(Good("{type: object, minProperties: 2}").IfObject()->size(), 2u);
  EXPECT_EQ(Shown("{type: object, minProperties: 1, additionalProperties: {type: integer}}"),
            R"({"key_1":1})");
  EXPECT_EQ(Shown("{type: object, required: [x], additionalProperties: {type: boolean}}"),
            R"({"x":true})");
}

TEST(Compose, LeavesOutWhatOnlyRequestsHave) {
  EXPECT_EQ(Shown("{type: object, properties: {a: {type: integer, readOnly: true}, b: {type: "
                  "integer, writeOnly: true}, c: {$ref: '#/components/schemas/Secret'}}}",
                  "{Secret: {type: string, writeOnly: true}}"),
            R"({"a":1})");
  EXPECT_EQ(Shown("{type: object, required: [a, b], properties: {b: {type: integer, writeOnly: "
                  "true}, a: {type: integer}}}"),
            R"({"a":1})");
  EXPECT_EQ(
      Shown("{required: [b, c], allOf: [{properties: {b: {writeOnly: true}, c: {allOf: [{$ref: "
            "'#/components/schemas/Secret'}]}, a: {type: integer}}}]}",
            "{Secret: {type: string, writeOnly: true}}"),
      R"({"a":1})");
  EXPECT_EQ(Shown("{required: [b], properties: {b: {writeOnly: true}}, example: {b: 1}}"),
            R"({"b":1})")
      << "it is what the document shows";
}

TEST(Compose, LeavesOutMembersThatAnotherPartForbids) {
  EXPECT_EQ(Shown("{allOf: [{type: object, properties: {a: {type: integer}, b: {type: integer}}}, "
                  "{additionalProperties: false, properties: {a: {type: integer}}}]}"),
            R"({"a":1})");
}

TEST(Compose, LeavesOutMembersThatNothingIsGoodFor) {
  EXPECT_EQ(Shown("{type: object, properties: {a: false, b: {type: integer}}}"), R"({"b":1})");
  EXPECT_EQ(Made("{type: object, properties: {a: {anyOf: []}, b: {type: integer}}}").value.Dump(),
            R"({"b":1})");
}

TEST(Compose, LeavesOutWhatNoGoodValueWasFoundFor) {
  EXPECT_EQ(Shown("{type: object, properties: {a: {type: array, items: {type: string}, enum: [x]}, "
                  "b: {type: integer}}}"),
            R"({"b":1})");
  EXPECT_EQ(Shown("{type: array, items: {type: object, required: [a], properties: {a: {type: "
                  "integer, enum: [x]}}}}"),
            "[]");
  EXPECT_EQ(Shown("{type: object, properties: {a: {type: object, properties: {b: {oneOf: [{type: "
                  "string}, {type: string}]}}}, c: {type: integer}}}"),
            R"({"a":{},"c":1})")
      << "what is good by one choice is good by the other";
}

TEST(Compose, HasAsManyItemsAsAreToBeContained) {
  EXPECT_EQ(Shown("{type: array, contains: {type: integer, minimum: 5}, minContains: 2}"), "[5,5]");
  EXPECT_EQ(
      Shown("{type: array, items: {type: object, required: [a], properties: {a: {type: "
            "integer}}}, contains: {required: [b], properties: {b: {const: 1}}}, minItems: 2}"),
      R"([{"a":1,"b":1},{"a":1}])");
}

TEST(Compose, NamesMembersAsTheyAreToBeCalled) {
  EXPECT_EQ(Shown("{type: object, minProperties: 2, propertyNames: {enum: [x, y]}, "
                  "additionalProperties: {type: integer}}"),
            R"({"x":1,"y":1})");
  EXPECT_EQ(Good("{type: object, minProperties: 1, propertyNames: {pattern: '^[A-Z]{3}$'}}")
                .IfObject()
                ->size(),
            1U);
}

TEST(Compose, HoldsWhatMembersBringWithThem) {
  EXPECT_EQ(Shown("{type: object, properties: {a: {type: integer}}, dependentSchemas: {a: "
                  "{required: [b], properties: {b: {type: boolean}}}, c: {required: [d]}}}"),
            R"({"a":1,"b":true})");
}

TEST(Compose, HasNoItemTwiceWhereNoneMayBe) {
  const auto list = [](const std::string& items, int least = 3) {
    return Shown("{type: array, uniqueItems: true, minItems: " + std::to_string(least) +
                 ", items: " + items + "}");
  };
  EXPECT_EQ(list("{type: boolean}", 2), "[true,false]");
  EXPECT_EQ(list("{type: [boolean, 'null']}"), "[true,false,null]");
  EXPECT_EQ(list("{type: string}"), R"(["example","example 2","example 3"])");
  EXPECT_EQ(list("{type: string, maxLength: 3}"), R"(["exa","exb","exc"])");
  EXPECT_EQ(list("{type: string, pattern: '^[a-z]{3}$'}"), R"(["aaa","aab","aac"])");
  EXPECT_EQ(list("{type: string, format: date}", 2), R"(["2026-01-15","2026-01-10"])");
  EXPECT_EQ(list("{type: number, multipleOf: 0.5, maximum: 2}"), "[1,1.5,2]");
  EXPECT_EQ(list("{type: integer, minimum: -1, maximum: 1}"), "[1,0,-1]");
  EXPECT_EQ(list("{allOf: [{enum: [a, b, c]}]}"), R"(["a","b","c"])");
  EXPECT_EQ(list("{type: array, minItems: 1, items: {type: integer}}"), "[[1],[2],[3]]");
  EXPECT_EQ(list("{type: object, properties: {a: {type: boolean}, b: {type: integer}}}"),
            R"([{"a":true,"b":1},{"a":false,"b":1},{"a":true,"b":3}])");
  EXPECT_EQ(list("{type: object}", 2), R"([{},{"key_1":"example"}])");
  for (const char* format : {"uuid", "email", "date-time", "ipv4", "ipv6", "uri", "byte"}) {
    Good(std::string("{type: array, uniqueItems: true, minItems: 9, items: {type: string, ") +
         "format: " + format + "}}");
  }
}

TEST(Compose, KeepsIdsNewInListsThatHaveNoneTwice) {
  const Composed ids = Made(
      "{type: array, uniqueItems: true, minItems: 2, items: {type: object, properties: {id: "
      "{type: string, format: uuid}, at: {type: string, format: date-time}}}}");
  EXPECT_THAT(ids.fill,
              UnorderedElementsAre(Pair("/0/id", "{{uuid4}}"), Pair("/0/at", "{{now.seconds}}"),
                                   Pair("/1/id", "{{uuid4}}")));
}

TEST(Compose, NamesMembersAsTheirSchemaDoes) {
  EXPECT_EQ(Shown("{type: object, minProperties: 2, additionalProperties: false, "
                  "patternProperties: {'^x-[a-z]$': {type: integer}}}"),
            R"({"x-a":1,"x-b":1})");
  EXPECT_EQ(Shown("{type: object, required: [x-a], patternProperties: {'^x-': {type: integer}}}"),
            R"({"x-a":1})");
  EXPECT_EQ(Shown("{type: object, minProperties: 1, propertyNames: {minLength: 12}}"),
            R"({"example key example key":"example example key example key"})");
}

TEST(Compose, HasWhatIsAskedForAtTimes) {
  EXPECT_EQ(Shown("{type: object, properties: {a: {type: string}}, if: {required: [a]}, then: "
                  "{required: [b], properties: {b: {type: integer}}}}"),
            R"({"a":"example a","b":1})");
  EXPECT_EQ(Shown("{type: object, properties: {a: {type: string}}, dependentRequired: {a: [b]}}"),
            R"({"a":"example a","b":"example b"})");
  EXPECT_EQ(Shown("{type: object, required: [k], properties: {k: {enum: [x, y]}}, allOf: [{if: "
                  "{properties: {k: {const: x}}}, then: {required: [n]}}, {if: {properties: {k: "
                  "{const: y}}}, then: {required: [m]}}]}"),
            R"({"k":"x","n":"example n"})");
}

TEST(Compose, LeadsNobodyToPagesThatAreNotThere) {
  EXPECT_EQ(Shown("{type: object, properties: {next: {type: [string, 'null']}, next_cursor: "
                  "{anyOf: [{type: string}, {type: 'null'}]}, has_more: {type: boolean}}}"),
            R"({"next":null,"next_cursor":null,"has_more":false})");
  EXPECT_EQ(Shown("{type: object, properties: {next: {type: [string, 'null'], example: two}}}"),
            R"({"next":"two"})");
  EXPECT_EQ(Shown("{type: object, required: [next], properties: {next: {type: string}}}"),
            R"({"next":"example next"})");
}

TEST(Compose, LeavesOutTheNextPageWhereItMayNotBeNull) {
  EXPECT_EQ(Shown("{type: object, properties: {next: {type: string, format: uri}, next_cursor: "
                  "{type: string, contentEncoding: base64}, id: {type: integer}}}"),
            R"({"id":1})");
  EXPECT_THAT(Made("{type: object, properties: {next: {type: string, format: uuid}}}").fill,
              IsEmpty());
  EXPECT_EQ(Shown("{type: object, properties: {next: {type: string, default: two}}}"),
            R"({"next":"two"})");
  EXPECT_EQ(Shown("{type: object, properties: {next: {type: array, items: {type: string}}}}"),
            R"({"next":["example next"]})")
      << "a list is no page";
}

}  // namespace
}  // namespace mockduit
