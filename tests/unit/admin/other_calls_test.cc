// The server, scenarios, the journal and verdicts by the control API.
#include <memory>

#include "unit/admin/control_api.h"

namespace mockduit {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// A control API whose server keeps a state file, or none, and what becomes of a save.
class ServerCallsTest : public ControlApiTest {
 protected:
  Response Save(std::function<Result<void>()> save) {
    const ControlApi api({BuiltInCatalog(), world_.scenarios(), world_.sessions(), world_.metrics(),
                          "1.2.3", R"({"openapi":"3.1.0"})", std::move(save)},
                         {});
    return api.Handle({"POST", "/__admin/state/save", "", {}, ""});
  }
};

TEST_F(ServerCallsTest, SavesTheState) {
  int saved = 0;
  EXPECT_EQ(Save([&]() -> Result<void> {
              ++saved;
              return {};
            }).status,
            204);
  EXPECT_EQ(saved, 1);
}

TEST_F(ServerCallsTest, SaysWhyTheStateIsNotSaved) {
  ExpectProblem(Save({}), 409, "the server was started without --state FILE");
  ExpectProblem(Save([]() -> Result<void> { return Fail(ErrorKind::kIo, "the disk is full"); }),
                500, "the disk is full");
}

TEST_F(ServerCallsTest, GivesItsDescriptionAndMetrics) {
  EXPECT_EQ(Call("GET", "/__admin/openapi.json").body, "{}");
  Answer("PUT", "/__admin/sessions/a", "{}");
  const Response metrics = Call("GET", "/__admin/metrics");
  EXPECT_EQ(metrics.headers.Get("Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_THAT(metrics.body, HasSubstr("\nmockduit_sessions 1\n"));
}

TEST_F(ServerCallsTest, AsksForTheTokenButForHealth) {
  const ControlApi api({BuiltInCatalog(),
                        world_.scenarios(),
                        world_.sessions(),
                        world_.metrics(),
                        "1.2.3",
                        "{}",
                        {}},
                       {.token = "t0ken"});
  EXPECT_EQ(api.Handle({"GET", "/__admin/health", "", {}, ""}).status, 200);
  EXPECT_EQ(api.Handle({"GET", "/__admin/sessions", "", {}, ""}).status, 401);
}

TEST_F(ControlApiTest, PutsAndRemovesAScenario) {
  const char* text = "description: Mine.\n";
  EXPECT_EQ(Answer("PUT", "/__admin/scenarios/mine", text, 201).Get("description"), Json("Mine."));
  EXPECT_EQ(Answer("PUT", "/__admin/scenarios/mine", text, 200).Get("text"), Json(text));
  EXPECT_EQ(Call("DELETE", "/__admin/scenarios/mine").status, 204);
  ExpectProblem(Call("DELETE", "/__admin/scenarios/mine"), 404, "there is no scenario 'mine'");
}

TEST_F(ControlApiTest, KeepsTheScenarioThatRequestsMeetByDefault) {
  ExpectProblem(Call("DELETE", "/__admin/scenarios/throttled-twice"), 409,
                "'throttled-twice' is what requests meet that choose no scenario");
  EXPECT_EQ(Call("GET", "/__admin/scenarios/throttled-twice").status, 200);
}

TEST_F(ControlApiTest, TellsEveryMistakeOfAScenario) {
  const Response response = Call("PUT", "/__admin/scenarios/mine", "rulez: []\ndescriptoin: x\n");
  EXPECT_EQ(response.status, 422);
  const Json problem = Json::Parse(response.body).value();
  EXPECT_EQ(problem.Get("problems").IfArray()->size(), 2u);
  EXPECT_EQ(problem.At("/problems/0/line")->AsInteger(), 1);
  EXPECT_EQ(problem.At("/problems/1/line")->AsInteger(), 2);
  EXPECT_THAT(std::string(problem.Get("detail").AsString()), HasSubstr("(and 1 more)"));
  EXPECT_EQ(Call("GET", "/__admin/scenarios/mine").status, 404);
}

TEST_F(ControlApiTest, TellsASingleMistakeWithoutACount) {
  const Response response = Call("PUT", "/__admin/scenarios/mine", "rulez: []\n");
  EXPECT_EQ(response.status, 422);
  EXPECT_THAT(response.body, Not(HasSubstr("more)")));
}

TEST_F(ControlApiTest, HoldsAScenarioToTheNameOfItsCall) {
  const Response response = Call("PUT", "/__admin/scenarios/mine", "scenario: yours\n");
  EXPECT_EQ(response.status, 422);
  EXPECT_THAT(response.body, HasSubstr("the scenario calls itself 'yours', not 'mine'"));
}

TEST_F(ControlApiTest, GivesARequestWithTheReasonOfItsAnswer) {
  world_.Send(GoodCallOf("fivetran").Make());
  const Json request = Answer("GET", "/__admin/requests/1");
  EXPECT_EQ(request.Get("id"), Json(1));
  EXPECT_EQ(request.At("/why/decided_by")->AsString(), "creates are throttled twice");
  EXPECT_EQ(request.At("/why/rules/0/matches")->AsBool(), true);
}

TEST_F(ControlApiTest, SaysWhatKeptARuleFromDeciding) {
  Answer("PUT", "/__admin/scenarios/later",
         "rules:\n- {name: slow, match: {headers: {X-A: b}}, when: {after: 1h, until: 2h}, play: "
         "[{outcome: server_error}]}\n",
         201);
  world_.Send(GoodCallOf("fivetran").With("k~later"));
  const Json why = Answer("GET", "/__admin/requests/1").Get("why");
  EXPECT_TRUE(why.Get("decided_by").IsNull());
  const Json& rule = *why.At("/rules/0");
  EXPECT_FALSE(rule.Get("matches").AsBool(true));
  EXPECT_EQ(rule.Get("misses").IfArray()->size(), 2u) << rule.Dump();
  EXPECT_EQ(rule.At("/misses/1")->Dump(),
            R"({"condition":"when","wanted":"after 1h until 2h","got":"0s"})");
}

TEST_F(ControlApiTest, FindsNoMissInAWhenThatHolds) {
  Answer("PUT", "/__admin/scenarios/soon",
         "rules:\n- {when: {until: 1h}, play: [{outcome: server_error}]}\n", 201);
  world_.Send(GoodCallOf("fivetran").With("k~soon"));
  const Json why = Answer("GET", "/__admin/requests/1").Get("why");
  EXPECT_EQ(why.At("/rules/0/misses")->Dump(), "[]");
  EXPECT_TRUE(why.At("/rules/0/matches")->AsBool());
}

TEST_F(ControlApiTest, SaysWhichRequestsTheJournalDoesNotHave) {
  world_.Send(GoodCallOf("fivetran").Make());
  Call("DELETE", "/__admin/requests");
  ExpectProblem(Call("GET", "/__admin/requests/1"), 404,
                "the journal of default no longer has request 1");
  ExpectProblem(Call("GET", "/__admin/requests/2"), 404, "the journal of default has no request 2");
  ExpectProblem(Call("GET", "/__admin/requests/0"), 404, "the journal of default has no request 0");
  ExpectProblem(Call("GET", "/__admin/requests/first"), 400,
                "'first' is no id of a request; ids are numbers");
}

TEST_F(ControlApiTest, CountsTheRequestsThatFitAMatch) {
  world_.Send(GoodCallOf("fivetran").Make());
  world_.Send(GoodCallOf("airweave").Make());
  const std::pair<const char*, const char*> kMatches[] = {
      {"", R"({"count":2,"truncated":false})"},
      {R"({"operation":"airweave.*"})", R"({"count":1,"truncated":false})"},
      {R"({"body":{"service":"azure_service_bus"}})", R"({"count":1,"truncated":false})"},
      {R"({"body":{"service":"nothing"}})", R"({"count":0,"truncated":false})"},
  };
  for (const auto& [match, count] : kMatches) {
    EXPECT_EQ(Answer("POST", "/__admin/requests/count", match).Dump(), count) << match;
  }
  EXPECT_EQ(Call("POST", "/__admin/requests/count", R"({"operatoin":"x"})").status, 422);
}

TEST_F(ControlApiTest, BeginsTheEventsWhereTheClientLeftOff) {
  for (int i = 0; i < 3; ++i) world_.Send(GoodCallOf("fivetran").Make());
  const auto first = [&](std::string query, Headers headers) {
    const Response response =
        api_.Handle({"GET", "/__admin/events", std::move(query), std::move(headers), ""});
    EXPECT_EQ(response.headers.Get("Content-Type"), "text/event-stream");
    std::string bytes;
    response.stream->Next(bytes, Duration(0));
    const std::size_t id = bytes.find("id: ");
    return id == std::string::npos ? "none" : bytes.substr(id, bytes.find('\n', id) - id);
  };
  EXPECT_EQ(first("after=0", {}), "id: 1");
  EXPECT_EQ(first("after=1", {}), "id: 2");
  EXPECT_EQ(first("", {{"Last-Event-ID", "2"}}), "id: 3");
  EXPECT_EQ(first("after=0", {{"Last-Event-ID", "2"}}), "id: 3");
  EXPECT_EQ(first("", {}), "none");
  ExpectProblem(Call("GET", "/__admin/events?after=x"), 400, "after=x is no number");
}

TEST_F(ControlApiTest, CountsAScenarioAsCompletedOnlyWhenAllAre) {
  Answer("PUT", "/__admin/sessions/a", R"({"scenario":"success"})");
  EXPECT_TRUE(Answer("GET", "/__admin/sessions/a/progress").Get("completed").AsBool());
  world_.Send(GoodCallOf("fivetran").With("k~throttled-twice@a"));
  EXPECT_FALSE(Answer("GET", "/__admin/sessions/a/progress").Get("completed").AsBool(true));
}

TEST_F(ControlApiTest, GivesVerdictsOfOneSessionAndOfAll) {
  world_.Send(GoodCallOf("fivetran").With("k@a"));
  EXPECT_EQ(Answer("GET", "/__admin/sessions/a/verdicts").Get("session"), Json("a"));
  const Json all = Answer("GET", "/__admin/verdicts");
  EXPECT_EQ(all.Get("sessions").IfArray()->size(), 1u);
  EXPECT_EQ(all.At("/sessions/0/session")->AsString(), "a");
}

TEST_F(ControlApiTest, TakesTheParametersOfChecks) {
  for (const char* call : {"/verdicts", "/coverage", "/report", "/sessions/a/verdicts",
                           "/sessions/a/coverage", "/sessions/a/report"}) {
    const std::string path = "/__admin" + std::string(call);
    EXPECT_EQ(Call("GET", path + "?retries-bounded.max_attempts=9").status, 200) << path;
    EXPECT_EQ(Call("GET", path + "?retries-bounded.max_attempts=%39").status, 200) << path;
    EXPECT_EQ(Call("GET", path + "?retries-bounded.max_attempts=some").status, 400) << path;
    EXPECT_EQ(Call("GET", path + "?retries-bound.max_attempts=1").status, 400) << path;
  }
}

TEST_F(ControlApiTest, GivesTheCoverageOfOneSessionAndOfAll) {
  world_.Send(GoodCallOf("fivetran").With("k@a"));
  world_.Send(GoodCallOf("airweave").With("k@b"));
  EXPECT_EQ(Answer("GET", "/__admin/sessions/a/coverage").At("/called/met")->Dump(), "1");
  EXPECT_EQ(Answer("GET", "/__admin/coverage").At("/called/met")->Dump(), "2");
}

TEST_F(ControlApiTest, GivesTheCoverageOfWhatWasCalledAlone) {
  world_.Send(GoodCallOf("fivetran").With("k@a"));
  const std::string coverage = "/__admin/sessions/a/coverage";
  const Json called = Answer("GET", coverage + "?only_called=true");
  EXPECT_EQ(called.At("/called/met")->Dump(), "1");
  EXPECT_EQ(called.Find("all"), nullptr);
  EXPECT_EQ(called.At("/vendors/fivetran")->IfArray()->size(), 1u);
  EXPECT_EQ(called.At("/vendors/airweave")->IfArray()->size(), 0u);
  const Json all = Answer("GET", coverage + "?only_called=false");
  EXPECT_NE(all.Find("all"), nullptr);
  EXPECT_GT(all.At("/vendors/airweave")->IfArray()->size(), 1u);
  const Response refused = Call("GET", coverage + "?only_called=1");
  EXPECT_EQ(refused.status, 400);
  EXPECT_THAT(refused.body, HasSubstr("'1' is no value of only_called; it is true or false"));
}

TEST_F(ControlApiTest, RendersReportsInTheirFormats) {
  world_.Send(GoodCallOf("fivetran").With("k@a"));
  for (const char* path : {"/__admin/report", "/__admin/sessions/a/report"}) {
    const std::pair<const char*, const char*> kFormats[] = {
        {"", "text/html; charset=utf-8"},
        {"?format=html", "text/html; charset=utf-8"},
        {"?format=junit", "application/xml; charset=utf-8"},
        {"?format=text", "text/plain; charset=utf-8"},
    };
    for (const auto& [query, type] : kFormats) {
      const Response response = Call("GET", path + std::string(query));
      EXPECT_EQ(response.status, 200);
      EXPECT_EQ(response.headers.Get("Content-Type"), type) << query;
      EXPECT_THAT(response.body, HasSubstr("/v1/connections")) << query;
    }
    EXPECT_THAT(Call("GET", path + std::string("?format=text")).body, Not(HasSubstr("\033[")));
    EXPECT_THAT(Call("GET", path + std::string("?format=text&colours=true")).body,
                HasSubstr("\033["));
    ExpectProblem(Call("GET", path + std::string("?format=htlm")), 400,
                  "'htlm' is no format; did you mean 'html'?; there are html, junit, text");
  }
}

}  // namespace
}  // namespace mockduit
