#include "adopt/echo.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/adopt/documents.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

// What an answer shows of a request, by the schemas of both bodies.
Fill Echoed(const std::string& sent, const std::string& shown, const std::string& body,
            const std::string& parameters = "[]", const Fill& fresh = {}) {
  const Json root = DocumentWith("{Name: {type: string}, Count: {type: integer, minimum: 1}}");
  References references(root);
  const Json body_schema = FromYaml(sent);
  const Json list = FromYaml(parameters);
  std::vector<const Json*> pointers;
  for (const Json& one : *list.IfArray()) pointers.push_back(&one);
  const Sendables sendables =
      SendablesOf(pointers, sent == "null" ? nullptr : &body_schema, references);
  return EchoIn(FromYaml(body), FromYaml(shown), sendables, references, fresh);
}

TEST(Echo, ShowsWhatWasSentElseWhatTheAnswerHas) {
  EXPECT_THAT(Echoed("{properties: {name: {type: string}}}", "{properties: {name: {type: string}}}",
                     "{name: example, id: x}"),
              ElementsAre(Pair("/name", R"({{request.body.name ?? "example"}})")));
}

TEST(Echo, KeepsWhatIsNewInEachAnswer) {
  const std::string schema =
      "{properties: {key: {type: string}, of: {type: object, properties: {id: {type: string}}}}}";
  const Fill fresh = {{"/key", "{{uuid4}}"}, {"/of/id", "{{uuid4}}"}, {"/other", "{{now}}"}};
  const auto echoed = Echoed(schema, schema, "{key: x, of: {id: x, n: 1}}", "[]", fresh);
  ASSERT_EQ(echoed.size(), 2u);
  EXPECT_EQ(echoed[0].second.Dump(), R"({"$first":["{{request.body.key}}","{{uuid4}}"]})");
  EXPECT_EQ(echoed[1].second.Dump(),
            R"({"$first":["{{request.body.of}}",{"id":"{{uuid4}}","n":1}]})");
  const std::string wrapped =
      "{properties: {data: {type: object, properties: {key: {type: string}}}}}";
  const auto below =
      Echoed(schema, wrapped, "{data: {key: x}}", "[]", {{"/data/key", "{{uuid4}}"}});
  ASSERT_EQ(below.size(), 1u);
  EXPECT_EQ(below[0].second.Dump(), R"({"$first":["{{request.body.key}}","{{uuid4}}"]})");
}

TEST(Echo, LeavesWhatIsTheServersAlone) {
  const std::string schema =
      "{properties: {id: {type: string, readOnly: true}, name: {type: string}}}";
  EXPECT_THAT(Echoed(schema, schema, "{id: x, name: y}"),
              ElementsAre(Pair("/name", R"({{request.body.name ?? "y"}})")));
}

TEST(Echo, KeepsBracesOfFallbacksApart) {
  EXPECT_THAT(Echoed("{properties: {a: {type: object}}}", "{properties: {a: {type: object}}}",
                     "{a: {b: 1}}"),
              ElementsAre(Pair("/a", R"({{request.body.a ?? {"b":1} }})")));
}

TEST(Echo, ShowsOnlyWhatIsGoodInTheAnswer) {
  const auto is_shown = [](const std::string& sent, const std::string& shown) {
    return !Echoed("{properties: {a: " + sent + "}}", "{properties: {a: " + shown + "}}", "{a: x}")
                .empty();
  };
  EXPECT_TRUE(is_shown("{type: string}", "{type: string}"));
  EXPECT_TRUE(is_shown("{type: string, maxLength: 3}", "{type: string}")) << "it is narrower";
  EXPECT_TRUE(is_shown("{type: string, enum: [a]}", "{type: string, enum: [a], title: T}"));
  EXPECT_TRUE(is_shown("{type: string}", "{type: string, x-note: 1, description: d}"));
  EXPECT_TRUE(
      is_shown("{$ref: '#/components/schemas/Name'}", "{$ref: '#/components/schemas/Name'}"));
  EXPECT_FALSE(is_shown("{type: string}", "{type: string, maxLength: 3}")) << "it is wider";
  EXPECT_FALSE(is_shown("{type: string}", "{type: string, format: uuid}"));
  EXPECT_FALSE(is_shown("{type: string}", "{type: integer}"));
  EXPECT_FALSE(is_shown("{}", "{}")) << "of any type";
  EXPECT_FALSE(is_shown("{$ref: '#/components/schemas/No'}", "{type: string}"));
  EXPECT_FALSE(
      is_shown("{$ref: '#/components/schemas/Name'}", "{$ref: '#/components/schemas/Count'}"));
}

