#include "adopt/vendor_block.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "contract/wording.h"
#include "unit/adopt/documents.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;

Json BlockOf(const std::string& document) {
  const Json root = FromYaml(document);
  References references(root);
  return VendorBlockOf(references, ServersOf(references), "acme", true);
}

std::string BaseOf(const std::string& servers) {
  return std::string(BlockOf("{servers: " + servers + "}").Get("base_path").AsString("no text"));
}

TEST(VendorBlock, HasTheNameAndTheEdition) {
  const Json block = BlockOf("{info: {title: T, version: 2.0.1}}");
  EXPECT_EQ(block.Get("vendor").AsString(), "acme");
  EXPECT_EQ(block.Get("edition").AsString(), "2.0.1");
  EXPECT_TRUE(block.Get("default").AsBool());
  EXPECT_TRUE(block.Get("paths_below_base").AsBool());
}

TEST(VendorBlock, CallsTheEditionByTheVersion) {
  EXPECT_EQ(EditionOf(FromYaml("{info: {version: '1.2'}}")), "1.2");
  EXPECT_EQ(EditionOf(FromYaml("{info: {version: 3}}")), "3");
  EXPECT_EQ(EditionOf(FromYaml("{info: {version: ''}}")), "1");
  EXPECT_EQ(EditionOf(FromYaml("{info: {version: null}}")), "1");
  EXPECT_EQ(EditionOf(FromYaml("{info: {}}")), "1");
  EXPECT_EQ(EditionOf(FromYaml("{}")), "1");
}

TEST(VendorBlock, TakesTheBasePathOfTheFirstServer) {
  EXPECT_EQ(BaseOf("[{url: 'https://api.acme.test/v1/'}]"), "/v1");
  EXPECT_EQ(BaseOf("[{url: 'https://api.acme.test'}]"), "");
  EXPECT_EQ(BaseOf("[{url: 'https://api.acme.test/'}]"), "");
  EXPECT_EQ(BaseOf("[{url: /api/v2}]"), "/api/v2");
  EXPECT_EQ(BaseOf("[{url: /}]"), "");
  EXPECT_EQ(BaseOf("[{url: 'https://acme.test/a?b=c#d'}]"), "/a");
  EXPECT_EQ(BaseOf("[{url: ./here}]"), "/here");
  EXPECT_EQ(BaseOf("[{url: v2/}]"), "/v2");
  EXPECT_EQ(BaseOf("[{url: .}]"), "");
  EXPECT_EQ(BaseOf("[{url: //acme.test/v3}]"), "/v3");
  EXPECT_EQ(BaseOf("[{}]"), "");
  EXPECT_EQ(BaseOf("[]"), "");
  EXPECT_EQ(BaseOf("nonsense"), "");
  EXPECT_EQ(BaseOf("[nonsense]"), "");
}

std::vector<std::string> ServerNotesOf(const std::string& document) {
  const Json root = FromYaml(document);
  References references(root);
  std::vector<std::string> notes;
  for (const auto& [pointer, message] : ServersOf(references).notes) {
    notes.push_back(pointer + ": " + message);
  }
  return notes;
}

TEST(VendorBlock, TellsWhatOfAServerIsNotDoneAsItSays) {
  const auto notes = ServerNotesOf(
      "{servers: [{url: 'https://a.test'}, {url: '/v/{b}'}, {url: v2}, {url: '/v3?x'}, {}]}");
  ASSERT_EQ(notes.size(), 4U);
  EXPECT_EQ(notes[0],
            "/servers/1/url: a variable of this server has no default; its path is taken up to "
            "there");
  EXPECT_EQ(notes[1],
            "/servers/2/url: a server's path counts from where the document stands, which is not "
            "known; it is taken as '/v2/'");
  EXPECT_EQ(notes[2],
            "/servers/3/url: a server's path ends before a '?'; what follows is left out");
  EXPECT_EQ(notes[3], "/servers/4: this server has no 'url'; it is left out");
}

TEST(VendorBlock, AnswersBelowTheServersOfPathsAndOperationsToo) {
  const Json block = BlockOf(
      "{servers: [{url: 'https://a.test/v1'}], paths: {/up: {servers: [{url: "
      "'https://b.test/files'}], get: {}}, /x: {get: {servers: [{url: 'https://c.test'}, {url: "
      "'https://a.test/v1'}]}}}}");
  EXPECT_EQ(block.Get("base_path").AsString(), "/v1");
  EXPECT_EQ(block.Get("aliases").Dump(),
            R"([{"from":"/files/up","to":"/v1/up"},{"from":"/x","to":"/v1/x"}])");
}

TEST(VendorBlock, PutsInTheDefaultsOfVariables) {
  EXPECT_EQ(BaseOf("[{url: 'https://{region}.acme.test:{port}/{version}/x/{version}', variables: "
                   "{region: {default: eu}, port: {default: 443}, version: {default: v3}}}]"),
            "/v3/x/v3");
  EXPECT_EQ(BaseOf("[{url: '{scheme}://acme.test/v1', variables: {scheme: {default: https}}}]"),
            "/v1");
  EXPECT_EQ(BaseOf("[{url: '/a/{unknown}/b'}]"), "/a") << "up to what is not known";
  EXPECT_EQ(BaseOf("[{url: '/{v}', variables: {v: {enum: [v1, v2]}}}]"), "/v1");
  EXPECT_EQ(BaseOf("[{url: '/{a}', variables: {a: {default: '{a}'}}}]"), "");
}

