// What contracts say of requests, and of answers by ranges of statuses and by media types: each
// mistake with its place and the nearest word.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "contract/read/openapi.h"
#include "unit/contract/acme.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kRequests = R"(openapi: 3.1.0
x-mockduit:
  vendor: acme
  edition: v1
  requests: {repeated: last, other_types: text, json_types: listed, json_encoding: any}
  conditions: {bad_query: bad_request, bad_path: bad_request, malformed_body: bad_request, invalid: bad_request}
paths:
  "/w/{a}-{b}":
    post:
      operationId: post
      parameters:
        - {name: a, in: path, required: true, style: label, schema: {type: integer}}
        - {name: q, in: query, style: deepObject, schema: {type: object}}
        - {name: j, in: query, content: {application/json: {schema: {type: object}}}}
        - {name: s, in: query, schema: {type: string}}
      requestBody:
        content:
          application/x-www-form-urlencoded:
            schema: {type: object, properties: {list: {type: array, items: {type: string}}}}
            encoding: {list: {style: pipeDelimited, explode: false}}
      responses:
        "200": {x-mockduit: {outcome: success, source: s}}
        4XX: {x-mockduit: {outcome: bad_request, source: s}}
        default: {x-mockduit: {outcome: server_error, source: s}}
)";

std::unique_ptr<const Contract> ContractFrom(const std::string& text) {
  auto contract = ReadContract(*ReadYaml("v1.yaml", text));
  EXPECT_TRUE(contract) << (contract ? "" : contract.error().front().Text());
  return contract ? std::move(*contract) : nullptr;
}

std::vector<std::string> ProblemsOf(const std::string& text) {
  const auto contract = ReadContract(*ReadYaml("v1.yaml", text));
  return contract ? std::vector<std::string>() : Texts(contract.error());
}

std::vector<int> StatusesOf(const std::string& text) {
  std::vector<int> statuses;
  const auto contract = ContractFrom(text);
  for (const Outcome& outcome : contract->operations.front()->outcomes()) {
    statuses.push_back(outcome.status);
  }
  return statuses;
}

TEST(RequestReader, ReadsHowValuesAreWritten) {
  const auto contract = ContractFrom(std::string(kRequests));
  const auto& parameters = contract->operations.front()->parameters();
  EXPECT_EQ(parameters[0].writing->style, ParameterStyle::kLabel);
  EXPECT_EQ(parameters[1].writing->style, ParameterStyle::kDeepObject);
  EXPECT_TRUE(parameters[2].writing->json);
  EXPECT_NE(parameters[2].schema, nullptr);
  EXPECT_EQ(parameters[3].writing, nullptr) << "a text is what it is";
  const BodyType& body = contract->operations.front()->bodies().front();
  EXPECT_EQ(body.kind, BodyKind::kForm);
  ASSERT_EQ(body.writings.size(), 1u);
  EXPECT_EQ(body.writings.front().second.style, ParameterStyle::kPipeDelimited);
  EXPECT_FALSE(body.writings.front().second.explode);
  EXPECT_TRUE(contract->requests.last_counts);
  EXPECT_TRUE(contract->requests.other_types_as_text);
  EXPECT_TRUE(contract->requests.only_listed_json);
  EXPECT_TRUE(contract->requests.any_unicode);
}

TEST(RequestReader, TakesApplicationJsonForAllThatIsJsonUnlessItIsThatAlone) {
  std::string text(kRequests);
  text.replace(text.find("application/x-www-form-urlencoded"),
               std::string_view("application/x-www-form-urlencoded").size(), "application/json");
  const auto takes = [](const std::string& contract, std::string_view type) {
    return ContractFrom(contract)->operations.front()->FindBody(type) != nullptr;
  };
  EXPECT_TRUE(takes(text, "application/json; charset=utf-8"));
  EXPECT_TRUE(takes(text, ""));
  EXPECT_FALSE(takes(text, "application/x+json"));
  EXPECT_FALSE(takes(text, "text/json"));
  text.replace(text.find("json_types: listed"), 18, "json_types: all");
  EXPECT_TRUE(takes(text, "application/x+json"));
  EXPECT_TRUE(takes(text, "text/json"));
  EXPECT_FALSE(takes(text, "text/plain"));
  text.replace(text.find("json_types: all"), 15, "json_types: application");
  EXPECT_TRUE(takes(text, "Application/x+json"));
  EXPECT_FALSE(takes(text, "text/json"));
  EXPECT_FALSE(takes(text, "image/x+json"));
}

TEST(RequestReader, KnowsWhichBodiesAreObjectsAlone) {
  const std::pair<std::string_view, bool> kSchemas[] = {
      {"{type: object}", true},
      {"{properties: {a: {}}}", true},
      {"{allOf: [{}, {type: object}]}", true},
      {"{anyOf: [{type: object}, {required: [a]}]}", true},
      {"{anyOf: [{type: object}, {type: array}]}", false},
      {"{type: [object, \"null\"]}", false},
      {"{type: object, nullable: true}", false},
      {"{type: array}", false},
      {"{}", false},
  };
  for (const auto& [schema, only] : kSchemas) {
    std::string text = Replaced(kRequests, "application/x-www-form-urlencoded", "application/json");
    text = Replaced(text, "            encoding: {list: {style: pipeDelimited, explode: false}}\n",
                    "");
    text = Replaced(
        text, "{type: object, properties: {list: {type: array, items: {type: string}}}}", schema);
    EXPECT_EQ(ContractFrom(text)->operations.front()->bodies().front().only_objects, only)
        << schema;
  }
}

