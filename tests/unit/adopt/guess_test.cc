// What is guessed of a document's operations: which of them keep something, and how lists tell of
// their next page.
#include "adopt/guess.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/adopt/documents.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// `list` is what GET /boxes answers; `shown` what GET /boxes/{id} does.
Guess GuessBoxes(const std::string& list, const std::string& shown = "*box") {
  const auto answer = [](const std::string& status, const std::string& schema) {
    return "responses: {'" + status + "': {content: {application/json: {schema: " + schema + "}}}}";
  };
  return GuessOverlay(FromYaml(
      "box: &box {type: object, additionalProperties: false, required: [id, size], properties: "
      "{id: {type: string}, size: {type: integer}}}\n"
      "openapi: 3.1.0\n"
      "paths:\n"
      "  /boxes:\n"
      "    post: {requestBody: {content: {application/json: {schema: {type: object, properties: "
      "{size: {type: integer}}}}}}, " +
      answer("201", "*box") +
      "}\n"
      "    get: {parameters: [{name: limit, in: query}, {name: cursor, in: query}], " +
      answer("200", list) +
      "}\n"
      "  /boxes/{id}:\n"
      "    get: {" +
      answer("200", shown) + "}\n"));
}

// What the answer of GET /boxes is given of its page.
Json PageOf(const std::string& members) {
  const Guess guess = GuessBoxes(
      "{type: object, required: [items, must], properties: {items: {type: array, items: *box}, " +
      members + "}}");
  EXPECT_THAT(guess.made, ElementsAre("box: POST /boxes, GET /boxes/{id}, GET /boxes"));
  return guess.overlay.Get("paths")
      .Get("/boxes")
      .Get("get")
      .Get("responses")
      .Get("200")
      .Get("x-mockduit");
}

TEST(Guess, LeavesTheNextPageOutOfTheLast) {
  const Json page = PageOf("next_cursor: {type: string}");
  EXPECT_EQ(page.Get("fill").Dump(), R"({"/items":"{{result.items}}"})");
  EXPECT_EQ(page.Get("natural").Dump(), R"({"next_cursor":"{{result.next_cursor ?? omit}}"})");
  EXPECT_EQ(
      PageOf("meta: {type: object, properties: {next: {type: string}}}").Get("natural").Dump(),
      R"({"meta":{"next":"{{result.next_cursor ?? omit}}"}})");
}

TEST(Guess, HasNullForTheNextPageWhereItMayBe) {
  for (const char* next :
       {"{type: [string, 'null']}", "{anyOf: [{type: string}, {type: 'null'}]}"}) {
    const Json page = PageOf(std::string("next_cursor: ") + next);
    EXPECT_EQ(page.Get("fill").Get("/next_cursor").AsString(), "{{result.next_cursor}}") << next;
    EXPECT_EQ(page.Find("natural"), nullptr);
  }
}

TEST(Guess, KeepsTheNextPageThatMustBeThere) {
  EXPECT_EQ(PageOf("must: {type: object, required: [next], properties: {next: {type: string}}}")
                .Get("fill")
                .Get("/must/next")
                .AsString(),
            "{{result.next_cursor}}");
}

// As allOf does of parts that let no other members be.
TEST(Guess, TakesTheWordOfThePostWhereNoValueIsGoodByTheGet) {
  const std::string list = "{type: array, items: *box}";
  const Guess guess = GuessBoxes(
      list,
      "{allOf: [*box, {type: object, additionalProperties: false, properties: {url: {type: "
      "string}}}]}");
  EXPECT_THAT(guess.passed, IsEmpty());
  EXPECT_THAT(guess.made, ElementsAre("box: POST /boxes, GET /boxes/{id}, GET /boxes"));
}

TEST(Guess, PassesOverWhatNoValueIsGoodFor) {
  const Guess guess = GuessOverlay(FromYaml(
      "box: &box {type: object, required: [id], properties: {id: {type: string, minLength: 2, "
      "maxLength: 1}}}\n"
      "openapi: 3.1.0\n"
      "paths:\n"
      "  /boxes: {post: {responses: {'200': {content: {application/json: {schema: *box}}}}}}\n"
      "  /boxes/{id}: {get: {responses: {'200': {content: {application/json: {schema: "
      "*box}}}}}}\n"));
  EXPECT_THAT(guess.made, IsEmpty());
  EXPECT_THAT(guess.passed, ElementsAre("POST /boxes and GET /boxes/{id}: body.id breaks maxLength "
                                        "1"));
}

}  // namespace
}  // namespace mockduit
