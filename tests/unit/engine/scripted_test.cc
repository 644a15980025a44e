// What a scenario may change about an answer.
#include <gtest/gtest.h>

#include "unit/engine/world.h"

namespace mockduit {
namespace {

TestWorld Playing(const std::string& play) {
  return TestWorld(
      {.scenario = "s", .scenarios = {{"s.yaml", "rules:\n- play: [" + play + "]\n"}}});
}

Response Answered(const std::string& play, const char* vendor = "fivetran") {
  TestWorld world = Playing(play);
  return world.Send(GoodCallOf(vendor).Make());
}

TEST(Scripted, RetryAfterStaysWithinTheDocumentedBounds) {
  const struct {
    const char* vendor;
    const char* edition;
    const char* asked;
    const char* sent;
  } kCases[] = {
      {"supermetrics", "2026-08", "2s", "2"},
      {"supermetrics", "2026-08", "0s", "1"},
      {"supermetrics", "2026-08", "2d", "86400"},
      {"supermetrics", "2026-06", "2d", "3600"},
      {"supermetrics", "2026-06", "1500ms", "2"},
      {"airweave", "2025-07", "1ms", "1"},
      {"fivetran", "v1", "90s", "90"},
      {"fivetran", "v1", "0s", "1"},
  };
  for (const auto& c : kCases) {
    TestWorld world = Playing("{outcome: rate_limited, retry_after: " + std::string(c.asked) + "}");
    const Response response = world.Send(GoodCallOf(c.vendor, c.edition).Make());
    EXPECT_EQ(response.headers.Get("Retry-After"), c.sent) << c.vendor << " " << c.asked;
    EXPECT_EQ(response.headers.Count("Retry-After"), 1u);
  }
}

TEST(Scripted, RetryAfterIsToldInTheBodyAsWell) {
  EXPECT_EQ(Answered("{outcome: rate_limited, retry_after: 42s}", "airweave").body,
            R"({"detail":"Rate limit exceeded. Please retry after 41.34 seconds. Limit: 10 )"
            R"(requests per second."})");
}

TEST(Scripted, PatchMergesOntoTheDocumentedBody) {
  EXPECT_EQ(Answered("{outcome: server_error, patch: {message: null, extra: {a: 1}}}").body,
            R"({"code":"InternalServerError","extra":{"a":1}})");
}

TEST(Scripted, PatchMergesOntoAnEarnedSuccess) {
  TestWorld world = Playing("{outcome: success, patch: {data: {connect_url: 'https://x'}}}");
  const Json body = world.SendForJson(GoodCallOf("supermetrics").Make());
  EXPECT_EQ(body.At("/data/connect_url")->AsString(), "https://x");
  EXPECT_EQ(world.session()->world().store().Count("supermetrics.data_source_connection"), 1u);
}

TEST(Scripted, BodyStandsInPlaceOfTheDocumentedOne) {
  const Response response = Answered(
      "{outcome: forbidden, body: {group: '{{request.body.group_id}}', n: '{{attempt}}'}}");
  EXPECT_EQ(response.status, 403);
  EXPECT_EQ(response.body, R"({"group":"group_id","n":1})");
}

TEST(Scripted, HeadersAreSetAndTakenAway) {
  const Response response = Answered(
      "{outcome: rate_limited, headers: {Retry-After: null, x-rate-limit: 7, X-New: '{{now}}'}}");
  EXPECT_EQ(response.headers.Find("Retry-After"), std::nullopt);
  EXPECT_EQ(response.headers.Get("X-Rate-Limit"), "7");
  EXPECT_EQ(response.headers.Count("X-Rate-Limit"), 1u);
  EXPECT_EQ(response.headers.Get("X-New"), "2026-01-15T10:00:00.000000Z");
}

TEST(Scripted, StatusOverridesTheDocumentedOne) {
  const Response response = Answered("{outcome: server_error, status: 503}");
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(response.body,
            R"({"code":"InternalServerError","message":"HTTP 500 Internal Server Error"})");
}

TEST(Scripted, StatusAloneNeedsNoDocument) {
  const Response response = Answered("{status: 418, body: {short: stout}, retry_after: 1500ms}");
  EXPECT_EQ(response.status, 418);
  EXPECT_EQ(HeaderLines(response), "Retry-After: 2\nContent-Type: application/json\n");
  EXPECT_EQ(response.body, R"({"short":"stout"})");
  EXPECT_EQ(response.headers.Get("X-Mockduit-Outcome"), "scripted");
  EXPECT_EQ(response.headers.Get("X-Mockduit-Source"), "the scenario s");
}

TEST(Scripted, StatusAloneMayHaveNoBody) {
  const Response response = Answered("{status: 204}");
  EXPECT_EQ(HeaderLines(response), "");
  EXPECT_EQ(response.body, "");
}

TEST(Scripted, VariantOfSuccessIsEarnedAllTheSame) {
  TestWorld world = Playing("{outcome: success, variant: newest}");
  const Json body = world.SendForJson(GoodCallOf("fivetran").Make());
  EXPECT_EQ(body.Find("message")->AsString(), "Connection has been created");
  EXPECT_EQ(body.At("/data/group_id")->AsString(), "group_id");
}

TEST(Scripted, SuccessDoesNotSaveABadRequest) {
  TestWorld world = Playing("{outcome: success, headers: {X-Played: 'yes'}}");
  Request request = GoodCallOf("fivetran").Make();
  request.body = "{}";
  const Response response = world.Send(request);
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(response.headers.Find("X-Played"), std::nullopt);
}

TEST(Scripted, FailurePreemptsEverythingBelowIt) {
  TestWorld world({.scenario = "server-error"});
  EXPECT_EQ(world.Send(Post("/v1/connections", "no json", {})).status, 500);
  EXPECT_EQ(world.session()->world().store().Count("fivetran.connection"), 0u);
}

TEST(Scripted, OutcomeThatTheOperationLacksIsToldAsOurOwnMistake) {
  TestWorld world = Playing("{outcome: conflict}");  // fivetran's alone
  const Response response = world.Send(GoodCallOf("airweave").Make());
  EXPECT_EQ(response.status, 501);
  EXPECT_EQ(Json::Parse(response.body)->Find("detail")->AsString(),
            "the scenario plays 'conflict', which airweave.create_source_connection does not "
            "document; it has success, bad_request, unauthorized, forbidden, not_found, "
            "unprocessable, rate_limited or server_error");
}

TEST(Scripted, RulesSeeTheVendorsOwnPath) {
  TestWorld world({.scenarios = {{"s.yaml",
                                  "rules:\n- match: {path: /v1/connections, method: POST}\n"
                                  "  play: [{outcome: conflict, times: forever}]\n"}}});
  Request request = GoodCallOf("fivetran").Make();
  for (const char* prefix : {"/~s", "/~s@x/fivetran"}) {
    Request prefixed = request;
    prefixed.path = prefix + request.path;
    EXPECT_EQ(world.Send(prefixed).status, 409) << prefix;
  }
  EXPECT_EQ(world.Send(GoodCallOf("airweave").With("k~s")).status, 200);
}

TEST(Scripted, EveryBuiltInScenarioIsReadAndDescribed) {
  TestWorld world;
  EXPECT_GE(world.scenarios().Names().size(), 24u);
  for (const auto& scenario : world.scenarios().List()) {
    EXPECT_FALSE(scenario->description.empty()) << scenario->name;
  }
}

}  // namespace
}  // namespace mockduit
