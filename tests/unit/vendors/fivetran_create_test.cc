// Fivetran's create, from request to answer and store.
#include <gtest/gtest.h>

#include "unit/engine/world.h"
#include "unit/parsed.h"

namespace mockduit {
namespace {

// `data` of the answer to a create with these fields beside group_id and service.
class FivetranCreate : public ::testing::Test {
 protected:
  Json Create(std::string_view more = "{}", const std::string& key = "k") {
    Json body =
        Parsed(R"({"group_id":"g","service":"azure_service_bus","config":{"schema":"sales"}})");
    const Json sent = Parsed(more);
    body.MergePatch(sent);
    // A merge patch takes nulls away; here they are sent.
    for (const JsonMember& member : *sent.IfObject()) {
      if (member.value.IsNull()) body.Set(member.key, nullptr);
    }
    const Response response =
        world_.Send(Post("/v1/connections", body.Dump(), {{"Authorization", Basic(key)}}));
    EXPECT_EQ(response.status, 201) << response.body;
    const Json answer = Parsed(response.body);
    const Json* data = answer.Find("data");
    return data != nullptr ? *data : Json();
  }

  TestWorld world_;
};

TEST_F(FivetranCreate, AnswersEveryFieldInTheDocumentedOrder) {
  const Json data = Create();
  EXPECT_EQ(
      Levelled(Json::MakeObject({{"id", "{{two_words}}"}}), Parsed(R"({"id":"two_words"})"), data)
          .Dump(),
      R"({"id":"two_words","service":"azure_service_bus","schema":"sales","paused":false,)"
      R"("status":{"tasks":[],"warnings":[],"update_state":"on_schedule",)"
      R"("setup_state":"connected","sync_state":"scheduled","is_historical_sync":true,)"
      R"("rescheduled_for":null},"succeeded_at":null,"sync_frequency":360,"group_id":"g",)"
      R"("connected_by":"priceless_odour","setup_tests":[)"
      R"({"title":"Connecting to Service Bus","status":"PASSED","message":""},)"
      R"({"title":"Checking access to topics","status":"PASSED","message":""}],)"
      R"("source_sync_details":{},"service_version":1,)"
      R"("created_at":"2026-01-15T10:00:00.000000Z","failed_at":null,)"
      R"("private_link_id":null,"proxy_agent_id":null,"networking_method":"Directly",)"
      R"("pause_after_trial":false,"data_delay_threshold":0,)"
      R"("data_delay_sensitivity":"NORMAL","schedule_type":"auto",)"
      R"("hybrid_deployment_agent_id":null,"config":{"subscriber_name":"fivetran_sub_sales","public_key":")" +
          std::string(data.AtPath("config.public_key")->AsString()) + R"("}})");
  EXPECT_TRUE(data.AtPath("config.public_key")->AsString().starts_with("ssh-rsa "));
}

TEST_F(FivetranCreate, WrapsItInTheDocumentedEnvelope) {
  const Json body = world_.SendForJson(GoodCallOf("fivetran").Make());
  EXPECT_EQ(body.Find("code")->AsString(), "Success");
  EXPECT_EQ(body.Find("message")->AsString(), "Operation performed.");
}

TEST_F(FivetranCreate, TakesTheDocumentedRequestAsItStands) {
  const auto file = ReadFile(MOCKDUIT_SOURCE_DIR "/fixtures/fivetran/v1-connections.yaml");
  const auto contract = ReadDocument(*file);
  const Json* documented = contract->root.At(
      "/paths/~1v1~1connections/post/requestBody/content/application~1json/examples/documented/"
      "value");
  ASSERT_NE(documented, nullptr);
  const Response response =
      world_.Send(Post("/v1/connections", documented->Dump(), {{"Authorization", Basic("key")}}));
  ASSERT_EQ(response.status, 201) << response.body;
  const Json data = *Parsed(response.body).Find("data");
  EXPECT_EQ(data.Find("schema")->AsString(), "schema_name");
  EXPECT_EQ(data.Find("daily_sync_time")->AsString(), "14:00");
  EXPECT_EQ(data.Find("local_processing_agent_id")->AsString(), "local_processing_agent_id");
  EXPECT_EQ(data.At("/config/connection_string")->AsString(), "******");
  EXPECT_EQ(data.At("/config/namespace")->AsString(), "my_namespace");
  EXPECT_EQ(data.At("/config/schema"), nullptr);
  EXPECT_EQ(data.Find("auth"), nullptr) << "secrets are never sent back";
  EXPECT_EQ(response.body.find("my_client_secret"), std::string::npos);
  EXPECT_NE(data.At("/connect_card/token"), nullptr);
}

TEST_F(FivetranCreate, TakesNullForADefault) {
  const Json data = Create(
      R"({"paused":null,"sync_frequency":null,"data_delay_sensitivity":null,
          "data_delay_threshold":null,"schedule_type":null,"networking_method":null,
          "run_setup_tests":null,"trust_certificates":null,"pause_after_trial":null,
          "daily_sync_time":null,"connect_card_config":null,"auth":null})");
  Json plain = Create();
  plain.Set("id", *data.Find("id"));
  EXPECT_EQ(data.Dump(), plain.Dump());
}

