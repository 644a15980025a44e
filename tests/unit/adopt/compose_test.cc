#include "adopt/compose.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "base/text.h"
#include "unit/adopt/composing.h"

namespace mockduit {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
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

TEST(Compose, LetsExamplesBeThatSpoilAChoice) {
  EXPECT_EQ(Shown("{oneOf: [{type: object, properties: {own: {type: object, example: text}}}, "
                  "{type: object, required: [id], properties: {id: {type: string}}}]}"),
            R"({"own":{}})");
}

TEST(Compose, HasAValueOfEachFormat) {
  for (const char* format :
       {"uuid", "date-time", "date", "time", "duration", "email", "idn-email", "uri", "iri",
        "uri-reference", "iri-reference", "uri-template", "hostname", "idn-hostname", "ipv4",
        "ipv6", "json-pointer", "relative-json-pointer", "regex"}) {
    const Json value = Good("{type: string, format: " + std::string(format) + "}");
    EXPECT_NE(value.AsString(), "example") << format;
    EXPECT_NE(value.AsString(), "") << format;
  }
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

TEST(Compose, FillsNothingThatAnExampleOrAPatternSays) {
  EXPECT_THAT(Made("{type: string, format: date, example: '2020-01-01'}").fill, IsEmpty());
  const Composed composed = Made("{type: string, format: date-time, pattern: '^2020'}");
  EXPECT_THAT(composed.fill, IsEmpty());
}

TEST(Compose, HoldsContentInATextAsItSays) {
  EXPECT_EQ(Shown("{type: string, contentEncoding: base64}"), R"("ZXhhbXBsZQ==")");
  EXPECT_EQ(Shown("{type: string, contentEncoding: base64url}"), R"("ZXhhbXBsZQ")");
  EXPECT_EQ(Shown("{type: string, contentEncoding: base16}"), R"("6578616D706C65")");
  EXPECT_EQ(Good("{type: string, contentMediaType: application/json, contentSchema: {type: object, "
                 "properties: {a: {type: integer}}}}")
                .AsString(),
            R"({"a":1})");
  EXPECT_EQ(Shown("{type: string, contentMediaType: application/json, contentEncoding: base64}"),
            R"("e30=")");
  EXPECT_THAT(Made("{type: string, contentMediaType: application/json, contentSchema: {type: "
                   "string, format: uuid}}")
                  .fill,
              IsEmpty());
  EXPECT_EQ(Shown("{type: string, contentEncoding: base64, maxLength: 3}"), R"("exa")");
  EXPECT_EQ(Shown("{type: string, contentMediaType: image/png}"), R"("example")");
}

TEST(Compose, FindsFormatsInNames) {
  EXPECT_EQ(Good("{type: string}", "{}", "created_at").AsString(), "2026-01-15T10:00:00Z");
  EXPECT_EQ(Good("{type: string}", "{}", "updatedAt").AsString(), "2026-01-15T10:00:00Z");
  EXPECT_EQ(Good("{type: string}", "{}", "email").AsString(), "ada@example.com");
  EXPECT_EQ(Good("{type: string}", "{}", "homepage_url").AsString(), "https://example.com/");
  EXPECT_EQ(Good("{type: string}", "{}", "displayName").AsString(), "example display name");
  EXPECT_EQ(Good("{type: string}", "{}", "format").AsString(), "example format");
  EXPECT_EQ(Good("{type: string, maxLength: 5}", "{}", "created_at").AsString(), "examp");
}

TEST(Compose, KeepsTheBoundsOfTexts) {
  EXPECT_GE(Good("{type: string, minLength: 30}").AsString().size(), 30u);
  EXPECT_EQ(Good("{type: string, minLength: 8, maxLength: 8}").AsString().size(), 8u);
  EXPECT_EQ(Good("{type: string, maxLength: 8}", "{}", "name").AsString(), "example");
  EXPECT_EQ(Good("{type: string, maxLength: 3}").AsString(), "exa");
  EXPECT_EQ(Good("{type: string, maxLength: 0}").AsString(), "");
  EXPECT_EQ(Good("{type: string, pattern: '^[A-Z]{2}$'}").AsString(), "AA");
  EXPECT_EQ(Good("{type: string, pattern: '^[a-z]+$', minLength: 5}").AsString(), "aaaaa");
  const auto email = [](const std::string& rules) {
    return std::string(
        Good(R"({type: string, format: email, pattern: '^\S+@\S+$')" + rules + "}").AsString());
  };
  EXPECT_EQ(email(""), "ada@example.com") << "what the format has is of the pattern";
  EXPECT_EQ(email(", maxLength: 20"), "ada@example.com");
  EXPECT_EQ(email(", maxLength: 10").find("example.com"), std::string_view::npos);
  EXPECT_EQ(Good("{type: string, format: date, pattern: '^[0-9-]{10}$'}").AsString(), "2026-01-15");
  EXPECT_EQ(Good("{type: string, format: uri, pattern: '^https://'}").AsString(),
            "https://example.com/");
}

TEST(Compose, KeepsTheBoundsOfNumbers) {
  EXPECT_EQ(Shown("{type: integer, minimum: 10}"), "10");
  EXPECT_EQ(Shown("{type: integer, maximum: -3}"), "-3");
  EXPECT_EQ(Shown("{type: integer, exclusiveMinimum: 1}"), "2");
  EXPECT_EQ(Shown("{type: integer, exclusiveMaximum: 1}"), "0");
  EXPECT_EQ(ShownOld("{type: integer, minimum: 5, exclusiveMinimum: true}"), "6");
  EXPECT_EQ(ShownOld("{type: integer, maximum: 0, exclusiveMaximum: true}"), "-1");
  EXPECT_EQ(Shown("{type: integer, multipleOf: 7}"), "7");
  EXPECT_EQ(Shown("{type: integer, multipleOf: 7, minimum: 8, maximum: 14}"), "14");
  EXPECT_EQ(Shown("{type: integer, multipleOf: 5, maximum: -1}"), "-5");
  EXPECT_EQ(Shown("{type: number, minimum: 0.25, maximum: 0.75}"), "0.75");
  EXPECT_EQ(Shown("{type: number, exclusiveMinimum: 1}"), "1.5");
  Good("{type: number, exclusiveMinimum: 0, exclusiveMaximum: 0.1}");
  Good("{type: integer, minimum: 1e300}");
}

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
}

TEST(Compose, KeepsNumbersThatNoDoubleHolds) {
  const std::string digits(400, '9');
  EXPECT_EQ(Shown("{type: integer, minimum: 9007199254740993}"), "9007199254740993");
  EXPECT_EQ(Shown("{type: integer, exclusiveMinimum: 9007199254740993}"), "9007199254740994");
  EXPECT_EQ(Shown("{type: integer, maximum: -9007199254740993}"), "-9007199254740993");
  EXPECT_EQ(ShownOld("{type: integer, minimum: 9007199254740993, exclusiveMinimum: true}"),
            "9007199254740994");
  EXPECT_EQ(Shown("{type: integer, minimum: " + digits + "}"), digits);
  EXPECT_EQ(Shown("{type: integer, exclusiveMinimum: " + digits + "}"), digits + "0");
  EXPECT_EQ(Shown("{type: integer, maximum: " + digits + "}"), "1");
  EXPECT_EQ(Shown("{type: number, default: 123456789012345678901234567890}"),
            "123456789012345678901234567890");
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

TEST(Compose, HasTextsOfAFormatAsLongAsAskedFor) {
  for (const char* format : {"email", "uri", "hostname", "uri-template", "json-pointer", "password",
                             "binary", "byte", "base64url", "regex", "relative-json-pointer"}) {
    Good(std::string("{type: string, minLength: 90, format: ") + format + "}");
  }
  for (const char* format : {"email", "uri", "hostname", "byte", "password", "duration"}) {
    Good(std::string("{type: string, maxLength: 7, format: ") + format + "}");
  }
  EXPECT_EQ(Shown("{type: string, format: byte, minLength: 15, maxLength: 16}"),
            R"("YWFhZXhhbXBsZQ==")");
  EXPECT_EQ(Shown("{type: string, format: date-time, minLength: 24}"),
            R"("2026-01-15T10:00:00.000Z")");
  EXPECT_EQ(Shown("{type: string, format: char}"), R"("a")");
  EXPECT_EQ(Shown("{type: string, format: ipv4, maxLength: 7}"), R"("1.1.1.1")");
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

TEST(Compose, FindsATextOfSeveralPatterns) {
  Good("{allOf: [{type: string, pattern: '^[a-z]+$'}, {pattern: '^[a-z]{4}$'}]}");
  Good("{allOf: [{type: string, pattern: '^[a-z]{4}$'}, {pattern: '^[a-z]+$'}]}");
  Good("{allOf: [{type: string, pattern: '[0-9]'}, {pattern: '[A-Z]'}]}");
  Good(
      "{allOf: [{type: array, minItems: 2, uniqueItems: true, items: {type: string, pattern: "
      "'^[a-z]{3}$'}}, {items: {pattern: '^a'}}]}");
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

TEST(Compose, LeadsNobodyToPagesThatAreNotThere) {
  EXPECT_EQ(Shown("{type: object, properties: {next: {type: [string, 'null']}, next_cursor: "
                  "{anyOf: [{type: string}, {type: 'null'}]}, has_more: {type: boolean}}}"),
            R"({"next":null,"next_cursor":null,"has_more":false})");
  EXPECT_EQ(Shown("{type: object, properties: {next: {type: [string, 'null'], example: two}}}"),
            R"({"next":"two"})");
  EXPECT_EQ(Shown("{type: object, required: [next], properties: {next: {type: string}}}"),
            R"({"next":"example next"})");
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
