// Parameters that are more than a scalar, and names that come several times.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/engine/own_contract.h"

namespace mockduit {
namespace {

std::string ParametersContract(const std::string& requests) {
  return R"(
openapi: 3.1.0
x-mockduit:
  vendor: acme
  edition: v1
  requests: )" +
         requests + R"(
  conditions: {bad_query: bad_request, bad_path: bad_request, malformed_body: bad_request,
               undecodable: conflict, invalid: unprocessable}
  wording: {messages: {default: "{place} {path} {limit}", object: object}}
paths:
  "/p/{list}":
    get:
      operationId: get
      parameters:
        - {name: list, in: path, required: true, schema: {type: array, items: {type: integer}}}
        - {name: q, in: query, schema: {type: array, items: {type: integer}}}
        - {name: filter, in: query, style: deepObject, schema: {type: object, properties: {a: {type: integer}}}}
        - {name: n, in: query, schema: {type: number}}
        - {name: e, in: query, allowEmptyValue: true, schema: {type: integer}}
        - {name: j, in: query, content: {application/json: {schema: {type: object}}}}
        - {name: s, in: query, schema: {type: string, maxLength: 2}}
        - {name: ck, in: cookie, schema: {type: integer}}
        - {name: X-L, in: header, schema: {type: array, items: {type: integer}}}
        - {name: Prefer, in: header, schema: {type: string, enum: [respond-async]}}
      responses:
        "200":
          x-mockduit:
            outcome: success
            source: s
            fill: {/q: "{{request.query.q}}", /a: "{{request.query.filter.a}}", /s: "{{request.query.s}}",
                   /all: "{{request.query_list.s}}", /heads: "{{request.header_list.x-l}}",
                   /ck: "{{request.cookie.ck}}", /list: "{{request.path.list}}"}
          content: {application/json: {examples: {one: {value: {q: 0, a: 0, s: 0, all: 0, heads: 0, ck: 0, list: 0}}}}}
        "400":
          x-mockduit: {outcome: bad_request, source: s, natural: {why: "{{violations.text}}"}}
          content: {application/json: {examples: {one: {value: {error: bad}}}}}
  /w:)" + EchoingPost("400: bad_request\n409: conflict\n422: unprocessable");
}

class Parameters : public OwnContractTest {
 protected:
  explicit Parameters(const std::string& requests = "{}")
      : OwnContractTest({{"f/acme/v1.yaml", ParametersContract(requests)}}) {
    scenarios_.Load(
        {{"success.yaml", "{}"},
         {"whole.yaml",
          "rules: [{match: {query: {q: [1, 2]}}, play: [{status: 501, times: forever}]}]"},
         {"has.yaml",
          "rules: [{match: {headers: {X-L: {contains: 2}}}, play: [{status: 501, times: "
          "forever}]}]"},
         {"one.yaml", "rules: [{match: {query: {s: b}}, play: [{status: 501, times: forever}]}]"}},
        catalog_);
  }

  std::string Get(const std::string& query, Headers headers = {},
                  const std::string& path = "/p/1,2") {
    return Answered({"GET", path, query, std::move(headers), ""});
  }
  std::string Why(const std::string& query, Headers headers = {},
                  const std::string& path = "/p/1") {
    const std::string got = Get(query, std::move(headers), path);
    const auto json = Json::Parse(got.substr(4));
    return json ? std::string(json->Get("why").AsString("good")) : got;
  }
  std::string Post(const std::string& body, const std::string& type) {
    return Answered({"POST", "/w", "", {{"Content-Type", type}}, body});
  }
};

class LastCounts : public Parameters {
 protected:
  LastCounts() : Parameters("{repeated: last, other_types: text, json_encoding: any}") {}
};

TEST_F(Parameters, AreReadAsTheyAreWritten) {
  EXPECT_EQ(Get("q=1&q=2&filter[a]=3&s=x", {{"Cookie", "a=1; ck=7"}, {"X-L", "1"}, {"X-L", "2"}}),
            R"(200 {"q":[1,2],"a":3,"s":"x","all":["x"],"heads":["1","2"],"ck":"7","list":"1,2"})");
  EXPECT_EQ(Get(""), R"(200 {"q":null,"a":null,"s":null,"all":null,"heads":null,"ck":null,)"
                     R"("list":"1,2"})");
  EXPECT_EQ(Why("q=1&q=x"), "query q.1 integer");
  EXPECT_EQ(Why("filter[a]=x"), "query filter.a integer");
  EXPECT_EQ(Why("n=1e1"), "good");
  EXPECT_EQ(Why("n=1e"), "query n number");
  EXPECT_EQ(Why("e="), "good");
  EXPECT_EQ(Why("e"), "good");
  EXPECT_EQ(Why("e=x"), "query e integer");
  EXPECT_EQ(Why("j=%7B%7D"), "good");
  EXPECT_EQ(Why("j=%5B%5D"), "query j object");
  EXPECT_EQ(Why("j=x"), "query j object");
  EXPECT_EQ(Why("", {{"Cookie", "ck=x"}}), "cookie ck integer");
  EXPECT_EQ(Why("", {{"X-L", "1, 2"}}), "good");
  EXPECT_EQ(Why("", {{"X-L", "1, x"}}), "header X-L.1 integer");
  EXPECT_EQ(Why("", {}, "/p/1,x"), "path list.1 integer");
}