TEST(RequestReader, GivesARangeTheUsualStatusOfItsOutcome) {
  EXPECT_THAT(StatusesOf(std::string(kRequests)), ElementsAre(200, 400, 500));
  EXPECT_THAT(StatusesOf(Replaced(kRequests, "\"200\"", "2XX")), ElementsAre(200, 400, 500));
  EXPECT_THAT(StatusesOf(Replaced(kRequests, "bad_request, source: s}}\n",
                                  "bad_request, status: 418, source: s}}\n")),
              ElementsAre(200, 418, 500));
  EXPECT_THAT(
      StatusesOf(Replaced(kRequests, "        4XX:",
                          "        \"400\": {x-mockduit: {outcome: bad_request, source: s}}\n"
                          "        4XX:")),
      ElementsAre(200, 400, 500))
      << "400 itself comes before the range";
  EXPECT_THAT(StatusesOf(Replaced(kRequests, "        default:",
                                  "        5XX: {x-mockduit: {outcome: server_error, source: s}}\n"
                                  "        default:")),
              ElementsAre(200, 400, 500))
      << "a range comes before all others";
}

TEST(RequestReader, TellsEachMistakeWithItsPlace) {
  const struct {
    std::string_view old, fresh, problem;
  } kMistakes[] = {
      {"repeated: last", "repeated: lats",
       "v1.yaml:5:24: 'repeated' is first or last; did you mean 'last'?"},
      {"repeated: last", "repeatet: last",
       "v1.yaml:5:14: 'repeatet' is no key of requests; did you mean 'repeated'?"},
      {"style: deepObject", "style: depObject",
       "v1.yaml:13:39: 'depObject' is no style of what stands in a query; did you mean "
       "'deepObject'?"},
      {"style: label", "style: form",
       "v1.yaml:12:54: 'form' is no style of what stands in a path; it is simple, label or matrix"},
      {"content: {application/json: {schema: {type: object}}}", "content: {}",
       "v1.yaml:14:41: the 'content' of a parameter is of one type"},
      {"content: {application/json: {", "content: {json: {",
       "v1.yaml:14:42: 'json' is no media type"},
      {"  application/x-www-form-urlencoded:", "  application/x-www-form-urlencode:",
       "v1.yaml:18:11: 'application/x-www-form-urlencode' is no media type that is known; did you "
       "mean 'application/x-www-form-urlencoded'?"},
      {"encoding: {list:", "encoding: {lsit:",
       "v1.yaml:20:24: no property of this form is called 'lsit'; did you mean 'list'?"},
      {"explode: false}}", "explod: false}}",
       "v1.yaml:20:53: 'explod' is no key of an encoding; did you mean 'explode'?"},
      {"4XX:", "4xx:", "v1.yaml:23:9: '4xx' is no status between 200 and 599; did you mean '4XX'?"},
      {"default: {x", "defualt: {x",
       "v1.yaml:24:9: 'defualt' is no status between 200 and 599; did you mean 'default'?"},
      {"4XX: {x-mockduit: {outcome: bad_request,", "4XX: {x-mockduit: {outcome: server_error,",
       "v1.yaml:23:37: the status of this outcome, 500, is none of '4XX'"},
      {"{outcome: server_error, source: s}", "{source: s}",
       "v1.yaml:24:9: 'default' needs an 'x-mockduit' block that names its outcome, whose status "
       "it "
       "then has"},
      {"outcome: server_error", "outcome: server_eror",
       "v1.yaml:24:41: 'server_eror' is no outcome; did you mean 'server_error'?"},
  };
  for (const auto& mistake : kMistakes) {
    EXPECT_THAT(ProblemsOf(Replaced(kRequests, mistake.old, mistake.fresh)),
                testing::Contains(std::string(mistake.problem)))
        << mistake.fresh;
  }
}

TEST(RequestReader, TellsOfATypeThatNearlyIsOneAndOfNoOther) {
  const auto problems = [](const std::string& type) {
    return ProblemsOf(Replaced(kRequests, "4XX: {x-mockduit: {outcome: bad_request, source: s}}",
                               "4XX: {x-mockduit: {outcome: bad_request, source: s}, content: {" +
                                   type + ": {examples: {a: {value: x}}}}}"));
  };
  EXPECT_THAT(
      problems("application/jsn"),
      ElementsAre("v1.yaml:23:72: 'application/jsn' is no media type that is known; did you "
                  "mean 'application/json'?"));
  for (const char* type : {"application/zip", "application/pdf", "application/jsonl", "text/csv",
                           "application/vnd.acme+json", "\"*/*\"", "image/png"}) {
    EXPECT_THAT(problems(type), IsEmpty()) << type;
  }
}

}  // namespace
}  // namespace mockduit
