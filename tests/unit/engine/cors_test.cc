// What pages in a browser are told: preflights, and the headers by which a page may read an answer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/engine/world.h"

namespace mockduit {
namespace {

using testing::IsEmpty;
using testing::StartsWith;

constexpr const char* kPage = "http://localhost:8080";
constexpr const char* kOtherPage = "http://localhost:3000";

Request Preflight(std::string path, std::string origin, std::string method = "POST",
                  std::string headers = "x-api-key,content-type") {
  return {"OPTIONS",
          std::move(path),
          "",
          {{"Host", "127.0.0.1:8080"},
           {"Origin", std::move(origin)},
           {"Access-Control-Request-Method", std::move(method)},
           {"Access-Control-Request-Headers", std::move(headers)}},
          ""};
}

Request From(std::string_view origin, Request request) {
  request.headers.Set("Host", "127.0.0.1:8080");
  request.headers.Add("Origin", origin);
  return request;
}

std::string Allow(std::string_view what) { return "Access-Control-Allow-" + std::string(what); }

TEST(Preflight, IsAnsweredAsTheContractSays) {
  TestWorld world;
  const Response response = world.Send(Preflight("/source-connections", kPage));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "");
  const Headers expected{{Allow("Origin"), kPage},
                         {Allow("Credentials"), "true"},
                         {Allow("Methods"), "GET,POST,PUT,DELETE,OPTIONS,PATCH"},
                         {Allow("Headers"), "*"},
                         {"X-Mockduit-Source", "Airweave backend v0.3.29, api/middleware.py"}};
  EXPECT_EQ(response.headers, expected);
}

TEST(Preflight, OfAnOriginThatTheVendorDoesNotKnowIsRefusedInItsWords) {
  TestWorld world;
  const Response response = world.Send(Preflight("/source-connections", kOtherPage));
  EXPECT_EQ(response.status, 403);
  EXPECT_EQ(response.body, "");
  const std::string page = kOtherPage;
  const Headers expected{{"X-Mockduit-Warning", "the contract lets no page of " + page +
                                                    " call; where it may, start the server with "
                                                    "--allow-origin " +
                                                    page},
                         {"X-Mockduit-Source", "Airweave backend v0.3.29, api/middleware.py"}};
  EXPECT_EQ(response.headers, expected);
}

TEST(Preflight, OfAnAllowedOriginIsAnswered) {
  TestWorld world({.emulator = {.names = {.origins = {kOtherPage, "https://app.example"}}}});
  for (const char* origin : {kOtherPage, "https://app.example"}) {
    const Response response = world.Send(Preflight("/source-connections", origin));
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.headers.Get("Access-Control-Allow-Origin"), origin);
  }
}

TEST(Preflight, GetsBackWhatItAsksForWhereNothingIsKnown) {
  TestWorld world;
  const Response response =
      world.Send(Preflight("/v1/connections", kOtherPage, "PATCH", "authorization,x-mine"));
  EXPECT_EQ(response.status, 204);
  EXPECT_THAT(response.headers.Get("X-Mockduit-Source"), StartsWith("inferred: "));
  EXPECT_EQ(response.headers.Get("Access-Control-Allow-Origin"), kOtherPage);
  EXPECT_EQ(response.headers.Get("Access-Control-Allow-Methods"), "PATCH");
  EXPECT_EQ(response.headers.Get("Access-Control-Allow-Headers"), "authorization,x-mine");
  EXPECT_EQ(response.headers.Get("Vary"), "Origin");
}

TEST(Preflight, ReachesNoSessionNoPlayAndNoKey) {
  TestWorld world({.scenario = "throttled-twice"});
  for (const char* path : {"/source-connections", "/@made/source-connections",
                           "/~no-such-scenario/source-connections", "/airweave/no/such/path"}) {
    const Response response = world.Send(Preflight(path, kPage));
    EXPECT_EQ(response.status, 200) << path;
    EXPECT_EQ(response.headers.Get("X-Mockduit-Session"), "");
  }
  EXPECT_EQ(world.sessions().Find("made"), nullptr);
  EXPECT_THAT(world.session()->journal().Exchanges({}), IsEmpty());
  EXPECT_EQ(world.Send(GoodCallOf("airweave").Make()).status, 429)
      << "the first play is still there";
}

