// Bodies of requests and answers in media types of all kinds, by a contract of our own.
#include <gtest/gtest.h>

#include "unit/engine/own_contract.h"

namespace mockduit {
namespace {

constexpr const char* kMediaTypes = R"(
openapi: 3.1.0
x-mockduit:
  vendor: acme
  edition: v1
  conditions: {bad_query: bad_request, malformed_body: bad_request, invalid: unprocessable,
               media_type: unsupported_media_type, not_acceptable: not_acceptable}
  wording: {messages: {default: "{path} {limit}", json: json, form: "form: {reason}",
                       object: object, empty: empty}}
paths:
  /list:
    post:
      operationId: list
      requestBody: {required: true, content: {application/json: {schema: {type: array, items: {type: integer}}}}}
      responses: &echo
        "200":
          x-mockduit: {outcome: success, source: s, fill: {/got: "{{request.body}}"}}
          content: {application/json: {examples: {one: {value: {got: 0}}}}}
        4XX:
          x-mockduit: {outcome: bad_request, source: s, natural: {why: "{{violations.text}}"}}
          content: {application/json: {examples: {one: {value: {error: bad}}}}}
        "406": {x-mockduit: {outcome: not_acceptable, source: s}}
        "415": {x-mockduit: {outcome: unsupported_media_type, source: s}}
        "422":
          x-mockduit: {outcome: unprocessable, source: s, natural: {why: "{{violations.text}}"}}
          content: {application/json: {examples: {one: {value: {error: bad}}}}}
  /scalar:
    post:
      operationId: scalar
      requestBody: {content: {application/json: {schema: {type: [string, "null"]}}}}
      responses: *echo
  /object:
    post:
      operationId: object
      requestBody: {content: {application/json: {schema: {type: object}}}}
      responses: *echo
  /many:
    post:
      operationId: many
      requestBody:
        required: true
        content:
          application/json: {schema: &fields {type: object, required: [n], properties: {n: {type: integer}, tags: {type: array, items: {type: string}}}}}
          application/x-www-form-urlencoded: {schema: *fields}
          multipart/form-data: {schema: *fields, encoding: {n: {contentType: application/json}}}
          text/*: {schema: {type: string, maxLength: 5}}
          application/octet-stream: {}
      responses: *echo
  /rows:
    get:
      operationId: rows
      responses:
        "200":
          x-mockduit: {outcome: success, source: s}
          content:
            application/json: {examples: {one: {value: {a: 1}}, other: {value: {a: 2}}}}
            text/csv: {examples: {rows: {value: "a,{{base_url}}"}}}
            "text/*": {examples: {one: {value: "a: 1"}}}
        4XX: {x-mockduit: {outcome: conflict, source: s}}
        "406": {x-mockduit: {outcome: not_acceptable, source: s}}
        default: {x-mockduit: {outcome: server_error, source: s}}
)";

class MediaTypes : public OwnContractTest {
 protected:
  MediaTypes() : OwnContractTest({{"f/acme/v1.yaml", kMediaTypes}}) {
    scenarios_.Load({{"success.yaml", "{}"},
                     {"gateway.yaml",
                      "rules: [{play: [{status: 502, headers: {Content-Type: text/html}, "
                      "body: \"<p>{{request.url}}</p>\", times: forever}]}]"},
                     {"text.yaml", "rules: [{play: [{status: 502, body: x, times: forever}]}]"}},
                    catalog_);
  }

  std::string Send(const std::string& path, const std::string& body, const std::string& type = "") {
    Headers headers;
    if (!type.empty()) headers.Add("Content-Type", type);
    return Answered({"POST", path, "", headers, body});
  }
  std::string Get(const std::string& accept, const std::string& prefer = "",
                  const std::string& path = "/rows") {
    Headers headers{{"Host", "h"}};
    if (!accept.empty()) headers.Add("Accept", accept);
    if (!prefer.empty()) headers.Add("Prefer", prefer);
    const Response response = emulator_.Handle({"GET", path, "", headers, ""});
    return std::to_string(response.status) + " " +
           std::string(response.headers.Get("Content-Type")) + " " + response.body;
  }
};

TEST_F(MediaTypes, JsonMayBeAListOrAScalarWhereTheSchemaSaysSo) {
  EXPECT_EQ(Send("/list", "[1,2]"), R"(200 {"got":[1,2]})");
  EXPECT_EQ(Send("/list", "[1,\"x\"]"), R"(422 {"error":"bad","why":"1 integer"})");
  EXPECT_EQ(Send("/list", "{}"), R"(422 {"error":"bad","why":" array"})");
  EXPECT_EQ(Send("/list", ""), R"(400 {"error":"bad","why":"empty"})");
  EXPECT_EQ(Send("/scalar", "\"x\""), R"(200 {"got":"x"})");
  EXPECT_EQ(Send("/scalar", "null"), R"(200 {"got":null})");
  EXPECT_EQ(Send("/object", "[]"), R"(400 {"error":"bad","why":"object"})");
  EXPECT_EQ(Send("/object", "{"), R"(400 {"error":"bad","why":"json"})");
}

TEST_F(MediaTypes, ContentTypeChoosesHowABodyIsRead) {
  const std::string multipart =
      "--B\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n1\r\n"
      "--B\r\nContent-Disposition: form-data; name=\"tags\"\r\n\r\n2\r\n--B--";
  EXPECT_EQ(Send("/many", R"({"n":1})"), R"(200 {"got":{"n":1}})") << "JSON where none is said";
  EXPECT_EQ(Send("/many", R"({"n":1})", "application/vnd.x+json"), R"(200 {"got":{"n":1}})");
  EXPECT_EQ(Send("/many", "n=1&tags=2", "application/x-www-form-urlencoded; charset=utf-8"),
            R"(200 {"got":{"n":1,"tags":["2"]}})");
  EXPECT_EQ(Send("/many", "n=x", "application/x-www-form-urlencoded"),
            R"(422 {"error":"bad","why":"n integer"})");
  EXPECT_EQ(Send("/many", "", "application/x-www-form-urlencoded"),
            R"(400 {"error":"bad","why":"empty"})");
  EXPECT_EQ(Send("/many", multipart, "multipart/form-data; boundary=B"),
            R"(200 {"got":{"n":1,"tags":["2"]}})");
  EXPECT_EQ(Send("/many", multipart, "multipart/form-data; boundary=C"),
            R"(400 {"error":"bad","why":"form: its boundary stands nowhere in it"})");
  EXPECT_EQ(Send("/many", "12345", "text/csv"), R"(200 {"got":"12345"})");
  EXPECT_EQ(Send("/many", "123456", "text/csv"), R"(422 {"error":"bad","why":" 5"})");
  EXPECT_EQ(Send("/many", "\x01\xFF", "application/octet-stream"),
            "200 {\"got\":\"\\u0001\xEF\xBF\xBD\"}");
  EXPECT_EQ(Send("/many", "x", "image/png"), "415 ");
  EXPECT_EQ(Send("/list", "[]", "text/plain"), "415 ");
}

TEST_F(MediaTypes, AFormWithTooManyFieldsIsNone) {
  std::string form = "n=1";
  for (int i = 0; i < 10'000; ++i) form += "&a=" + std::to_string(i);
  EXPECT_EQ(Send("/many", form, "application/x-www-form-urlencoded"),
            R"(400 {"error":"bad","why":"form: it has more than 10000 fields"})");
}

TEST_F(MediaTypes, AcceptChoosesTheAnswersType) {
  EXPECT_EQ(Get(""), R"(200 application/json {"a":1})");
  EXPECT_EQ(Get("text/csv"), "200 text/csv a,http://h");
  EXPECT_EQ(Get("application/json;q=0.1, text/csv;q=0.2"), "200 text/csv a,http://h");
  EXPECT_EQ(Get("text/csv;q=0, text/*"), "200 text/plain a: 1");
  EXPECT_EQ(Get("application/json;q=0, */*"), "200 text/csv a,http://h");
  EXPECT_EQ(Get("image/png"), "406  ");
  EXPECT_EQ(Get("*/*;q=0"), "406  ");
}

TEST_F(MediaTypes, AnExampleThatIsAskedForIsSentInATypeThatItHas) {
  EXPECT_EQ(Get("", "code=200, example=rows"), "200 text/csv a,http://h");
  EXPECT_EQ(Get("text/plain", "code=200, example=one"), "200 text/plain a: 1");
  EXPECT_EQ(Get("text/csv", "code=200, example=other"), R"(200 application/json {"a":2})");
}

TEST_F(MediaTypes, RangesOfStatusesAreTheUsualOneOfTheirOutcome) {
  EXPECT_EQ(Get("", "code=409"), "409  ");
  EXPECT_EQ(Get("", "code=500"), "500  ");
}

TEST_F(MediaTypes, AScriptedTextIsSentAsItIsWhereItIsNoJson) {
  EXPECT_EQ(Get("", "", "/~gateway/rows"), "502 text/html <p>http://h/~gateway/rows</p>");
  EXPECT_EQ(Get("", "", "/~text/rows"), "502 application/json \"x\"");
}

}  // namespace
}  // namespace mockduit
