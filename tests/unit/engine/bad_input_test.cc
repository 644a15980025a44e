// Bad input gets the vendor's clear answer, every violation told, and nothing dies.
#include <gtest/gtest.h>

#include "base/utf8.h"
#include "unit/engine/world.h"

namespace mockduit {
namespace {

using namespace std::string_literals;

struct Input {
  const char* name;
  std::string body;
  const char* supermetrics;  // what the description of the 400 says
  const char* airweave;      // the one member of `errors`
  const char* fivetran;      // the message
};

std::vector<Input> UnreadableBodies() {
  const char* no_json = "The request body is not valid JSON";
  const char* fivetran_no_json = "Request body is not valid JSON";
  return {
      {"no JSON", "data_source_id=ADM", no_json, R"({"body.0":"JSON decode error"})",
       fivetran_no_json},
      {"JSON cut short", R"({"name":)", no_json, R"({"body.8":"JSON decode error"})",
       fivetran_no_json},
      {"empty", "", "The request body must not be empty", R"({"body":"Field required"})",
       "Request body is required"},
      {"array", "[]", "The request body must be a JSON object",
       R"({"body":"Input should be a valid dictionary or object to extract fields from"})",
       "Request body must be a JSON object"},
      {"null", "null", "The request body must be a JSON object", R"({"body":"Field required"})",
       "Request body must be a JSON object"},
      {"101 levels", R"({"a":)" + std::string(100, '[') + std::string(100, ']') + "}", no_json,
       R"({"body.104":"JSON decode error"})", fivetran_no_json},
      {"invalid UTF-8", "{\"name\":\"\xff\"}", no_json, R"({"body.9":"JSON decode error"})",
       fivetran_no_json},
      {"a NUL", "{\"name\":\"a\0b\"}"s, no_json, R"({"body.10":"JSON decode error"})",
       fivetran_no_json},
      {"a NUL behind", "{\"name\":\"a\"}\0{}"s, no_json, R"({"body.12":"JSON decode error"})",
       fivetran_no_json},
  };
}

TEST(BadInput, ThatCannotBeReadIsToldByEachVendor) {
  TestWorld world;
  for (const Input& input : UnreadableBodies()) {
    SCOPED_TRACE(input.name);
    for (const GoodCall& call : GoodCalls()) {
      Request request = call.Make();
      request.body = input.body;
      const Response response = world.Send(request);
      const auto body = Json::Parse(response.body);
      ASSERT_TRUE(body) << response.body;
      if (call.edition == "2026-08") {
        EXPECT_EQ(response.status, 400);
        EXPECT_EQ(body->At("/error/code")->AsString(), "BAD_REQUEST");
        EXPECT_EQ(body->At("/error/description")->AsString(), input.supermetrics);
      } else if (call.edition == "2026-06") {
        EXPECT_EQ(response.status, 400);
        EXPECT_EQ(body->At("/error/description")->AsString(),
                  "The request contains invalid or malformed parameters.");
      } else if (call.vendor == "airweave" && FirstNotUtf8(input.body)) {
        EXPECT_EQ(response.status, 400);
        EXPECT_EQ(response.body, R"({"detail":"There was an error parsing the body"})");
      } else if (call.vendor == "airweave") {
        EXPECT_EQ(response.status, 422);
        EXPECT_EQ(response.body, R"({"errors":[)" + std::string(input.airweave) + "]}");
      } else {
        EXPECT_EQ(response.status, 400);
        EXPECT_EQ(body->Find("message")->AsString(), input.fivetran);
      }
    }
  }
}

TEST(BadInput, OfRepeatedKeysTakesTheLast) {
  TestWorld world;
  Request request = GoodCallOf("supermetrics").Make();
  request.body = R"({"data_source_id":"no!","destination_type":"X","data_source_id":"ADM"})";
  EXPECT_EQ(world.Send(request).status, 201);
  request.body = R"({"data_source_id":"ADM","destination_type":"X","data_source_id":"no!"})";
  EXPECT_EQ(world.Send(request).status, 422);
}

// Supermetrics, Bearer edition: the description of a request's 4xx, or "201".
std::string Told(const std::string& path, const std::string& body,
                 const std::string& authorization = "Bearer t") {
  TestWorld world;
  const Json json = world.SendForJson(Post(path, body, {{"Authorization", authorization}}));
  if (json.At("/data/connection_id") != nullptr) return "201";
  return std::string(json.At("/error/code")->AsString()) + ": " +
         std::string(json.At("/error/description")->AsString());
}

std::string TeamPath(const std::string& team) {
  return "/v1/teams/" + team + "/data-source-connections";
}

constexpr const char* kGoodBody = R"({"data_source_id":"ADM","destination_type":"X"})";

TEST(BadInput, OfATeamIdIsA400) {
  const std::string bad = "BAD_REQUEST: The path parameter 'team_id' must be ";
  EXPECT_EQ(Told(TeamPath("0"), kGoodBody), bad + "at least 1");
  EXPECT_EQ(Told(TeamPath("-1"), kGoodBody), bad + "at least 1");
  for (const char* team : {"abc", "1.5", "1e3", "+1", "0x1", "%20", "1%20", "%FF", "null"}) {
    EXPECT_EQ(Told(TeamPath(team), kGoodBody), bad + "an integer") << team;
  }
  for (const char* team : {"9223372036854775808", "99999999999999999999999"}) {
    EXPECT_EQ(Told(TeamPath(team), kGoodBody), bad + "at most 9223372036854775807") << team;
  }
  EXPECT_EQ(Told(TeamPath("1"), kGoodBody), "201");
  EXPECT_EQ(Told(TeamPath("9223372036854775807"), kGoodBody), "201");
  EXPECT_EQ(Told(TeamPath("%31"), kGoodBody), "201");
}

TEST(BadInput, OfATeamIdIsToldTogetherWithTheBodys) {
  EXPECT_EQ(Told(TeamPath("abc"), "{}"),
            "BAD_REQUEST: The path parameter 'team_id' must be an integer; The field "
            "'data_source_id' is required; The field 'destination_type' is required");
}

TEST(BadInput, TellsEveryViolationOfABody) {
  const std::string long_name(51, 'A');
  const std::pair<std::string, std::string> kBodies[] = {
      {"{}", "The field 'data_source_id' is required; The field 'destination_type' is required"},
      {R"({"data_source_id":1,"destination_type":null})",
       "The field 'data_source_id' must be a string; The field 'destination_type' must be a "
       "string"},
      {R"({"data_source_id":"adm","destination_type":""})",
       "The field 'data_source_id' must match ^[A-Z0-9_]+$; The field 'destination_type' must "
       "match ^[A-Z0-9_]+$"},
      {R"({"data_source_id":")" + long_name + R"(!","destination_type":"X"})",
       "The field 'data_source_id' must have at most 50 characters; The field 'data_source_id' "
       "must match ^[A-Z0-9_]+$"},
      {R"({"data_source_id":"ADM","destination_type":"X","api_key":""})",
       "The field 'api_key' must not be empty"},
      {R"({"data_source_id":"ADM","destination_type":"X","api_key":")" + std::string(256, 'k') +
           "\"}",
       "The field 'api_key' must have at most 255 characters"},
  };
  for (const auto& [body, told] : kBodies) {
    EXPECT_EQ(Told(kTeamPath, body), "UNPROCESSABLE_ENTITY: " + told);
  }
}

TEST(BadInput, OfTheJuneEditionIsToldShortly) {
  EXPECT_EQ(Told(kTeamPath, R"({"data_source_id":5,"api_key":""})", "raw-key"),
            "UNPROCESSABLE_ENTITY: data_source_id must be a string; destination_type is required; "
            "api_key must not be empty");
}

// The limits of that edition: a description has 255 characters at most.
TEST(BadInput, TakesFieldsAtTheirLimits) {
  EXPECT_EQ(Told(kTeamPath, R"({"data_source_id":")" + std::string(50, 'A') +
                                R"(","destination_type":"X_9","more":[{}],"api_key":"k"})"),
            "201");
}

