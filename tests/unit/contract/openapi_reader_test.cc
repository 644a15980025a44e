#include "contract/read/openapi.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/contract/acme.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;

std::unique_ptr<const Contract> Contracted(std::string_view text) {
  const auto document = ReadYaml("v1.yaml", text);
  auto contract = ReadContract(*document);
  EXPECT_TRUE(contract) << (contract ? "" : contract.error().front().Text());
  return contract ? std::move(*contract) : nullptr;
}

std::vector<std::string> Problems(const std::string& text) {
  const auto document = ReadYaml("v1.yaml", text);
  if (!document) return Texts(document.error());
  const auto contract = ReadContract(*document);
  return contract ? std::vector<std::string>() : Texts(contract.error());
}

TEST(OpenApiReader, ReadsTheVendorBlock) {
  const auto contract = Contracted(kAcme);
  EXPECT_EQ(contract->vendor, "acme");
  EXPECT_EQ(contract->edition, "v1");
  EXPECT_EQ(contract->title, "Acme API");
  EXPECT_TRUE(contract->is_default);
  ASSERT_EQ(contract->credentials.size(), 2u);
  EXPECT_EQ(contract->credentials[1].field, "X-Acme-Key");
  EXPECT_EQ(contract->FindCondition("malformed_body")->variant, "unreadable");
  EXPECT_EQ(contract->FindCondition("rate_limited"), nullptr);
}

TEST(OpenApiReader, ReadsAnOperation) {
  const auto contract = Contracted(kAcme);
  const Operation* operation = contract->FindOperation("create_widget");
  ASSERT_NE(operation, nullptr);
  EXPECT_EQ(operation->name, "acme.create_widget");
  EXPECT_EQ(operation->method, "POST");
  EXPECT_EQ(operation->path.text(), "/widgets/{size}");
  EXPECT_EQ(operation->parameters().front().name, "size");
  EXPECT_NE(operation->body(), nullptr);
  EXPECT_EQ(operation->effect()->which.kind, "acme.widget");
  EXPECT_EQ(contract->FindOperation("none"), nullptr);
}

TEST(OpenApiReader, ReadsOutcomesVariantsAndSources) {
  const auto contract = Contracted(kAcme);
  const Operation* operation = contract->FindOperation("create_widget");
  const Outcome* outcome = operation->FindOutcome("bad_request");
  EXPECT_EQ(outcome, operation->FindStatus(400));
  EXPECT_EQ(outcome->types.front(), "application/problem+json");
  EXPECT_EQ(outcome->FindVariant("")->name, "wrong") << "the first is the default";
  EXPECT_EQ(outcome->FindVariant("wrong")->source.Text(), "the book");
  EXPECT_EQ(outcome->FindVariant("unreadable")->source.Text(), "inferred: a guess");
  EXPECT_EQ(outcome->FindVariant("none"), nullptr);
}

TEST(OpenApiReader, FillsTheHolesThatAnExampleHasAndNoOther) {
  const auto contract = Contracted(kAcme);
  const Operation* operation = contract->FindOperation("create_widget");
  const auto source = [&](int status, std::string_view variant) {
    return operation->FindStatus(status)->FindVariant(variant)->body->filled.source().Dump();
  };
  EXPECT_EQ(source(201, "made"), R"({"id":"{{uuid4}}","color":"{{result.color}}"})");
  EXPECT_EQ(source(400, "unreadable"), R"({"id":"{{uuid4}}","error":"unreadable"})");
  EXPECT_EQ(source(400, "wrong"), R"({"error":"wrong"})");
  EXPECT_EQ(operation->FindStatus(201)->FindVariant("made")->body->example.Dump(),
            R"({"id":"w-1","color":"red"})");
}

TEST(OpenApiReader, KnowsTheBoundsOfRetryAfter) {
  const auto contract = Contracted(kAcme);
  const HeaderRule& rule =
      contract->FindOperation("create_widget")->FindStatus(429)->headers.front();
  EXPECT_TRUE(rule.retry_after);
  EXPECT_EQ(rule.minimum, 2);
  EXPECT_EQ(rule.maximum, 30);
}

TEST(OpenApiReader, TakesAnAnswerWithoutABody) {
  const auto contract = Contracted(kAcme);
  const Outcome* outcome = contract->FindOperation("create_widget")->FindStatus(401);
  EXPECT_FALSE(outcome->has_body);
  EXPECT_EQ(outcome->FindVariant("")->source.Text(), "inferred: no page tells");
}

TEST(OpenApiReader, KeepsAnswersThatBelongToNoOperation) {
  const auto contract = Contracted(kAcme);
  EXPECT_EQ(contract->FindShared("not_found")->status, 404);
  EXPECT_EQ(contract->FindShared("conflict"), nullptr);
}

