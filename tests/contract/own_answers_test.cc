// Our own answers, held against our own contracts: every operation through every documented outcome
// and variant, and through what requests earn by themselves. Each body must be valid by the
// contract's response schema in the eyes of another validator, each header that the contract lists
// must be there and valid by its schema, and no other may be.
#include <gtest/gtest.h>

#include <charconv>
#include <set>

#include "base/text.h"
#include "contract/read/parts.h"
#include "unit/contract/oracle.h"
#include "unit/engine/world.h"

namespace mockduit {
namespace {

// The contract as it is written, without a look at what we made of it.
const Json& Document(const GoodCall& call) {
  static std::map<std::string, Json> read;
  const std::string folder = MOCKDUIT_SOURCE_DIR "/fixtures/" + call.vendor;
  const std::string path = folder + "/" + call.edition + ".yaml";
  const auto known = read.find(path);
  if (known != read.end()) return known->second;
  YamlDocument whole = ReadDocument(ReadFile(path).value()).value();
  const Json block = whole.root.Get("x-mockduit");
  SpreadDefaults(whole.root, block);
  const std::vector<TextFile> files = ReadFiles(folder).value();
  for (const TextFile& file : files) {
    YamlDocument part = ReadDocument(file).value();
    if (PartOf(part.root) != call.edition) continue;
    SpreadDefaults(part.root, block);
    whole.Merge(std::move(part));
  }
  return read[path] = std::move(whole.root);
}

const Json& Follow(const Json& document, const Json& node) {
  const Json* ref = node.Find("$ref");
  return ref != nullptr ? *document.At(ref->AsString().substr(1)) : node;
}

// The schema as a document of its own, in which "#/components/…" still leads somewhere. Formats are
// left out: the other validator applies them to null as well.
std::string Standalone(const Json& document, const Json& schema) {
  const std::function<void(Json&)> drop_formats = [&](Json& json) {
    json.Remove("format");
    if (Json::Object* members = json.IfObject()) {
      for (JsonMember& member : *members) drop_formats(member.value);
    }
    if (Json::Array* items = json.IfArray()) {
      for (Json& item : *items) drop_formats(item);
    }
  };
  Json whole = Json::MakeObject(
      {{"allOf", Json::MakeArray({schema})}, {"components", *document.Find("components")}});
  drop_formats(whole);
  return whole.Dump();
}

// A header's value as the JSON that its schema speaks of.
Json HeaderValue(std::string_view text, const Json& schema) {
  const Json* type = schema.Find("type");
  if (type == nullptr || type->AsString() != "integer") return text;
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failure == std::errc() && end == text.data() + text.size() ? Json(number) : Json(text);
}

// What the contract documents for that status of the operation.
const Json* DocumentedResponse(const GoodCall& call, int status) {
  const Operation& operation = call.InContract();
  const Json* response =
      Document(call).At("/paths/" + PointerToken(operation.path.text()) + "/" +
                        LowerCase(operation.method) + "/responses/" + std::to_string(status));
  return response != nullptr ? &Follow(Document(call), *response) : nullptr;
}

// What the contract documents for that status where no operation answers.
const Json* SharedResponse(const GoodCall& call, int status) {
  for (const JsonMember& shared : *Document(call).At("/components/responses")->IfObject()) {
    if (shared.value.Get("x-mockduit").Get("status").AsInteger() == status) return &shared.value;
  }
  return nullptr;
}

void ExpectHeadersWithinContract(const Json& document, const Json& documented,
                                 const Response& response) {
  std::set<std::string, std::less<>> listed = {"Content-Type", "Allow"};
  const Json* headers = documented.Find("headers");
  for (const JsonMember& header : headers != nullptr ? *headers->IfObject() : Json::Object()) {
    listed.insert(header.key);
    const Json& schema = *Follow(document, header.value).Find("schema");
    const auto value = response.headers.Find(header.key);
    ASSERT_TRUE(value) << header.key << " is listed, but was not sent";
    const auto complaints =
        OraclesComplaints(Standalone(document, schema), HeaderValue(*value, schema).Dump());
    EXPECT_TRUE(complaints.empty()) << header.key << ": " << *value << " " << complaints.front();
  }
  for (const auto& [name, value] : response.headers.fields()) {
    EXPECT_TRUE(listed.contains(name) || name.starts_with("X-Mockduit-") || name == "Date")
        << name << " was sent, but is not listed";
  }
}

void ExpectWithin(const GoodCall& call, const Json* documented, const Response& response) {
  const Json& document = Document(call);
  ASSERT_NE(documented, nullptr) << "no document tells of " << response.status;
  const JsonMember& content = documented->Find("content")->IfObject()->front();
  EXPECT_EQ(response.headers.Get("Content-Type"), content.key);
  const auto complaints =
      OraclesComplaints(Standalone(document, *content.value.Find("schema")), response.body);
  EXPECT_TRUE(complaints.empty()) << response.body << "\n" << Join(complaints, "\n");
  ExpectHeadersWithinContract(document, *documented, response);
}

void ExpectWithinContract(const GoodCall& call, const Response& response) {
  ExpectWithin(call, DocumentedResponse(call, response.status), response);
}

TEST(OwnAnswers, ToEveryPreferenceAreWithinTheContract) {
  TestWorld world;
  for (const GoodCall& call : GoodCalls()) {
    for (const Outcome& outcome : call.InContract().outcomes()) {
      for (const Variant& variant : outcome.variants) {
        Request request = call.Make();
        request.headers.Add("Prefer",
                            "code=" + std::to_string(outcome.status) + ", example=" + variant.name);
        SCOPED_TRACE(call.vendor + " " + call.edition + " " + outcome.name + " " + variant.name);
        const Response response = world.Send(request);
        EXPECT_EQ(response.status, outcome.status);
        ExpectWithinContract(call, response);
      }
    }
  }
}

TEST(OwnAnswers, ToEveryBuiltInScenarioAreWithinTheContract) {
  TestWorld world;
  for (const std::string& scenario : world.scenarios().Names()) {
    for (const GoodCall& call : GoodCalls()) {
      SCOPED_TRACE(call.vendor + " " + call.edition + " " + scenario);
      ExpectWithinContract(call, world.Send(call.With("k~" + scenario)));
    }
  }
}

TEST(OwnAnswers, ThatRequestsEarnAreWithinTheContract) {
  TestWorld world;
  for (const GoodCall& call : GoodCalls()) {
    SCOPED_TRACE(call.vendor + " " + call.edition);
    ExpectWithinContract(call, world.Send(call.Make()));
    for (const char* key : {"invalid-key", "forbidden-key"}) {
      ExpectWithinContract(call, world.Send(call.With(key)));
    }
    TestWorld pinned({.editions = {{call.vendor, call.edition}}});  // what has no key names none
    ExpectWithinContract(call, pinned.Send(call.With("")));
    for (const char* body : {"", "no json", "[]", "{}", R"({"name":1,"service":2})"}) {
      SCOPED_TRACE(body);
      Request request = call.Make();
      request.body = body;
      ExpectWithinContract(call, world.Send(request));
    }
  }
}

TEST(OwnAnswers, WhereNoOperationAnswersAreWithinTheContract) {
  TestWorld world;
  for (const GoodCall& call : GoodCalls()) {
    SCOPED_TRACE(call.vendor + " " + call.edition);
    Request request = call.Make();
    request.method = "BREW";
    ExpectWithin(call, SharedResponse(call, 405), world.Send(request));
    request.path = "/" + call.vendor + "/nothing";
    ExpectWithin(call, SharedResponse(call, 404), world.Send(request));
  }
}

// The longest description that a 422 of the June edition can have by its contract is 255
// characters.
TEST(OwnAnswers, ThatTellEveryViolationAreWithinTheContract) {
  TestWorld world;
  const GoodCall& june = GoodCallOf("supermetrics", "2026-06");
  Request request = june.Make();
  request.body = R"({"data_source_id":")" + std::string(60, '!') + R"(","destination_type":")" +
                 std::string(60, '?') + R"(","api_key":")" + std::string(300, 'k') + "\"}";
  ExpectWithinContract(june, world.Send(request));
}

TEST(OwnAnswers, OfEveryFivetranServiceAreWithinTheContract) {
  TestWorld world;
  const GoodCall& call = GoodCallOf("fivetran");
  const Json& services =
      *BuiltInCatalog().FindVendor("fivetran")->FindData("services")->Find("services");
  for (std::size_t i = 0; i < services.IfObject()->size(); i += 25) {
    const std::string& service = (*services.IfObject())[i].key;
    SCOPED_TRACE(service);
    Request request = call.Make();
    request.body = R"({"group_id":"g","service":")" + service +
                   R"(","networking_method":"SshTunnel","sync_frequency":1440,)"
                   R"("daily_sync_time":"14:00","connect_card_config":{"redirect_uri":"http://a"},)"
                   R"("config":{"schema":"s","table":"t","table_group_name":"g",)"
                   R"("schema_prefix":"p"}})";
    ExpectWithinContract(call, world.Send(request));
  }
}