std::string AirweaveErrors(const std::string& body) {
  TestWorld world;
  const Response response = world.Send(Post("/source-connections", body, {{"X-API-Key", "k"}}));
  EXPECT_EQ(response.status, 422);
  return Json::Parse(response.body)->Find("errors")->Dump();
}

TEST(BadInput, OfAirweaveIsToldAsPydanticDoes) {
  const std::pair<std::string, std::string_view> kBodies[] = {
      {"{}", R"([{"body.name":"Field required"},{"body.short_name":"Field required"}])"},
      {R"({"name":"abc","short_name":5})",
       R"([{"body.name":"String should have at least 4 characters"},)"
       R"({"body.short_name":"Input should be a valid string"}])"},
      {R"({"name":")" + std::string(43, 'n') + R"(","short_name":"s"})",
       R"([{"body.name":"String should have at most 42 characters"}])"},
      {R"({"name":"name","short_name":"s","sync_immediately":null})",
       R"([{"body.sync_immediately":"Input should be a valid boolean"}])"},
      {R"({"name":"name","short_name":"s","config_fields":[]})",
       R"([{"body.config_fields":)"
       R"("Input should be a valid dictionary or object to extract fields from"}])"},
      {R"({"name":"name","short_name":"s","auth_fields":{"a":{"b":1},"c":1}})",
       R"([{"body.auth_fields.a":)"
       R"x("Value error, Value for 'a' must not be a dictionary (depth 0 only)"}])x"},
      {R"({"name":"name","short_name":"s","cron_schedule":"* * * *"})",
       R"([{"body.cron_schedule":"Value error, Invalid cron schedule format"}])"},
      {R"({"name":"name","short_name":"s","credential_id":"é"})",
       R"([{"body.credential_id":"Input should be a valid UUID, invalid character: expected an )"
       R"(optional prefix of `urn:uuid:` followed by [0-9a-fA-F-], found `é` at 1"}])"},
      {R"({"name":"name","short_name":"s","credential_id":7,"white_label_id":"1-2"})",
       R"([{"body.white_label_id":"Input should be a valid UUID, invalid group count: expected 5, )"
       R"(found 2"},{"body.credential_id":"UUID input should be a string, bytes or UUID object"}])"},
  };
  for (const auto& [body, errors] : kBodies) EXPECT_EQ(AirweaveErrors(body), errors) << body;
}