TEST(Preflight, OfAPageOfTheWebIsRefusedAsTheRequestWouldBe) {
  TestWorld world;
  for (const char* path :
       {"/source-connections", "/v1/connections", "/v1/teams/1/data-source-connections"}) {
    for (const char* origin : {"https://evil.example", "https://app.airweave.ai", "null"}) {
      const Response response = world.Send(Preflight(path, origin));
      EXPECT_EQ(response.status, 403) << path;
      EXPECT_EQ(response.headers.Get("Content-Type"), "application/problem+json");
      EXPECT_EQ(response.headers.Get("Access-Control-Allow-Headers"), "");
    }
  }
}

TEST(Preflight, OfAPageOfTheWebIsAnsweredForASessionThatItWasTold) {
  TestWorld world;
  const std::string path = "/v1/teams/1/data-source-connections";
  EXPECT_EQ(world.Send(Preflight("/@told" + path, "https://evil.example")).status, 403);
  world.session("told");
  const Response response = world.Send(Preflight("/@told" + path, "https://evil.example"));
  EXPECT_EQ(response.status, 204);
  EXPECT_EQ(response.headers.Get("Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(world.Send(Preflight("/@told/v1/connections", "https://evil.example")).status, 403)
      << "no document of this vendor lets any page in";
}

TEST(Options, WithoutWhatABrowserSendsIsARequestLikeAnyOther) {
  TestWorld world;
  for (const Headers& headers :
       {Headers{}, Headers{{"Origin", kPage}}, Headers{{"Access-Control-Request-Method", "GET"}}}) {
    const Response response = world.Send({"OPTIONS", "/source-connections", "", headers, ""});
    EXPECT_EQ(response.status, 405);
    EXPECT_EQ(response.headers.Get("Allow"), "GET");
  }
}

TEST(PagesAnswer, SaysThatThePageMayReadIt) {
  TestWorld world;
  const auto fields = [&](const char* origin, const std::string& vendor) {
    const Response response = world.Send(From(origin, GoodCallOf(vendor).Make()));
    std::vector<std::string> shown;
    for (const auto& [name, value] : response.headers.fields()) {
      if (!name.starts_with("Access-Control-") && name != "Vary") continue;
      shown.push_back(std::string(name) + ": " + std::string(value));
    }
    return shown;
  };
  using testing::ElementsAre;
  EXPECT_THAT(fields(kPage, "airweave"),
              ElementsAre("Access-Control-Allow-Origin: http://localhost:8080",
                          "Access-Control-Allow-Credentials: true"));
  EXPECT_THAT(fields(kOtherPage, "airweave"), IsEmpty());
  EXPECT_THAT(fields(kOtherPage, "supermetrics"), ElementsAre("Access-Control-Allow-Origin: *"));
  EXPECT_THAT(fields(kOtherPage, "fivetran"),
              ElementsAre("Access-Control-Allow-Origin: http://localhost:3000",
                          "Access-Control-Allow-Credentials: true", "Vary: Origin",
                          "Access-Control-Expose-Headers: Retry-After"));
}

TEST(PagesAnswer, SaysSoWhateverItIs) {
  TestWorld world;
  const auto origin = [&](std::string method, std::string path) {
    const Response response = world.Send(
        From(kPage, {std::move(method), std::move(path), "", {{"Prefer", "code=418"}}, ""}));
    return std::string(response.headers.Get("Access-Control-Allow-Origin"));
  };
  EXPECT_EQ(origin("GET", "/source-connections/no-such-thing"), kPage) << "by the emulator itself";
  EXPECT_EQ(origin("GET", "/airweave/no/such/path"), kPage);
  EXPECT_EQ(origin("TRACE", "/source-connections"), kPage);
  EXPECT_EQ(origin("GET", "/~no-such-scenario/source-connections"), kPage);
  EXPECT_EQ(origin("GET", "/nobody/has/this"), "") << "no vendor, no rule";
}

TEST(PagesAnswer, IsKeptAsItIsSentAndAScenarioHasTheLastWord) {
  TestWorld world({.scenarios = {{"deaf.yaml",
                                  "rules: [{match: {}, play: [{outcome: rate_limited, headers: "
                                  "{Access-Control-Allow-Origin: null}}]}]"}}});
  world.Send(From(kPage, GoodCallOf("airweave").Make()));
  const Exchange kept = *world.session()->journal().Find(1);
  EXPECT_EQ(kept.response.headers.Get("Access-Control-Allow-Origin"), kPage);
  Request request = From(kPage, GoodCallOf("airweave").Make());
  request.path = "/~deaf" + request.path;
  const Response response = world.Send(request);
  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(response.headers.Find("Access-Control-Allow-Origin"), std::nullopt);
  EXPECT_EQ(response.headers.Get("Access-Control-Allow-Credentials"), "true");
}

}  // namespace
}  // namespace mockduit