TEST(VendorBlock, AnswersBelowAllThatAVariableMayBe) {
  const Json block = BlockOf(
      "{servers: [{url: 'https://{r}.a.test/{v}/x', variables: {r: {default: eu, enum: [eu, us]}, "
      "v: "
      "{default: v2, enum: [v1, v2, v3]}}}]}");
  EXPECT_EQ(block.Get("base_path").AsString(), "/v2/x");
  EXPECT_EQ(block.Get("aliases").Dump(),
            R"([{"from":"/v1/x","to":"/v2/x"},{"from":"/v3/x","to":"/v2/x"}])");
  std::string many = "{servers: [{url: '/{a}', variables: {a: {enum: [";
  for (int i = 0; i < 60; ++i) many += "v" + std::to_string(i) + ",";
  EXPECT_THAT(
      ServerNotesOf(many + "]}}}]}"),
      ElementsAre("/servers/0/variables: these variables make more than 50 addresses; those "
                  "that follow are not served"));
}

TEST(VendorBlock, AnswersBelowThePathsOfOtherServersToo) {
  const Json block = BlockOf(
      "{servers: [{url: 'https://a.test/v1'}, {url: 'https://b.test/v2/'}, {url: "
      "'https://c.test/v1'}, "
      "{url: 'https://d.test/v2'}]}");
  EXPECT_EQ(block.Get("aliases").Dump(), R"([{"from":"/v2","to":"/v1"}])");
  EXPECT_EQ(BlockOf("{servers: [{url: 'https://a.test'}, {url: 'https://b.test/v2'}]}")
                .Get("aliases")
                .Dump(),
            R"([{"from":"/v2","to":"/"}])");
  EXPECT_EQ(BlockOf("{servers: [{url: /v1}, {url: /}]}").Get("aliases").Dump(),
            R"([{"from":"/","to":"/v1"}])");
}

TEST(VendorBlock, HasWordsForEveryRuleThatCanBeBroken) {
  const Json words = BlockOf("{}").Get("wording").Get("messages");
  EXPECT_TRUE(CheckMessages(words, true).empty());
  for (const char* keyword : {"required",
                              "type",
                              "enum",
                              "const",
                              "pattern",
                              "format",
                              "minLength",
                              "maxLength",
                              "minimum",
                              "maximum",
                              "exclusiveMinimum",
                              "exclusiveMaximum",
                              "multipleOf",
                              "minItems",
                              "maxItems",
                              "uniqueItems",
                              "contains",
                              "maxContains",
                              "items",
                              "prefixItems",
                              "unevaluatedItems",
                              "minProperties",
                              "maxProperties",
                              "properties",
                              "patternProperties",
                              "propertyNames",
                              "additionalProperties",
                              "unevaluatedProperties",
                              "anyOf",
                              "oneOf",
                              "not",
                              "discriminator",
                              "contentType",
                              "false",
                              "json",
                              "form",
                              "object",
                              "empty"}) {
    EXPECT_NE(words.Find(keyword), nullptr) << keyword;
  }
  EXPECT_EQ(words.Get("maxItems").AsString(), "{place}.{path} must have at most {limit} items");
}

TEST(VendorBlock, AsksForHeadersThatEveryOperationRequires) {
  const auto asked = [](const std::string& paths) {
    std::string names;
    const Json block = BlockOf(
        "paths:\n" + paths +
        "components: {parameters: {Version: {name: X-Version, in: header, required: true}}}");
    for (const Json& one : *block.Get("asks_for").IfArray()) {
      EXPECT_FALSE(one.Get("inferred").AsString().empty());
      names += std::string(one.Get("header").AsString()) + " ";
    }
    return names;
  };
  EXPECT_EQ(
      asked("  /a: {parameters: [{$ref: '#/components/parameters/Version'}], get: {}, put: "
            "{}}\n  /b: {get: {parameters: [{name: X-Version, in: header, required: true}]}}\n"),
      "X-Version ");
  EXPECT_EQ(
      asked("  /a: {get: {parameters: [{$ref: '#/components/parameters/Version'}]}, put: {}}\n"),
      "");
  EXPECT_EQ(asked("  /a: {get: {parameters: [{name: X-A, in: header}]}}\n"), "");
  EXPECT_EQ(asked("  /a: {get: {parameters: [{name: a, in: query, required: true}]}}\n"), "");
  EXPECT_EQ(asked("  /a: null\n  /b: {get: null}\n"), "");
}

TEST(VendorBlock, KeepsKeysSecret) {
  const Json block =
      BlockOf("{components: {securitySchemes: {key: {type: apiKey, in: query, name: acme_key}}}}");
  EXPECT_NE(block.Get("secrets").Dump().find("acme_key"), std::string::npos);
  EXPECT_EQ(block.Get("credentials").Dump(), R"([{"scheme":"query","name":"acme_key"}])");
}

TEST(VendorBlock, LetsBrowsersInAsAnInference) {
  const Json cors = BlockOf("{}").Get("cors");
  EXPECT_EQ(cors.Get("origins").AsString(), "*");
  EXPECT_FALSE(cors.Get("inferred").AsString().empty());
}

}  // namespace
}  // namespace mockduit