std::string FivetranMessage(const std::string& body) {
  TestWorld world;
  const Json json =
      world.SendForJson(Post("/v1/connections", body, {{"Authorization", Basic("k")}}));
  return std::string(json.Find("message")->AsString());
}

TEST(BadInput, OfFivetranIsToldInItsWords) {
  const std::pair<std::string_view, std::string_view> kBodies[] = {
      {"{}", "Field 'group_id' is required; Field 'service' is required"},
      {R"({"group_id":"","service":null})",
       "Field 'group_id' is required; Field 'service' is required"},
      {R"({"group_id":"g","service":"sharepint"})", "Unsupported connector service 'sharepint'"},
      {R"({"group_id":"g","service":"azure_service_bus"})", "Field 'schema' is required"},
      {R"({"group_id":"g","service":"s3","config":{"schema":"x"}})",
       "Field 'table_group_name' is required"},
      {R"({"group_id":"g","service":"azure_service_bus","config":[]})", "Invalid 'config' object"},
      {R"({"group_id":"g","service":"azure_service_bus","config":{"schema":"s","topics":"t"}})",
       "Invalid 'config' object"},
      {R"({"group_id":"g","service":"azure_service_bus","config":{"schema":"s"},)"
       R"("sync_frequency":7,"daily_sync_time":"25:00","paused":"no"})",
       "Invalid value of field 'paused'; Invalid value of field 'sync_frequency'; Invalid value of "
       "field 'daily_sync_time'"},
      {R"({"group_id":"g","service":"azure_service_bus","config":{"schema":"s"},)"
       R"("connect_card_config":{"redirect_uri":"ftp://x"}})",
       "Invalid value of field 'connect_card_config.redirect_uri'"},
      {R"({"group_id":"g","service":"azure_service_bus","config":{"schema":"s"},)"
       R"("connect_card_config":{}})",
       "Field 'redirect_uri' is required"},
  };
  for (const auto& [body, message] : kBodies) {
    EXPECT_EQ(FivetranMessage(std::string(body)), message) << body;
  }
}

