// What the built-in contracts do not use, by a small contract of our own.
#include <gtest/gtest.h>

#include "unit/engine/own_contract.h"

namespace mockduit {
namespace {

constexpr const char* kSmallContract = R"(
openapi: 3.1.0
x-mockduit:
  vendor: acme
  edition: v1
  conditions: {bad_query: bad_request, malformed_body: bad_request, invalid: bad_request}
  wording:
    messages:
      default: "{place} {path} {limit} {value} {reason} {field}"
      pattern: "{Limit} {} is {limit}{"
paths:
  /things:
    get:
      operationId: list_things
      parameters:
        - {name: limit, in: query, schema: {type: integer, minimum: 1}}
        - {name: flag, in: query, schema: {type: boolean}}
        - {name: letter, in: query, schema: {type: string, pattern: "^[a-z]$"}}
        - {name: X-Trace, in: header, required: true, schema: {type: string, minLength: 3}}
      responses:
        "200":
          x-mockduit: {outcome: success, source: s}
          content: {application/json: {examples: {one: {value: {things: [], more: false}}}}}
        "204": {x-mockduit: {outcome: conflict, source: s}, headers: {X-A: {example: 5}}}
        "410": {x-mockduit: {outcome: conflict, status: 410, source: s}}
        "400":
          x-mockduit: {outcome: bad_request, source: s, natural: {why: "{{violations.text}}"}}
          content: {application/json: {examples: {one: {value: {error: bad}}}}}
    put:
      operationId: put_thing
      parameters: [{name: q, in: query}, {name: X-H, in: header}]
      requestBody: {content: {application/json: {schema: {properties: {a: {format: email}}}}}}
      responses:
        "200":
          x-mockduit: {outcome: success, source: s}
          content:
            application/json:
              examples:
                one:
                  x-mockduit:
                    fill:
                      /all: "{{request.body}}"
                      /q: "{{request.query.q}}"
                      /h: "{{request.header.x-h}}"
                      /base: "{{base_url}}"
                      /session: "{{session}}"
                      /unix: "{{now.unix + 1m}}"
                      /millis: "{{now.millis}}"
                  value: {all: 0, q: 0, h: 0, base: 0, session: 0, unix: 0, millis: 0}
        "400":
          x-mockduit: {outcome: bad_request, source: s, natural: {why: "{{violations.text}}"}}
          content: {application/json: {examples: {one: {value: {error: bad}}}}}
  /notes:
    post:
      operationId: create_note
      x-mockduit: {effect: {create: note, id: id, resource: {id: "{{uuid4}}"}}}
      responses: {"201": {x-mockduit: {outcome: success, source: s}}}
)";

class SmallContract : public OwnContractTest {
 protected:
  SmallContract()
      : OwnContractTest({{"f/acme/v1.yaml", kSmallContract}}, "2026-01-15T10:00:00.25Z") {
    scenarios_.Load({{"success.yaml", "{}"}}, catalog_);
  }

  Response Get(const std::string& query, const std::string& trace = "abc") {
    return Send({"GET", "/things", query, {{"X-Trace", trace}}, ""});
  }
  Response Put(const std::string& body) { return Send({"PUT", "/things", "", {}, body}); }
  Response Send(Request request) { return emulator_.Handle(std::move(request)); }
};

TEST_F(SmallContract, PrefersAnyOfSeveralAnswersOfOneOutcomeByItsStatus) {
  for (const int status : {204, 410}) {
    const std::string code = "code=" + std::to_string(status);
    EXPECT_EQ(Send({"GET", "/things", "", {{"X-Trace", "abc"}, {"Prefer", code}}, ""}).status,
              status);
  }
}

TEST_F(SmallContract, OperationWithoutAnEffectAnswersItsExample) {
  EXPECT_EQ(Get("").body, R"({"things":[],"more":false})");
}

TEST_F(SmallContract, WithoutCredentialsLetsEveryoneIn) { EXPECT_EQ(Get("").status, 200); }

TEST_F(SmallContract, HeadIsRoutedAsGet) {
  EXPECT_EQ(Send({"HEAD", "/things", "", {{"X-Trace", "abc"}}, ""}).status, 200);
}

TEST_F(SmallContract, ParametersAreReadAsTheirTypes) {
  EXPECT_EQ(Get("limit=1&flag=true").status, 200);
  EXPECT_EQ(Get("limit=%31&flag=false").status, 200);
}

TEST_F(SmallContract, EveryBadParameterIsTold) {
  EXPECT_EQ(Get("limit=0&flag=yes", "ab").body,
            R"({"error":"bad","why":"query limit 1 0  limit; )"
            R"(query flag boolean yes  flag; header X-Trace 3 ab  X-Trace"})");
  EXPECT_EQ(Send({"GET", "/things", "limit=x", {}, ""}).body,
            R"({"error":"bad","why":"query limit integer x  limit; )"
            R"(header X-Trace X-Trace   X-Trace"})");
}

TEST_F(SmallContract, WordsMayRepeatTheReasonOfAFormat) {
  EXPECT_EQ(Put(R"({"a":"nobody"})").body,
            R"({"error":"bad","why":"body a email nobody it must have an @-sign between two )"
            R"(parts a"})");
}

TEST_F(SmallContract, WordsKeepBracesThatAreNoHole) {
  EXPECT_EQ(Get("letter=A").body, R"({"error":"bad","why":"{Limit} {} is ^[a-z]${"})");
}

TEST_F(SmallContract, AnIdThatIsFreeIsDrawnOnce) {
  const auto draws_for_a_note = [this] {
    const auto draws = [this] {
      return sessions_.Get("default")->Enter()->world().ids().state().draws;
    };
    const std::uint64_t before = draws();
    EXPECT_EQ(Send({"POST", "/notes", "", {}, ""}).status, 201);
    return draws() - before;
  };
  draws_for_a_note();
  EXPECT_EQ(draws_for_a_note(), 2U) << "a UUID is two numbers";
}

TEST_F(SmallContract, AnswerWithoutABodyHasNoContentType) {
  const Response response =
      Send({"GET", "/things", "", {{"X-Trace", "abc"}, {"Prefer", "code=204"}}, ""});
  EXPECT_EQ(response.status, 204);
  EXPECT_EQ(response.body, "");
  EXPECT_EQ(HeaderLines(response), "X-A: 5\n");
}

TEST_F(SmallContract, ConditionWithoutAnOutcomeIsOurOwn501) {
  const Response response = Send({"DELETE", "/things", "", {}, ""});
  EXPECT_EQ(response.status, 501);
  EXPECT_EQ(Json::Parse(response.body)->Find("detail")->AsString(),
            "f/acme/v1.yaml names no outcome for the condition 'unknown_method'");
}

TEST_F(SmallContract, HolesAreFilledFromTheCall) {
  EXPECT_EQ(Send({"PUT",
                  "/@mine/acme/things",
                  "q=a%20b",
                  {{"X-H", "h"}, {"Host", "host:1"}},
                  R"({"b":[1,{"c":null}]})"})
                .body,
            R"({"all":{"b":[1,{"c":null}]},"q":"a b","h":"h","base":"http://host:1/@mine/acme",)"
            R"("session":"mine","unix":1768471260,"millis":"2026-01-15T10:00:00.250Z"})");
}

}  // namespace
}  // namespace mockduit