TEST(Echo, ShowsWhatMayBeNullOrOneOfSeveral) {
  const auto is_shown = [](const std::string& sent, const std::string& shown) {
    return !Echoed("{properties: {a: " + sent + "}}", "{properties: {a: " + shown + "}}", "{a: x}")
                .empty();
  };
  for (const std::string same :
       {"{type: [string, 'null']}", "{anyOf: [{type: string}, {type: 'null'}]}", "{enum: [a, b]}",
        "{oneOf: [{type: string}, {type: integer}]}",
        "{allOf: [{$ref: '#/components/schemas/Name'}], description: d}"}) {
    EXPECT_TRUE(is_shown(same, same)) << same;
  }
  EXPECT_TRUE(is_shown("{type: string}", "{type: [string, 'null']}"));
  EXPECT_TRUE(is_shown("{type: [string, 'null']}", "{type: string}")) << "null shows the answer's";
  EXPECT_TRUE(is_shown("{anyOf: [{type: string}, {type: 'null'}]}", "{type: string}"));
  EXPECT_TRUE(is_shown("{type: string}", "{anyOf: [{type: 'null'}, {type: string}]}"));
  EXPECT_TRUE(is_shown("{enum: [a]}", "{enum: [a, b, null]}"));
  EXPECT_TRUE(is_shown("{const: a}", "{enum: [a, b]}"));
  EXPECT_FALSE(is_shown("{enum: [a, c]}", "{enum: [a, b]}"));
  EXPECT_FALSE(is_shown("{type: [string, integer]}", "{type: [string, 'null']}"));
  EXPECT_FALSE(is_shown("{anyOf: [{type: string}, {type: integer}]}", "{type: string}"));
  EXPECT_FALSE(is_shown("{type: string}", "{oneOf: [{type: string, minLength: 2}, {const: a}]}"));
  EXPECT_FALSE(is_shown("{type: string}", "{type: string, anyOf: [{type: string}]}"));
  EXPECT_FALSE(is_shown("{type: ['null']}", "{type: string}"));
}

TEST(Echo, ShowsMembersOfEachPartAndEachChoice) {
  const std::string parts =
      "{allOf: [{properties: {a: {type: string}}}, {properties: {b: {type: integer}}}]}";
  EXPECT_THAT(Echoed(parts, parts, "{a: x, b: 1}"),
              ElementsAre(Pair("/a", R"({{request.body.a ?? "x"}})"),
                          Pair("/b", "{{request.body.b ?? 1}}")));
  const std::string choices =
      "{oneOf: [{properties: {kind: {const: cat}, name: {type: string}, lives: {type: integer}}}, "
      "{properties: {kind: {const: dog}, name: {type: string}}}], discriminator: {propertyName: "
      "kind}}";
  EXPECT_THAT(Echoed(choices, choices, "{kind: cat, name: x, lives: 9}"),
              ElementsAre(Pair("/name", R"({{request.body.name ?? "x"}})")))
      << "what a dog is sent with need not be good for a cat";
}

TEST(Echo, ShowsOnlyWhatIsGoodByEveryChoice) {
  const std::string sent = "{properties: {city: {type: string}, code: {type: string}}}";
  EXPECT_THAT(Echoed(sent,
                     "{oneOf: [{properties: {city: {type: string}, code: {type: string}}}, "
                     "{properties: {city: {type: string, enum: ['']}, code: {type: string}}}]}",
                     "{city: '', code: x}"),
              ElementsAre(Pair("/code", R"({{request.body.code ?? "x"}})")));
  EXPECT_THAT(Echoed(sent, "{anyOf: [{properties: {city: {type: string}}}, {}]}", "{city: x}"),
              IsEmpty());
}

