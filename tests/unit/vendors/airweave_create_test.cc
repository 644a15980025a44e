// Airweave's create, from request to answer and store.
#include <gtest/gtest.h>

#include "unit/engine/world.h"
#include "vendors/airweave/create_source_connection.h"

namespace mockduit {
namespace {

TEST(Slug, MakesReadableIdsOfNames) {
  const std::pair<std::string_view, std::string_view> kNames[] = {
      {"Collection for My conn!", "collection-for-my-conn"},
      {"  two  spaces  ", "two-spaces"},
      {"A_b.c/d", "abcd"},
      {"Émile 7", "mile-7"},
      {"a - b", "a-b"},
      {"!!!", ""},
      {"", ""},
  };
  for (const auto& [name, slug] : kNames) EXPECT_EQ(airweave::Slug(name), slug) << name;
}

class AirweaveCreate : public ::testing::Test {
 protected:
  Response Send(const std::string& more) {
    return world_.Send(Post("/source-connections",
                            R"({"name":"My conn","short_name":"stripe")" + more + "}",
                            {{"X-API-Key", "k"}}));
  }
  Json Create(const std::string& more = "") {
    const Response response = Send(more);
    EXPECT_EQ(response.status, 200) << response.body;
    return Json::Parse(response.body).value_or(Json());
  }
  Store& store() { return world_.session().store(); }
  // What the store has of that kind, the last one made.
  Json Last(const char* kind) {
    const Json snapshot = store().Snapshot();
    const Json* resources = snapshot.Find(kind);
    return resources != nullptr ? resources->IfObject()->back().value : Json();
  }

  World world_;
};

TEST_F(AirweaveCreate, AnswersEveryOptionalFieldAsNull) {
  const Response response = Send(R"(,"auth_fields":{"api_key":"sk"})");
  const std::string body = std::regex_replace(
      Masked(response.body), std::regex("-[a-z0-9]{6}\",\"created_by"), "-<6>\",\"created_by");
  EXPECT_EQ(body,
            R"({"name":"My conn","description":null,"config_fields":{},"short_name":"stripe",)"
            R"("white_label_id":null,"id":"<uuid4>","sync_id":"<uuid4>",)"
            R"("organization_id":"<uuid4>","created_at":"2026-01-15T10:00:00.000000",)"
            R"("modified_at":"2026-01-15T10:00:00.000000","connection_id":"<uuid4>",)"
            R"("collection":"collection-for-my-conn-<6>","created_by_email":null,)"
            R"("modified_by_email":null,"auth_fields":"********","status":"in_progress",)"
            R"("latest_sync_job_status":"pending","latest_sync_job_id":"<uuid4>",)"
            R"("latest_sync_job_started_at":null,"latest_sync_job_completed_at":null,)"
            R"("latest_sync_job_error":null,"cron_schedule":null,"next_scheduled_run":null})");
}

TEST_F(AirweaveCreate, MakesACollectionWhereNoneIsNamed) {
  const Json connection = Create();
  const Json collection = Last("airweave.collection");
  EXPECT_EQ(*collection.Find("readable_id"), *connection.Find("collection"));
  EXPECT_EQ(collection.Find("name")->AsString(), "Collection for My conn");
  EXPECT_EQ(collection.Find("status")->AsString(), "ACTIVE");
  EXPECT_EQ(store().Count("airweave.collection"), 2u);
}

TEST_F(AirweaveCreate, TakesACollectionThatIsThere) {
  EXPECT_EQ(Create(R"(,"collection":"my-collection")").Find("collection")->AsString(),
            "my-collection");
  EXPECT_EQ(store().Count("airweave.collection"), 1u);
}

TEST_F(AirweaveCreate, FindsACollectionThatAnEarlierCallMade) {
  const std::string made(Create().Find("collection")->AsString());
  EXPECT_EQ(Create(R"(,"collection":")" + made + "\"").Find("collection")->AsString(), made);
}

TEST_F(AirweaveCreate, DoesNotFindAnUnknownCollection) {
  const Response response = Send(R"(,"collection":"nobodys")");
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.body, R"({"detail":"Collection with readable ID nobodys not found"})");
  EXPECT_EQ(store().Count("airweave.source_connection"), 0u);
}

TEST_F(AirweaveCreate, CountsANullCollectionAsNamed) {
  const Response response = Send(R"(,"collection":null)");
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.body, R"({"detail":"Collection with readable ID None not found"})");
}

TEST_F(AirweaveCreate, PutsAPendingJobIntoTheStore) {
  const Json connection = Create();
  const Json job = Last("airweave.sync_job");
  EXPECT_EQ(*job.Find("id"), *connection.Find("latest_sync_job_id"));
  EXPECT_EQ(Masked(job.Dump()),
            R"({"source_connection_id":"<uuid4>","id":"<uuid4>","organization_id":"<uuid4>",)"
            R"("created_by_email":null,"modified_by_email":null,)"
            R"("created_at":"2026-01-15T10:00:00.000000",)"
            R"("modified_at":"2026-01-15T10:00:00.000000","status":"pending",)"
            R"("entities_inserted":0,"entities_updated":0,"entities_deleted":0,"entities_kept":0,)"
            R"("entities_skipped":0,"entities_encountered":{},"started_at":null,)"
            R"("completed_at":null,"failed_at":null,"error":null})");
}