TEST_F(FivetranCreate, KeepsWhatWasSent) {
  const Json data = Create(
      R"({"paused":true,"pause_after_trial":true,"sync_frequency":15,"schedule_type":"manual",
          "data_delay_sensitivity":"CUSTOM","data_delay_threshold":30,"proxy_agent_id":"p",
          "private_link_id":"l","hybrid_deployment_agent_id":"h",
          "networking_method":"PrivateLink","destination_schema_names":"SOURCE_NAMING"})");
  const std::pair<const char*, Json> kKept[] = {
      {"paused", true},
      {"pause_after_trial", true},
      {"sync_frequency", 15},
      {"schedule_type", "manual"},
      {"data_delay_sensitivity", "CUSTOM"},
      {"data_delay_threshold", 30},
      {"proxy_agent_id", "p"},
      {"private_link_id", "l"},
      {"hybrid_deployment_agent_id", "h"},
      {"networking_method", "PrivateLink"},
      {"destination_schema_names", "SOURCE_NAMING"},
  };
  for (const auto& [field, value] : kKept) EXPECT_EQ(*data.Find(field), value) << field;
}

TEST_F(FivetranCreate, IsPausedInItsSyncStateToo) {
  EXPECT_EQ(Create(R"({"paused":true})").At("/status/sync_state")->AsString(), "paused");
}

TEST_F(FivetranCreate, ShowsDailySyncTimeOnlyWhenItSyncsOnceADay) {
  EXPECT_EQ(Create(R"({"daily_sync_time":"14:00"})").Find("daily_sync_time"), nullptr);
  EXPECT_EQ(Create(R"({"sync_frequency":1440})").Find("daily_sync_time"), nullptr);
  EXPECT_EQ(Create(R"({"sync_frequency":1440,"daily_sync_time":"14:00"})")
                .Find("daily_sync_time")
                ->AsString(),
            "14:00");
}

TEST_F(FivetranCreate, RunsNoSetupTestsWhereItIsToldNotTo) {
  const Json data = Create(R"({"run_setup_tests":false})");
  EXPECT_EQ(data.Find("setup_tests")->Dump(), "[]");
  EXPECT_EQ(data.At("/status/setup_state")->AsString(), "incomplete");
}

TEST_F(FivetranCreate, IsIncompleteWhereACertificateIsNotTrusted) {
  constexpr std::string_view kPostgres =
      R"({"service":"postgres","config":{"schema_prefix":"pg","schema":null}})";
  const Json untrusted = Create(kPostgres);
  EXPECT_EQ(untrusted.At("/status/setup_state")->AsString(), "incomplete");
  EXPECT_EQ(untrusted.Find("schema")->AsString(), "pg");
  const Json trusted = Create(R"({"service":"postgres","config":{"schema_prefix":"pg"},
                                  "trust_certificates":true})");
  EXPECT_EQ(trusted.At("/status/setup_state")->AsString(), "connected");
}

TEST_F(FivetranCreate, AnswersA201AlsoWhereScriptedTestsFail) {
  const Json data = Create("{}", "k~setup-tests-fail");
  EXPECT_EQ(data.At("/status/setup_state")->AsString(), "incomplete");
  EXPECT_EQ(data.At("/setup_tests/0")->Dump(),
            R"({"title":"Connecting to Service Bus","status":"FAILED",)"
            R"("message":"Invalid login credentials"})");
}

TEST_F(FivetranCreate, StaysConnectedWhereScriptedTestsOnlyWarn) {
  TestWorld world(
      {.scenario = "warn",
       .scenarios = {
           {"warn.yaml", "rules:\n- play: [{outcome: success, setup_tests: {'*': WARNING}}]"}}});
  const Json body = world.SendForJson(GoodCallOf("fivetran").Make());
  EXPECT_EQ(body.At("/data/status/setup_state")->AsString(), "connected");
}

TEST_F(FivetranCreate, MakesAConnectCardOnlyWhereItIsAskedFor) {
  EXPECT_EQ(Create().Find("connect_card"), nullptr);
  const Json data = Create(R"({"connect_card_config":{"redirect_uri":"https://a.b"}})");
  EXPECT_EQ(data.Find("connect_card_config")->Dump(), R"({"redirect_uri":"https://a.b"})");
  EXPECT_TRUE(data.At("/connect_card/uri")
                  ->AsString()
                  .contains("/connect-card/setup?redirect_uri=https%3A%2F%2Fa.b&auth=eyJ0"));
}

TEST_F(FivetranCreate, PutsWhatItAnsweredIntoTheStore) {
  const Json data = Create();
  const World& world = world_.session()->world();
  Json stored = *world.store().Find("fivetran.connection", data.Find("id")->AsString());
  EXPECT_TRUE(stored.Remove("sync_cron")) << "which no answer shows";
  EXPECT_EQ(stored.Dump(), data.Dump());
}

TEST_F(FivetranCreate, NeverGivesTheSameIdTwice) {
  std::set<std::string> ids;
  for (int i = 0; i < 1500; ++i) ids.emplace(Create().Find("id")->AsString());
  EXPECT_EQ(ids.size(), 1500u);
  EXPECT_EQ(world_.session()->world().store().Count("fivetran.connection"), 1500u);
}

TEST_F(FivetranCreate, TakesEveryServiceThatIsListed) {
  const Json& services =
      *BuiltInCatalog().FindVendor("fivetran")->FindData("services")->Find("services");
  for (const JsonMember& service : *services.IfObject()) {
    Json body = Parsed(R"({"group_id":"g","config":{"schema":"s","table":"t",
                           "table_group_name":"g","schema_prefix":"p"}})");
    body.Set("service", service.key);
    const Response response =
        world_.Send(Post("/v1/connections", body.Dump(), {{"Authorization", Basic("k")}}));
    EXPECT_EQ(response.status, 201) << service.key << " " << response.body;
  }
}

}  // namespace
}  // namespace mockduit