// The documented examples themselves are valid by the schemas beside them.
TEST(Contracts, DocumentExamplesThatTheirOwnSchemasAllow) {
  for (const GoodCall& call : GoodCalls()) {
    for (const Outcome& outcome : call.InContract().outcomes()) {
      const Json& content =
          DocumentedResponse(call, outcome.status)->Find("content")->IfObject()->front().value;
      for (const Variant& variant : outcome.variants) {
        SCOPED_TRACE(call.vendor + " " + call.edition + " " + outcome.name + " " + variant.name);
        const auto complaints = OraclesComplaints(
            Standalone(Document(call), *content.Find("schema")),
            Follow(Document(call), content.Get("examples").Get(variant.name)).Get("value").Dump());
        EXPECT_TRUE(complaints.empty()) << Join(complaints, "\n");
      }
    }
  }
}

TEST(Contracts, AskOfRequestsWhatAnotherValidatorReadsThemToAsk) {
  const char* const kBodies[] = {
      "{}",
      "[]",
      "null",
      R"({"data_source_id":"ADM","destination_type":"X"})",
      R"({"data_source_id":"adm","destination_type":"X"})",
      R"({"data_source_id":"ADM","destination_type":5,"api_key":""})",
      R"({"name":"name","short_name":"s"})",
      R"({"name":"abc","short_name":"s"})",
      R"({"name":"name","short_name":"s","auth_fields":{"a":{}}})",
      R"({"name":"name","short_name":"s","auth_fields":null,"cron_schedule":"0 */6 * * *"})",
      R"({"name":"name","short_name":"s","cron_schedule":"@daily"})",
      R"({"group_id":"g","service":"s3"})",
      R"({"group_id":"","service":"s3"})",
      R"({"group_id":null,"service":"s3"})",
      R"({"group_id":"g","service":"azure_service_bus","config":{"topics":["a",1]}})",
      R"({"group_id":"g","service":"azure_service_bus","config":{"topics":null}})",
      R"({"group_id":"g","service":"s3","sync_frequency":7})",
      R"({"group_id":"g","service":"s3","sync_frequency":null,"daily_sync_time":"23:00"})",
      R"({"group_id":"g","service":"s3","connect_card_config":{"redirect_uri":"ftp://x"}})",
  };
  for (const GoodCall& call : GoodCalls()) {
    const Operation& operation = call.InContract();
    const Json* schema = Document(call).At("/paths/" + PointerToken(operation.path.text()) +
                                           "/post/requestBody/content/application~1json/schema");
    ASSERT_NE(schema, nullptr);
    for (const char* body : kBodies) {
      const bool ours = operation.body()->Validate(Json::Parse(body).value(), "body").empty();
      const auto theirs = OraclesComplaints(Standalone(Document(call), *schema), body);
      EXPECT_EQ(ours, theirs.empty()) << call.vendor << " " << call.edition << " " << body;
    }
  }
}

}  // namespace
}  // namespace mockduit