TEST_F(AirweaveCreate, StartsNoJobWhereItIsToldNotTo) {
  const Json connection = Create(R"(,"sync_immediately":false)");
  EXPECT_EQ(connection.Find("status")->AsString(), "active");
  EXPECT_TRUE(connection.Find("latest_sync_job_id")->IsNull());
  EXPECT_TRUE(connection.Find("latest_sync_job_status")->IsNull());
  EXPECT_EQ(store().Count("airweave.sync_job"), 0u);
}

TEST_F(AirweaveCreate, MasksAuthFieldsWhateverTheyHold) {
  EXPECT_EQ(Create(R"(,"auth_fields":{"api_key":"sk","port":5})").Find("auth_fields")->AsString(),
            "********");
  EXPECT_EQ(Create(R"(,"credential_id":"550e8400-e29b-41d4-a716-446655440000")")
                .Find("auth_fields")
                ->AsString(),
            "********");
  EXPECT_TRUE(Create().Find("auth_fields")->IsNull());
  EXPECT_TRUE(Create(R"(,"auth_fields":null)").Find("auth_fields")->IsNull());
}

TEST_F(AirweaveCreate, GivesBackWhatWasSent) {
  const Json connection = Create(
      R"(,"description":"d","config_fields":{"branch":"main","n":1},)"
      R"("white_label_id":"550e8400-e29b-41d4-a716-446655440000","cron_schedule":"0 */6 * * *")");
  EXPECT_EQ(connection.Find("description")->AsString(), "d");
  EXPECT_EQ(connection.Find("config_fields")->Dump(), R"({"branch":"main","n":1})");
  EXPECT_EQ(connection.Find("white_label_id")->AsString(), "550e8400-e29b-41d4-a716-446655440000");
  EXPECT_TRUE(connection.Find("cron_schedule")->IsNull()) << "as in the service's create reply";
}

TEST_F(AirweaveCreate, BelongsToTheOrganizationThatTheHeaderNames) {
  Request request = GoodCallOf("airweave").Make();
  request.headers.Add("X-Organization-ID", "7f3c1e52-9b64-4d0a-8a5e-2c6f0b9d4e99");
  EXPECT_EQ(world_.SendForJson(request).Find("organization_id")->AsString(),
            "7f3c1e52-9b64-4d0a-8a5e-2c6f0b9d4e99");
}

TEST_F(AirweaveCreate, StoresWhatWasSentWhereTheReplyHidesIt) {
  const Json reply = Create(R"("auth_fields":{"api_key":"sk"},"cron_schedule":"0 */6 * * *")");
  Json stored = Last("airweave.source_connection");
  EXPECT_EQ(stored.Get("auth_fields").Dump(), R"({"api_key":"sk"})");
  EXPECT_EQ(stored.Get("cron_schedule").AsString(), "0 */6 * * *");
  EXPECT_EQ(stored.Get("status").AsString(), "active");
  stored.Set("auth_fields", "********");
  stored.Set("cron_schedule", nullptr);
  stored.Set("status", "in_progress");
  EXPECT_EQ(stored.Dump(), reply.Dump());
}

TEST_F(AirweaveCreate, TakesEveryDocumentedRequest) {
  const auto contract =
      ReadDocument(*ReadFile(MOCKDUIT_SOURCE_DIR "/fixtures/airweave/2025-07.yaml"));
  const Json* examples = contract->root.At(
      "/paths/~1source-connections/post/requestBody/content/application~1json/examples");
  ASSERT_NE(examples, nullptr);
  for (const JsonMember& example : *examples->IfObject()) {
    const Response response = world_.Send(
        Post("/source-connections", example.value.Find("value")->Dump(), {{"x-api-key", "k"}}));
    EXPECT_EQ(response.status, 200) << example.key << " " << response.body;
  }
}

TEST(SupermetricsCreate, PutsTheConnectionIntoTheStoreWithoutItsKey) {
  World world;
  const Json body = world.SendForJson(Post(
      kTeamPath, R"({"data_source_id":"ADM","destination_type":"SQL_BQ","api_key":"sk_1"})", {}));
  const std::string id(body.At("/data/connection_id")->AsString());
  EXPECT_EQ(world.session().store().Find("supermetrics.data_source_connection", id)->Dump(),
            R"({"connection_id":")" + id +
                R"(","team_id":"12345","data_source_id":"ADM","destination_type":"SQL_BQ",)"
                R"("login_url":null,"connect_url":null,)"
                R"("created_at":"2026-01-15T10:00:00.000000Z"})");
}

}  // namespace
}  // namespace mockduit