TEST(OpenApiReader, TellsEachMistakeWithItsPlace) {
  const struct {
    std::string_view old, fresh, problem;
  } kMistakes[] = {
      {"  vendor: acme\n", "", "v1.yaml:4:3: 'vendor' is missing here"},
      {"edition: v1", "edition: 2", "v1.yaml:5:12: 'edition' must be text"},
      {"scheme: bearer", "scheme: beaver",
       "v1.yaml:8:16: 'beaver' is no credential scheme; it is bearer, raw, basic, other, header, "
       "query, "
       "cookie or body"},
      {"no_credential: unauthorized", "no_credentials: unauthorized",
       "v1.yaml:11:5: 'no_credentials' is no condition; did you mean 'no_credential'?"},
      {"operationId: create_widget", "summary: x", "v1.yaml:20:7: 'operationId' is missing here"},
      {"schema: {type: integer}", "schema: {typ: integer}",
       "v1.yaml:22:59: the schema keyword 'typ' is not supported; did you mean 'type'?"},
      {"required: [color]", "oneOf: []",
       "v1.yaml:27:43: 'oneOf' must be a list with something in it"},
      {"create: widget, ", "",
       "v1.yaml:29:17: an effect is one of create, get, list, update, replace and delete"},
      {"id: id, resource", "id: id, source: {}, resource",
       "v1.yaml:29:42: 'source' is no key of an effect; did you mean 'resource'?"},
      {"resource: {id: \"{{uuid4}}\"", "resource: {id: \"{{uuid5}}\"",
       "v1.yaml:29:60: 'uuid5' is nothing a template knows; did you mean 'uuid4'?"},
      {"outcome: rate_limited,", "outcome: rate_limit,",
       "v1.yaml:50:33: 'rate_limit' is no outcome; did you mean 'rate_limited'?"},
      {"outcome: rate_limited, source: the book", "outcome: rate_limited",
       "v1.yaml:50:11: this answer names no source and no inference"},
      {"\"429\":", "\"42\":", "v1.yaml:49:9: '42' is no status between 200 and 599"},
      {"not_found, status: 404,", "not_found, status: 44,",
       "v1.yaml:60:48: this answer has no status between 200 and 599"},
      {", example: 7", "", "v1.yaml:52:26: the header Retry-After has no example and no value"},
      {"{value: {error: slow}}", "{vale: {error: slow}}",
       "v1.yaml:56:24: 'vale' is no key of an example; did you mean 'value'?"},
      {"$ref: \"#/components/schemas/Widget\"", "$ref: \"#/components/schemas/Gadget\"",
       "v1.yaml:37:30: $ref '#/components/schemas/Gadget' leads nowhere; did you mean "
       "'#/components/schemas/Widget'?"},
      {"{{request.url}}/{{result.id}}", "{{request.url}/{{result.id}}",
       "v1.yaml:34:47: 'request.url}/{{result.id' is nothing a template knows"},
  };
  for (const auto& mistake : kMistakes) {
    EXPECT_THAT(Problems(Replaced(kAcme, mistake.old, mistake.fresh)),
                ElementsAre(mistake.problem));
  }
}

TEST(OpenApiReader, TellsOfAllMistakesAtOnce) {
  std::string text = Replaced(kAcme, "edition: v1", "edition: 1");
  text = Replaced(text, "outcome: rate_limited,", "outcome: rate_limit,");
  text = Replaced(text, "scheme: bearer", "scheme: beaver");
  EXPECT_EQ(Problems(text).size(), 3u);
}

TEST(OpenApiReader, TellsOfAFileWithoutAVendorBlock) {
  EXPECT_THAT(Problems("openapi: 3.1.0\n"),
              ElementsAre("v1.yaml:1:1: the document has no 'x-mockduit' block"));
}

TEST(OpenApiReader, TellsWhereAMapOrAListIsMissing) {
  EXPECT_THAT(Problems("x-mockduit: {vendor: a, edition: b, conditions: [c]}\npaths: text\n"),
              ElementsAre("v1.yaml:2:8: 'paths' must be a map",
                          "v1.yaml:1:49: 'conditions' must be a map"));
  EXPECT_THAT(Problems("x-mockduit: {vendor: a, edition: b, credentials: raw}\n"),
              ElementsAre("v1.yaml:1:50: 'credentials' must be a list"));
}

TEST(OpenApiReader, GivesTheParametersOfAPathToItsOperations) {
  const std::string answered = Replaced(kAcme, "{bad_path:", "{bad_query: bad_request, bad_path:");
  const std::string text = Replaced(answered, "    post:\n",
                                    "    parameters:\n"
                                    "      - {name: size, in: path, schema: {type: string}}\n"
                                    "      - {name: mood, in: query, required: true}\n"
                                    "    post:\n");
  const Catalog catalog = LoadedCatalog({{"fixtures/acme/v1.yaml", text}});
  const Operation* operation = catalog.FindOperation("acme.create_widget");
  ASSERT_NE(operation, nullptr);
  ASSERT_EQ(operation->parameters().size(), 2u);
  EXPECT_EQ(operation->parameters()[0].name, "mood");
  EXPECT_TRUE(operation->parameters()[0].required);
  EXPECT_EQ(operation->parameters()[1].schema->SingleType(), "integer");  // the operation's own
}

TEST(OpenApiReader, TellsOfAnOperationWithoutResponses) {
  EXPECT_THAT(Problems("x-mockduit: {vendor: a, edition: b}\npaths:\n  /x:\n    get:\n"
                       "      operationId: x\n"),
              ElementsAre("v1.yaml:5:7: 'responses' is missing here"));
}

}  // namespace
}  // namespace mockduit
