// Every way of choosing gives every documented outcome of every operation, to the letter.
#include <gtest/gtest.h>

#include "unit/engine/world.h"

namespace mockduit {
namespace {

constexpr const char* kOurHeaders[] = {"X-Mockduit-Exchange", "Date",
                                       "X-Mockduit-Session",  "X-Mockduit-Scenario",
                                       "X-Mockduit-Outcome",  "X-Mockduit-Source"};

// One scenario for every variant of every outcome: "try-422-documented".
std::string ScenarioOf(const Outcome& outcome, const Variant& variant) {
  std::string name = "try-" + std::to_string(outcome.status) + "-" + variant.name;
  std::ranges::replace(name, '_', '-');
  return name;
}

std::vector<TextFile> ScenariosOfAllOutcomes() {
  std::map<std::string, std::string> texts;
  for (const GoodCall& call : GoodCalls()) {
    for (const Outcome& outcome : call.InContract().outcomes()) {
      for (const Variant& variant : outcome.variants) {
        const std::string name = ScenarioOf(outcome, variant) + "-" + call.vendor;
        texts[name] = "rules:\n- match: {vendor: " + call.vendor +
                      "}\n  play: [{outcome: " + outcome.name + ", variant: " + variant.name +
                      ", times: forever}]\n";
      }
    }
  }
  std::vector<TextFile> files;
  for (const auto& [name, text] : texts) files.push_back({name + ".yaml", text});
  return files;
}

// Status, headers by name and order, and the body but for its holes.
void ExpectAsDocumented(const Outcome& outcome, const Variant& variant, const Response& response,
                        const std::string& session) {
  EXPECT_EQ(response.status, outcome.status) << response.body;
  std::vector<std::string> names = {"Content-Type"};
  for (const HeaderRule& rule : outcome.headers) names.push_back(rule.name);
  names.insert(names.end(), std::begin(kOurHeaders), std::end(kOurHeaders));
  std::vector<std::string> sent;
  for (const auto& field : response.headers.fields()) sent.emplace_back(field.name);
  EXPECT_EQ(sent, names);
  EXPECT_EQ(response.headers.Get("X-Mockduit-Session"), session);
  EXPECT_EQ(response.headers.Get("X-Mockduit-Outcome"), outcome.name);
  EXPECT_EQ(response.headers.Get("X-Mockduit-Source"), variant.source.Text());
  const auto body = Json::Parse(response.body);
  ASSERT_TRUE(body) << response.body;
  EXPECT_EQ(Levelled(variant.body->filled.source(), variant.body->example, *body).Dump(),
            variant.body->example.Dump());
}

using Choose = Request (*)(const GoodCall&, const std::string& scenario,
                           const std::string& session);

const std::pair<const char*, Choose> kWays[] = {
    {"path",
     [](const GoodCall& call, const std::string& scenario, const std::string& session) {
       Request request = call.Make();
       request.path = "/~" + scenario + "@" + session + request.path;
       return request;
     }},
    {"encoded path and vendor prefix",
     [](const GoodCall& call, const std::string& scenario, const std::string& session) {
       Request request = call.Make();
       request.path = "/%7E" + scenario + "%40" + session + "/" + call.vendor + request.path;
       return request;
     }},
    {"headers",
     [](const GoodCall& call, const std::string& scenario, const std::string& session) {
       Request request = call.Make();
       request.headers.Add("x-mockduit-scenario", scenario);
       request.headers.Add("X-Mockduit-Session", session);
       return request;
     }},
    {"credential",
     [](const GoodCall& call, const std::string& scenario, const std::string& session) {
       return call.With("my-key~" + scenario + "@" + session);
     }},
};

TEST(Choosing, GivesEveryOutcomeByPathHeadersAndCredential) {
  TestWorld world({.scenarios = ScenariosOfAllOutcomes()});
  int session = 0;
  for (const GoodCall& call : GoodCalls()) {
    for (const Outcome& outcome : call.InContract().outcomes()) {
      for (const Variant& variant : outcome.variants) {
        for (const auto& [way, choose] : kWays) {
          const std::string scenario = ScenarioOf(outcome, variant) + "-" + call.vendor;
          SCOPED_TRACE(call.vendor + " " + call.edition + " " + scenario + " by " + way);
          const std::string name = "s-" + std::to_string(++session);
          const Response response = world.Send(choose(call, scenario, name));
          EXPECT_EQ(response.headers.Get("X-Mockduit-Scenario"), scenario);
          ExpectAsDocumented(outcome, variant, response, name);
        }
      }
    }
  }
  EXPECT_GT(session, 150);
}

TEST(Choosing, GivesEveryOutcomeByPrefer) {
  TestWorld world;
  for (const GoodCall& call : GoodCalls()) {
    for (const Outcome& outcome : call.InContract().outcomes()) {
      for (const Variant& variant : outcome.variants) {
        const std::string prefer = std::to_string(outcome.status) + ", example=" + variant.name;
        SCOPED_TRACE(call.vendor + " " + call.edition + " " + prefer);
        Request request = call.Make();
        request.headers.Add("Prefer", "code=" + prefer);
        ExpectAsDocumented(outcome, variant, world.Send(request), "default");
      }
    }
  }
}

TEST(Choosing, GivesTheFirstVariantWherePreferNamesNone) {
  TestWorld world;
  for (const GoodCall& call : GoodCalls()) {
    for (const Outcome& outcome : call.InContract().outcomes()) {
      Request request = call.Make();
      request.headers.Add("Prefer", "code=" + std::to_string(outcome.status));
      ExpectAsDocumented(outcome, outcome.variants.front(), world.Send(request), "default");
    }
  }
}

TEST(Choosing, TakesThePathBeforeTheHeadersBeforeTheCredential) {
  TestWorld world;
  Request request = GoodCallOf("fivetran").With("my-key~server-error@by-key");
  EXPECT_EQ(world.Send(request).headers.Get("X-Mockduit-Session"), "by-key");
  request.headers.Add("X-Mockduit-Scenario", "forbidden");
  const Response by_header = world.Send(request);
  EXPECT_EQ(by_header.status, 403);
  EXPECT_EQ(by_header.headers.Get("X-Mockduit-Session"), "default")
      << "one place decides, it is not put together from two";
  request.path = "/@by-path" + request.path;
  const Response by_path = world.Send(request);
  EXPECT_EQ(by_path.status, 201);
  EXPECT_EQ(by_path.headers.Get("X-Mockduit-Session"), "by-path");
}

TEST(Choosing, TakesTheSelectorOffTheCredential) {
  TestWorld world;
  for (const GoodCall& call : GoodCalls()) {
    EXPECT_LT(world.Send(call.With("forbidden~success")).status, 404);
    EXPECT_EQ(world.Send(call.With("forbidden~success")).headers.Get("X-Mockduit-Outcome"),
              "forbidden");
    EXPECT_EQ(world.Send(call.With("~success@x")).headers.Get("X-Mockduit-Outcome"), "unauthorized")
        << "nothing is left in front of the selector";
  }
}

TEST(Choosing, ByASessionAloneKeepsTheSessionsOwnScenario) {
  TestWorld world;
  world.session("mine")->SetScenario("unauthorized");
  Request request = GoodCallOf("airweave").Make();
  request.path = "/@mine" + request.path;
  EXPECT_EQ(world.Send(request).status, 401);
}

TEST(Choosing, KeepsSessionsApart) {
  TestWorld world({.scenario = "throttled-twice"});
  const GoodCall& call = GoodCallOf("supermetrics");
  for (const char* session : {"a", "b"}) {
    const std::string key = std::string("key@") + session;
    EXPECT_EQ(world.Send(call.With(key)).status, 429);
    EXPECT_EQ(world.Send(call.With(key)).status, 429);
    EXPECT_EQ(world.Send(call.With(key)).status, 201);
    EXPECT_EQ(world.session(session)->world().store().Count("supermetrics.data_source_connection"),
              1u);
  }
}

TEST(Choosing, ByPreferConsumesNoPlay) {
  TestWorld world({.scenario = "throttled-twice"});
  Request request = GoodCallOf("fivetran").Make();
  request.headers.Add("Prefer", "code=500");
  EXPECT_EQ(world.Send(request).status, 500);
  for (const int status : {429, 429, 201}) {
    EXPECT_EQ(world.Send(GoodCallOf("fivetran").Make()).status, status);
  }
}

std::string EditionOf(TestWorld& world, Headers headers) {
  Request request = Post(kTeamPath, "[]", std::move(headers));
  return std::string(world.SendForJson(request).At("/error/code")->AsString());
}

TEST(Edition, IsChosenByTheCredential) {
  TestWorld world;
  EXPECT_EQ(EditionOf(world, {{"Authorization", "my-key"}}), "INVALID_PARAMETER");
  EXPECT_EQ(EditionOf(world, {{"Authorization", "Bearer my-key"}}), "BAD_REQUEST");
  EXPECT_EQ(EditionOf(world, {{"Authorization", "bearer my-key"}}), "BAD_REQUEST");
  EXPECT_EQ(EditionOf(world, {}), "UNAUTHORIZED") << "without any it is the default one";
}

TEST(Edition, IsThePinnedOneWhateverTheCredential) {
  TestWorld june({.editions = {{"supermetrics", "2026-06"}}});
  EXPECT_EQ(EditionOf(june, {{"Authorization", "Bearer my-key"}}), "INVALID_PARAMETER");
  EXPECT_EQ(EditionOf(june, {}), "API_KEY_INVALID");
  TestWorld august({.editions = {{"supermetrics", "2026-08"}}});
  EXPECT_EQ(EditionOf(august, {{"Authorization", "my-key"}}), "BAD_REQUEST");
}

TEST(Edition, AnswersItsOwn404AndItsOwn405) {
  TestWorld world;
  TestWorld june({.editions = {{"supermetrics", "2026-06"}}});
  const Request nothing = {"GET", "/supermetrics/nothing", "", {{"Authorization", "my-key"}}, ""};
  const Request method = {"GET", kTeamPath, "", {{"Authorization", "my-key"}}, ""};
  for (TestWorld* one : {&world, &june}) {
    EXPECT_EQ(Masked(one->Send(nothing).body),
              R"({"meta":{"request_id":"<UUID7>"},"error":{"code":"NOT_FOUND",)"
              R"("message":"Not Found","description":"The requested resource was not found."}})");
    EXPECT_EQ(Masked(one->Send(method).body),
              R"({"meta":{"request_id":"<UUID7>"},"error":{"code":"METHOD_NOT_ALLOWED",)"
              R"("message":"Method Not Allowed",)"
              R"("description":"The method is not allowed for this resource."}})");
  }
  EXPECT_EQ(
      june.SendForJson({"GET", "/supermetrics/x", "", {}, ""}).At("/error/message")->AsString(),
      "Not Found");
}

}  // namespace
}  // namespace mockduit