TEST(Echo, ShowsNoMemberThatEitherBodyLacks) {
  const std::string name = "{properties: {name: {type: string}}}";
  EXPECT_THAT(Echoed(name, "{properties: {title: {type: string}}}", "{title: x}"), IsEmpty());
  EXPECT_THAT(Echoed(name, "{}", "{name: x}"), IsEmpty());
  EXPECT_THAT(Echoed(name, name, "{}"), IsEmpty());
  EXPECT_THAT(Echoed(name, name, "[1]"), IsEmpty());
  EXPECT_THAT(Echoed("null", name, "{name: x}"), IsEmpty());
}

TEST(Echo, WritesNoNameThatTemplatesCannotSay) {
  EXPECT_THAT(Echoed("{properties: {a.b: {type: string}, ä: {type: string}, a-b: {type: string}}}",
                     "{properties: {a.b: {type: string}, ä: {type: string}, a-b: {type: string}}}",
                     "{a.b: x, ä: x, a-b: x}"),
              ElementsAre(Pair("/a-b", R"({{request.body.a-b ?? "x"}})")));
}

TEST(Echo, KeepsFallbacksThatLookLikeTemplates) {
  const std::string schema = "{properties: {a: {type: string}}}";
  const auto echoed = Echoed(schema, schema, "{a: 'of {{now}}'}");
  ASSERT_EQ(echoed.size(), 1u);
  EXPECT_EQ(echoed[0].second.Dump(), R"({"$first":["{{request.body.a}}","of {{\"{{\"}}now}}"]})");
}

TEST(Echo, LooksIntoTheOneObjectThatWrapsTheResource) {
  const std::string sent = "{properties: {name: {type: string}}}";
  const std::string shown =
      "{properties: {data: {type: object, properties: {name: {type: string}}}, ok: {}}}";
  EXPECT_THAT(Echoed(sent, shown, "{data: {name: x}, ok: true}"),
              ElementsAre(Pair("/data/name", R"({{request.body.name ?? "x"}})")));
  EXPECT_THAT(Echoed(sent, shown, "{data: {name: x}, more: {}}"), IsEmpty())
      << "which one is meant is not known";
}

TEST(Echo, LooksIntoObjectsThatBothBodiesHave) {
  EXPECT_THAT(
      Echoed("{properties: {user: {type: object, properties: {name: {type: string}, id: {type: "
             "string, readOnly: true}}}}}",
             "{properties: {user: {type: object, required: [id], properties: {id: {type: string}, "
             "name: {type: string}}}, meta: {type: object}}}",
             "{user: {id: x, name: y}, meta: {}}"),
      ElementsAre(Pair("/user/name", R"({{request.body.user.name ?? "y"}})")));
}

TEST(Echo, ShowsThePathWhereTheBodySaysNothing) {
  const std::string schema = "{properties: {id: {type: string}}}";
  const std::string parameters = "[{name: id, in: path, schema: {type: string}}]";
  const auto echoed = Echoed(schema, schema, "{id: x}", parameters);
  ASSERT_EQ(echoed.size(), 1u);
  EXPECT_EQ(echoed[0].second.Dump(),
            R"({"$first":["{{request.body.id}}","{{request.path.id ?? \"x\"}}"]})");
}

TEST(Echo, ShowsTextOfThePath) {
  const std::string shown = "{properties: {id: {type: string}, number: {type: integer}}}";
  EXPECT_THAT(Echoed("null", shown, "{id: x, number: 1}",
                     "[{name: id, in: path, schema: {type: string}}, {name: number, in: path, "
                     "schema: {type: integer}}]"),
              ElementsAre(Pair("/id", R"({{request.path.id ?? "x"}})")));
  EXPECT_THAT(Echoed("null", shown, "{id: x}", "[{name: id, in: query, schema: {type: string}}]"),
              IsEmpty());
  EXPECT_THAT(Echoed("null", shown, "{id: x}", "[{name: id, in: path}]"), IsEmpty());
}

}  // namespace
}  // namespace mockduit