TEST_F(Parameters, WhatOfPreferIsOursIsNoneOfTheVendors) {
  EXPECT_EQ(Why("", {{"Prefer", "respond-async"}}), "good");
  EXPECT_EQ(Why("", {{"Prefer", "wait=5"}}), R"(header Prefer ["respond-async"])");
  EXPECT_EQ(Why("", {{"Prefer", "code=200"}}), "good");
  EXPECT_EQ(Why("", {{"Prefer", "code=200, example=one"}}), "good");
  EXPECT_EQ(Why("", {{"Prefer", "respond-async; code=200"}}), "good");
  EXPECT_EQ(Why("", {{"Prefer", "code=400"}, {"Prefer", "respond-async"}}), "good");
  EXPECT_THAT(Get("", {{"Prefer", "respond-async"}, {"Prefer", "code=400"}}),
              ::testing::StartsWith("400"))
      << "of several fields each counts";
  EXPECT_EQ(Why("", {{"Prefer", "Code=200, wait=5"}}), R"(header Prefer ["respond-async"])");
}

TEST_F(Parameters, OfARepeatedScalarTheFirstCounts) {
  EXPECT_EQ(Why("s=ab&s=abc"), "good");
  EXPECT_EQ(Why("s=abc&s=ab"), "query s 2");
  EXPECT_THAT(Get("s=a&s=b"), ::testing::HasSubstr(R"("s":"a","all":["a","b"])"));
}

TEST_F(LastCounts, OrTheLastByTheVendorsWord) {
  EXPECT_EQ(Why("s=ab&s=abc"), "query s 2");
  EXPECT_EQ(Why("s=abc&s=ab"), "good");
  EXPECT_THAT(Get("s=a&s=b"), ::testing::HasSubstr(R"("s":"b","all":["a","b"])"));
  EXPECT_THAT(Get("s=a&s=b", {}, "/~one/p/1"), ::testing::StartsWith("501"));
}

TEST_F(Parameters, AMatcherSeesAllValuesWhereItIsOfAList) {
  const auto met = [&](const std::string& scenario, const std::string& query,
                       Headers headers = {}) {
    return Get(query, std::move(headers), "/~" + scenario + "/p/1").starts_with("501");
  };
  EXPECT_TRUE(met("whole", "q=1&q=2"));
  EXPECT_FALSE(met("whole", "q=2&q=1"));
  EXPECT_FALSE(met("whole", "q=1"));
  EXPECT_TRUE(met("has", "", {{"X-L", "1"}, {"X-L", "2"}}));
  EXPECT_FALSE(met("has", "", {{"X-L", "1"}, {"X-L", "22"}}));
  EXPECT_TRUE(met("has", "", {{"X-L", "22"}})) << "a text alone has the text in it";
  EXPECT_FALSE(met("one", "s=a&s=b"));
}

TEST_F(Parameters, ABodyOfAnotherTypeIsReadAsJson) {
  EXPECT_EQ(Post("{}", "text/plain"), "200 {}");
  EXPECT_EQ(Post("{\xFF}", "application/json"), "409 ") << "it cannot be read";
  EXPECT_EQ(Post("{", "application/json"), "400 ");
}

TEST_F(LastCounts, ABodyOfAnotherTypeIsATextByTheVendorsWord) {
  EXPECT_EQ(Post("{}", "text/plain"), "400 ");
  EXPECT_EQ(Post("{}", "application/problem+json"), "200 {}");
}

TEST_F(LastCounts, JsonMayComeInUtf16ByTheVendorsWord) {
  EXPECT_EQ(Post(std::string("\xFF\xFE{\0}\0", 6), "application/json"), "200 {}");
  EXPECT_EQ(Post(std::string("\xFF\xFE{\0}", 5), "application/json"), "409 ");
}

}  // namespace
}  // namespace mockduit