TEST(BadInput, OfTypesIsToldOnlyWhereTheVendorLooks) {
  const struct {
    const char* vendor;
    const char* header;
    const char* value;
    int status;
  } kCases[] = {
      {"fivetran", "Content-Type", "text/plain", 415},
      {"fivetran", "Content-Type", "application/json;version=2", 201},
      {"fivetran", "Content-Type", "Application/JSON", 201},
      {"fivetran", "Accept", "text/html", 406},
      {"fivetran", "Accept", "application/xml, */*;q=0.1", 201},
      {"fivetran", "Accept", "application/json;version=2", 201},
      {"supermetrics", "Content-Type", "text/plain", 201},
      {"supermetrics", "Accept", "text/html", 201},
      {"airweave", "Content-Type", "text/plain", 422},
      {"airweave", "Content-Type", "application/x-www-form-urlencoded", 422},
      {"airweave", "Content-Type", "application/vnd.api+json; charset=utf-8", 200},
  };
  TestWorld world;
  for (const auto& c : kCases) {
    Request request = GoodCallOf(c.vendor).Make();
    request.headers.Set(c.header, c.value);
    EXPECT_EQ(world.Send(request).status, c.status) << c.vendor << " " << c.value;
  }
}

TEST(BadInput, OfAnyBytesLeavesAJournalThatCanBeRead) {
  TestWorld world;
  for (const Input& input : UnreadableBodies()) {
    for (const GoodCall& call : GoodCalls()) {
      Request request = call.Make();
      request.body = input.body;
      request.headers.Add("X-Organization-ID", "\xff");
      world.Send(request);
    }
  }
  EXPECT_TRUE(Json::Parse(world.session()->journal().List({}).Dump()));
  EXPECT_EQ(world.Send(GoodCallOf("airweave").Make()).status, 200) << "it goes on answering";
}

TEST(BadInput, OfAHeaderNeverMakesABodyThatIsNoUtf8) {
  TestWorld world;
  Request request = GoodCallOf("airweave").Make();
  request.headers.Add("X-Organization-ID", "\xff");
  EXPECT_EQ(world.Send(request).body,
            "{\"detail\":\"API key does not have access to organization \uFFFD\"}");
}

TEST(BadInput, InUtf16IsReadByThoseWhoReadIt) {
  const auto utf16 = [](const std::string& ascii, bool mark) {
    std::string text = mark ? "\xFF\xFE" : "";
    for (const char c : ascii) text += {c, '\0'};
    return text;
  };
  TestWorld world;
  for (const bool mark : {true, false}) {
    Request request = GoodCallOf("airweave").Make();
    request.body = utf16(request.body, mark);
    EXPECT_EQ(world.Send(request).status, 200) << mark;
    request = GoodCallOf("fivetran").Make();
    request.body = utf16(request.body, mark);
    EXPECT_EQ(world.Send(request).status, 400) << mark;
  }
}

}  // namespace
}  // namespace mockduit
