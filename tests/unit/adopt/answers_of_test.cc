#include "adopt/answers_of.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/adopt/documents.h"

namespace mockduit {
namespace {

using ::testing::_;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

OperationAnswers Answers(const std::string& responses, const Demands& demands = {}) {
  const Json root = DocumentWith("{Error: {type: object, properties: {code: {type: integer}}}}");
  WholeDocument references(root);
  ErrorModel errors(references);
  return AnswersOf(FromYaml("{responses: " + responses + "}"), "Acme 1, GET /a", demands, {},
                   errors, references);
}

std::vector<std::string> Statuses(const OperationAnswers& answers) {
  std::vector<std::string> statuses;
  for (const auto& [status, answer] : *answers.responses.IfObject()) statuses.push_back(status);
  return statuses;
}

std::string SourceOf(const OperationAnswers& answers, std::string_view status) {
  const Json& block = answers.responses.Get(status).Get("x-mockduit");
  return std::string(block.Get(block.Find("source") != nullptr ? "source" : "inferred").AsString());
}

std::string OutcomeOf(const OperationAnswers& answers, std::string_view status) {
  return std::string(answers.responses.Get(status).Get("x-mockduit").Get("outcome").AsString());
}

TEST(AnswersOf, HasTheSourceOfEachDocumentedAnswer) {
  const auto answers = Answers("{'404': {description: Gone}, '201': {description: Made}}");
  EXPECT_EQ(SourceOf(answers, "201"), "Acme 1, GET /a, response 201");
  EXPECT_EQ(SourceOf(answers, "404"), "Acme 1, GET /a, response 404");
  EXPECT_EQ(OutcomeOf(answers, "201"), "success");
  EXPECT_EQ(OutcomeOf(answers, "404"), "not_found");
  EXPECT_EQ(answers.responses.Get("404").Get("description").AsString(), "Gone");
  EXPECT_THAT(answers.notes, IsEmpty());
}

TEST(AnswersOf, HasWhatEveryApiHas) {
  EXPECT_THAT(Statuses(Answers("{'200': {}}")), ElementsAre("200", "400", "429", "500", "503"));
  EXPECT_THAT(Statuses(Answers("{'200': {}}", {.credentials = true})),
              ElementsAre("200", "400", "401", "403", "429", "500", "503"));
  EXPECT_THAT(Statuses(Answers("{'200': {}}", {.body = true})),
              ElementsAre("200", "400", "415", "429", "500", "503"));
  EXPECT_THAT(Statuses(Answers("{'200': {}}", {.resource = true})),
              ElementsAre("200", "400", "404", "429", "500", "503"));
  EXPECT_THAT(SourceOf(Answers("{'200': {}}"), "429"), HasSubstr("every API has its limits"));
}

TEST(AnswersOf, BeginsWithASuccess) {
  EXPECT_EQ(Statuses(Answers("{'404': {}, '202': {}, '200': {}}")).front(), "200");
  EXPECT_EQ(Statuses(Answers("{'404': {}, '302': {}}")).front(), "302");
  EXPECT_EQ(Statuses(Answers("{'418': {}, '400': {}}")),
            (std::vector<std::string>{"200", "400", "429", "500", "503", "418"}))
      << "the usual answer of a kind comes before others of its kind";
}

TEST(AnswersOf, InfersASuccessWhereThereIsNone) {
  for (const char* responses : {"{}", "{'404': {}}", "null", "[]"}) {
    const auto answers = Answers(responses);
    EXPECT_EQ(SourceOf(answers, "200"), "the document lists no success") << responses;
    EXPECT_EQ(OutcomeOf(answers, "200"), "success");
  }
}

TEST(AnswersOf, ReadsRanges) {
  const auto answers = Answers("{2XX: {}, 4xx: {}, 5XX: {}}");
  EXPECT_THAT(Statuses(answers),
              ElementsAre("200", "400", "401", "403", "404", "409", "422", "429", "500", "503"));
  EXPECT_EQ(SourceOf(answers, "409"), "Acme 1, GET /a, response 4xx");
  EXPECT_EQ(SourceOf(answers, "503"), "Acme 1, GET /a, response 5XX");
  EXPECT_EQ(SourceOf(answers, "200"), "Acme 1, GET /a, response 2XX (that it is 200 is inferred)");
  EXPECT_THAT(Statuses(Answers("{2XX: {}, 3XX: {}}")), ElementsAre("200", "302", "400", _, _, _));
  EXPECT_EQ(Statuses(Answers("{2XX: {}, '303': {}, 3XX: {}}")).at(1), "303");
}

TEST(AnswersOf, PrefersTheStatusToItsRange) {
  const auto answers = Answers("{4XX: {description: any}, '404': {description: own}, '200': {}}");
  EXPECT_EQ(answers.responses.Get("404").Get("description").AsString(), "own");
  EXPECT_EQ(answers.responses.Get("409").Get("description").AsString(), "any");
}

TEST(AnswersOf, ReadsTheDefaultForWhatIsNotListed) {
  const auto answers = Answers("{'200': {}, default: {description: any}}");
  EXPECT_EQ(answers.responses.Get("200").Get("description").AsString(), "");
  EXPECT_EQ(SourceOf(answers, "500"), "Acme 1, GET /a, response default");
  EXPECT_EQ(SourceOf(answers, "404"), "Acme 1, GET /a, response default");
  EXPECT_EQ(SourceOf(Answers("{default: {}}"), "200"), "Acme 1, GET /a, response default");
  EXPECT_EQ(SourceOf(Answers("{default: {}, '302': {}}"), "302"), "Acme 1, GET /a, response 302");
  EXPECT_EQ(Answers("{default: {}, '302': {}}").responses.Find("200"), nullptr);
}

TEST(AnswersOf, LetsOneAnswerStandForItsStatusThoughDefaultComesFirst) {
  const auto answers = Answers("{default: {description: any}, 4XX: {description: four}}");
  EXPECT_EQ(answers.responses.Get("500").Get("description").AsString(), "any");
  EXPECT_EQ(answers.responses.Get("404").Get("description").AsString(), "four");
}

TEST(AnswersOf, TellsOfAnswersThatItCannotRead) {
  const auto lost = Answers("{'200': {}, '403': {$ref: '#/no'}}");
  EXPECT_THAT(lost.notes, ElementsAre("403: its $ref leads nowhere"));
  EXPECT_EQ(SourceOf(lost, "403"), "Acme 1, GET /a, response 403") << "that it is there is known";
  for (const char* key : {"'700'", "'42'", "ok", "6XX", "''"}) {
    EXPECT_THAT(Answers("{'200': {}, " + std::string(key) + ": {}}").notes,
                ElementsAre(HasSubstr("is no status")))
        << key;
  }
}

TEST(AnswersOf, LeavesOutAnswersThatComeBeforeTheLastOne) {
  const auto answers = Answers("{'100': {}, 1XX: {}, '200': {}}");
  EXPECT_EQ(answers.responses.Find("100"), nullptr);
  EXPECT_THAT(answers.notes,
              ElementsAre("100: this comes before the answer proper; it is not sent",
                          "1XX: this comes before the answer proper; it is not sent"));
}

TEST(AnswersOf, AlwaysTellsHowLongToWait) {
  const auto wait = [](const std::string& response) {
    const auto answers = Answers("{'200': {}, '429': " + response + "}");
    return answers.responses.Get("429").Get("headers").Get("Retry-After").Get("example").ToText();
  };
  EXPECT_EQ(wait("{}"), "1");
  EXPECT_EQ(wait("{headers: {Retry-After: {schema: {type: integer, example: 7}}}}"), "7");
  EXPECT_EQ(wait("{headers: {Retry-After: {schema: {type: string}}}}"), "1");
  EXPECT_EQ(wait("{headers: {Retry-After: {}}}"), "1");
  EXPECT_EQ(wait("{headers: {Retry-After: {example: 60}}}"), "60");
}

TEST(AnswersOf, SendsTheHeadersOfTheDocument) {
  const auto answers = Answers(
      "{'200': {headers: {X-Count: {schema: {type: integer}}, X-Page: {example: 'a}}b{{'}, ETag: "
      "{examples: {one: {value: W/1}}}, X-List: {schema: {type: array, items: {}}}, Content-Type: "
      "{schema: {type: string}}, content-length: {schema: {type: integer}}, X-Lost: {$ref: "
      "'#/no'}}}}");
  const Json& headers = answers.responses.Get("200").Get("headers");
  EXPECT_EQ(headers.Get("X-Count").Get("example").ToText(), "1");
  EXPECT_EQ(headers.Get("ETag").Get("example").ToText(), "W/1");
  EXPECT_NE(headers.Find("X-Page"), nullptr);
  for (const char* name : {"X-List", "Content-Type", "content-length", "X-Lost"}) {
    EXPECT_EQ(headers.Find(name), nullptr) << name;
  }
}

TEST(AnswersOf, SendsHeadersOfListsAndMaps) {
  const auto answers = Answers(
      "{'200': {headers: {X-List: {schema: {type: array, items: {type: integer, example: 7}, "
      "minItems: 2}}, X-Map: {schema: {type: object, properties: {a: {example: 1}, b: {example: "
      "x}}}}, X-Parts: {explode: true, example: {a: 1, b: x}}, X-Json: {content: "
      "{application/json: "
      "{schema: {type: array, items: {type: boolean}}}}}, X-Deep: {schema: {type: array, items: "
      "{type: object}}}, 'X A': {example: 1}}}}");
  const Json& headers = answers.responses.Get("200").Get("headers");
  EXPECT_EQ(headers.Get("X-List").Get("example").ToText(), "7,7");
  EXPECT_EQ(headers.Get("X-Map").Get("example").ToText(), "a,1,b,x");
  EXPECT_EQ(headers.Get("X-Parts").Get("example").ToText(), "a=1,b=x");
  EXPECT_EQ(headers.Get("X-Json").Get("example").ToText(), "[true]");
  EXPECT_EQ(headers.IfObject()->size(), 4u);
  EXPECT_THAT(answers.notes,
              ElementsAre("200: the header 'X-Deep' has nothing that can be written in one; it is "
                          "left out",
                          "200: 'X A' is no name of a header; it is left out"));
}

TEST(AnswersOf, HasNewIdsAndTimesInHeaders) {
  const auto answers = Answers(
      "{'200': {headers: {X-Request-Id: {schema: {type: string, format: uuid}}, X-Seen: {schema: "
      "{type: array, items: {type: string, format: date-time}}}, X-Old: {schema: {type: string, "
      "format: uuid}, example: 'a {{b'}}}}");
  const Json& headers = answers.responses.Get("200").Get("headers");
  EXPECT_EQ(headers.Get("X-Request-Id").Get("example").ToText(), "{{uuid4}}");
  EXPECT_EQ(headers.Get("X-Seen").Get("example").ToText(), "{{now.seconds}}");
  EXPECT_EQ(headers.Get("X-Old").Get("example").ToText(), R"(a {{"{{"}}b)");
}

TEST(AnswersOf, SendsNoHeaderThatBreaksItsLine) {
  const auto answers = Answers(R"({'200': {headers: {X-A: {example: "a\r\nX-B: b"}}}})");
  const std::string value =
      answers.responses.Get("200").Get("headers").Get("X-A").Get("example").ToText();
  EXPECT_EQ(value.find_first_of("\r\n"), std::string::npos) << value;
}

TEST(AnswersOf, HasABodyOfEachMediaTypeOnlyWhereThereMayBeOne) {
  const auto answers = Answers(
      "{'200': {content: {application/json: {schema: {type: integer}}, text/csv: {example: 'a,b'}, "
      "'*/*': {}}}, '204': {content: {application/json: {schema: {type: integer}}}}}");
  const Json& content = answers.responses.Get("200").Get("content");
  EXPECT_EQ(content.Get("text/csv").Get("examples").Get("example").Get("value").AsString(), "a,b");
  EXPECT_EQ(answers.responses.Get("204").Find("content"), nullptr);
  EXPECT_THAT(answers.notes,
              ElementsAre("204: an answer of 204 has no body; its 'content' is left out"));
  EXPECT_NE(content.Find("*/*"), nullptr) << "which type that is, each client says";
}

TEST(AnswersOf, LeavesRangesToWhatEachClientAccepts) {
  const auto answers = Answers(
      "{'200': {content: {'image/*': {schema: {type: string}}, 'multipart/*': {schema: {type: "
      "object, properties: {a: {const: 1}}}}}}}");
  const Json& content = answers.responses.Get("200").Get("content");
  EXPECT_EQ(content.Get("image/*").Get("examples").Get("composed").Get("value").AsString(),
            "example");
  EXPECT_EQ(content.Find("multipart/*"), nullptr) << "parts are sent with what is between them";
  ASSERT_EQ(content.IfObject()->size(), 2u);
  EXPECT_THAT((*content.IfObject())[1].key, HasSubstr("multipart/mixed; boundary="));
}

TEST(AnswersOf, LetsExtensionsBe) {
  const auto answers = Answers("{'200': {}, x-note: {a: 1}, y-note: {}}");
  EXPECT_THAT(answers.notes, ElementsAre("'y-note' is no status; this answer is left out"));
}

TEST(AnswersOf, ChallengesWhereA401IsInferred) {
  const Demands demands{.credentials = true, .challenge = "Bearer"};
  const auto challenge = [&](const std::string& responses) {
    const auto answers = Answers(responses, demands);
    const Json& header = answers.responses.Get("401").Get("headers").Get("WWW-Authenticate");
    return std::string(header.Get("example").AsString());
  };
  EXPECT_EQ(challenge("{'200': {}}"), "Bearer");
  EXPECT_EQ(challenge("{'401': {}}"), "") << "that one is as it is documented";
}

TEST(AnswersOf, PutsABoundaryBetweenParts) {
  const auto answers = Answers(
      "{'200': {content: {multipart/mixed: {schema: {properties: {a: {type: integer}}}}}}}");
  EXPECT_EQ(answers.responses.Get("200").Get("content").IfObject()->front().key,
            "multipart/mixed; boundary=mockduit-part");
}

TEST(AnswersOf, TellsOfExamplesThatBreakTheirSchemaAndShowsThem) {
  const auto answers = Answers(
      "{'200': {content: {application/json: {schema: {type: integer}, examples: {good: {value: 3}, "
      "bad: {value: x}}}}}}");
  EXPECT_THAT(answers.notes,
              ElementsAre("200: the example 'bad' is not what its schema says: body breaks type "
                          "integer"));
  const Json& examples =
      answers.responses.Get("200").Get("content").Get("application/json").Get("examples");
  EXPECT_EQ(examples.Get("bad").Get("value").AsString(), "x");
  EXPECT_EQ(examples.Get("good").Get("value").AsInteger(), 3);
}

TEST(AnswersOf, TellsOfSchemasThatNothingSatisfies) {
  EXPECT_THAT(
      Answers("{'200': {content: {application/json: {schema: {type: integer, enum: [a]}}}}}").notes,
      ElementsAre(HasSubstr("200: no body was found that this schema accepts: body breaks")));
}

TEST(AnswersOf, TellsWhatIsWrongWithARequestAsTheDocumentDoes) {
  EXPECT_EQ(Answers("{'200': {}, '400': {}}").conditions.Dump(), "{}");
  EXPECT_EQ(Answers("{'200': {}, '400': {}, '422': {}}").conditions.Dump(),
            R"({"invalid":"unprocessable"})");
  EXPECT_EQ(Answers("{'200': {}, '422': {}}").conditions.IfObject()->size(), 4u);
}

TEST(AnswersOf, KeepsDocumentedAnswersWhereOthersAreInferred) {
  const auto answers = Answers("{'200': {}, '401': {description: own}, '429': {description: own}}",
                               {.credentials = true});
  EXPECT_EQ(answers.responses.Get("401").Get("description").AsString(), "own");
  EXPECT_EQ(answers.responses.Get("429").Get("description").AsString(), "own");
}

}  // namespace
}  // namespace mockduit
