#include "admin/control_api.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/admin/control_api.h"

namespace mockduit {
namespace {

using ::testing::HasSubstr;

TEST_F(ControlApiTest, OwnsWhatIsBelowAdmin) {
  EXPECT_TRUE(ControlApi::Owns("/__admin"));
  EXPECT_TRUE(ControlApi::Owns("/__admin/x/y"));
  EXPECT_FALSE(ControlApi::Owns("/__administrator"));
  EXPECT_FALSE(ControlApi::Owns("/"));
}

TEST_F(ControlApiTest, SaysThatItIsWell) {
  EXPECT_EQ(Answer("GET", "/__admin/health").Dump(), R"({"status":"ok","version":"1.2.3"})");
}

TEST_F(ControlApiTest, ListsOperationsWithEditionsOutcomesAndSources) {
  const Json operations = Answer("GET", "/__admin/operations");
  const Json::Array& list = *operations.Find("operations")->IfArray();
  EXPECT_TRUE(std::ranges::is_sorted(
      list, {}, [](const Json& operation) { return operation.Get("name").AsString(); }));
  const auto found = std::ranges::find_if(list, [](const Json& operation) {
    return operation.Get("name").AsString() == "supermetrics.create_data_source_connection";
  });
  ASSERT_NE(found, list.end());
  const Json& supermetrics = *found;
  EXPECT_EQ(supermetrics.Find("path")->AsString(), "/v1/teams/{team_id}/data-source-connections");
  EXPECT_EQ(supermetrics.At("/editions/0/edition")->AsString(), "2026-08");
  EXPECT_TRUE(supermetrics.At("/editions/0/default")->AsBool());
  EXPECT_EQ(supermetrics.At("/editions/1/edition")->AsString(), "2026-06");
  EXPECT_EQ(supermetrics.At("/editions/0/outcomes/1")->Dump(),
            R"({"outcome":"bad_request","status":400,"source":"Supermetrics API reference, Create )"
            R"x(data source connection (Bearer edition, August 2026), response 400",)x"
            R"("variants":[{"name":"bad_request","source":"Supermetrics API reference, Create )"
            R"x(data source connection (Bearer edition, August 2026), response 400"}]})x");
}

TEST_F(ControlApiTest, ListsScenariosAndGivesOneWithItsText) {
  const Json list = Answer("GET", "/__admin/scenarios");
  EXPECT_EQ(list.At("/scenarios/3")->Dump(),
            R"({"name":"bad-request","description":"Every create is told that the request is )"
            R"(wrong."})");
  const Json one = Answer("GET", "/__admin/scenarios/throttled-twice");
  EXPECT_EQ(one.Find("name")->AsString(), "throttled-twice");
  EXPECT_THAT(std::string(one.Find("text")->AsString()), HasSubstr("times: 2"));
}

TEST_F(ControlApiTest, KnowsNoScenarioThatIsNotThere) {
  ExpectProblem(Call("GET", "/__admin/scenarios/throtled-twice"), 404,
                "there is no scenario 'throtled-twice'; did you mean 'throttled-twice'?");
  ExpectProblem(Call("GET", "/__admin/scenarios/%FF"), 404, "there is no scenario '\uFFFD'");
}

TEST_F(ControlApiTest, ShowsASessionAsItsFirstUseWillMakeIt) {
  EXPECT_EQ(Answer("GET", "/__admin/sessions").Dump(), R"({"sessions":[]})");
  const Json session = Answer("GET", "/__admin/sessions/mine");
  EXPECT_EQ(session.Find("name")->AsString(), "mine");
  EXPECT_EQ(session.Find("scenario")->AsString(), "throttled-twice");
  EXPECT_EQ(session.Find("clock")->AsString(), "2026-01-15T10:00:00.000000Z");
  EXPECT_EQ(session.Find("now")->AsString(), "2026-01-15T10:00:00.000000Z");
  EXPECT_EQ(session.Find("requests")->AsInteger(), 0);
  EXPECT_EQ(Answer("GET", "/__admin/sessions").Dump(), R"({"sessions":[]})")
      << "looking makes none";
  EXPECT_EQ(Answer("PUT", "/__admin/sessions/mine", "{}").Dump(), session.Dump());
  EXPECT_EQ(Answer("GET", "/__admin/sessions").At("/sessions/0")->Dump(), session.Dump());
}

TEST_F(ControlApiTest, SetsASessionsScenarioAndSeed) {
  const Json session =
      Answer("PUT", "/__admin/sessions/mine", R"({"scenario":"forbidden","seed":42})");
  EXPECT_EQ(session.Find("scenario")->AsString(), "forbidden");
  EXPECT_EQ(session.Find("seed")->AsInteger(), 42);
  EXPECT_EQ(world_.Send(GoodCallOf("fivetran").With("k@mine")).status, 403);
  EXPECT_EQ(world_.Send(GoodCallOf("fivetran").With("k")).status, 429) << "the others stay";
}

TEST_F(ControlApiTest, TakesBackTheSeedThatItTold) {
  const std::string seed = Answer("GET", "/__admin/sessions/a").Find("seed")->Dump();
  const std::string first = world_.Send(GoodCallOf("airweave").With("k~success@a")).body;
  Answer("PUT", "/__admin/sessions/a", R"({"seed":)" + seed + "}");
  Call("POST", "/__admin/sessions/a/reset");
  EXPECT_EQ(world_.Send(GoodCallOf("airweave").With("k~success@a")).body, first);
}

TEST_F(ControlApiTest, ChangesNothingWhereOneSettingIsWrong) {
  ExpectProblem(Call("PUT", "/__admin/sessions/mine", R"({"seed":1,"scenario":"forbiden"})"), 400,
                "there is no scenario 'forbiden'; did you mean 'forbidden'?");
  EXPECT_NE(Answer("GET", "/__admin/sessions/mine").Find("seed")->AsInteger(), 1);
}

TEST_F(ControlApiTest, SaysWhatIsWrongWithABody) {
  const std::pair<const char*, const char*> kBodies[] = {
      {"{",
       "the body is no JSON: a key in double quotes must stand here; no ',' may stand before a '}' "
       "(at byte 1)"},
      {"[]", "the body must be a JSON object"},
      {R"({"scenaro":"x"})",
       "'scenaro' cannot be set here; it is one of scenario, seed, clock, editions or seed_state; "
       "did you "
       "mean 'scenario'?"},
      {R"({"seed":-1})", "'seed' must be a whole number from 0 to 9223372036854775807"},
      {R"({"seed":"1"})", "'seed' must be a whole number from 0 to 9223372036854775807"},
      {R"({"seed":9223372036854775808})",
       "'seed' must be a whole number from 0 to 9223372036854775807"},
      {R"({"seed":1.5})", "'seed' must be a whole number from 0 to 9223372036854775807"},
  };
  for (const auto& [body, detail] : kBodies) {
    ExpectProblem(Call("PUT", "/__admin/sessions/mine", body), 400, detail);
  }
  ExpectProblem(Call("PUT", "/__admin/sessions/mine", R"({"scenario":5})"), 400,
                "there is no scenario '5'");
}

TEST_F(ControlApiTest, RefusesAMalformedSessionName) {
  for (const char* path : {"/__admin/sessions/Mine", "/__admin/sessions/Mine/reset"}) {
    const bool reset = std::string_view(path).ends_with("reset");
    ExpectProblem(Call(reset ? "POST" : "GET", path), 400,
                  "'Mine' is no session name: a name begins with a-z or 0-9, goes on with a-z, "
                  "0-9, '.', '_' or '-', and has at most 64 characters");
  }
}

TEST_F(ControlApiTest, DropsAWorld) {
  world_.Send(GoodCallOf("airweave").With("k~success@mine"));
  EXPECT_EQ(Call("DELETE", "/__admin/sessions/mine").status, 204);
  EXPECT_EQ(Answer("GET", "/__admin/sessions/mine").Find("requests")->AsInteger(), 0);
}

TEST_F(ControlApiTest, ResetsASessionAndSparesWhatItIsToKeep) {
  const auto use = [&] { world_.Send(GoodCallOf("airweave").With("k@s")); };
  use();
  EXPECT_EQ(Call("POST", "/__admin/sessions/s/reset").status, 204);
  EXPECT_EQ(world_.session("s")->journal().total(), 0u);
  use();
  EXPECT_EQ(Call("POST", "/__admin/sessions/s/reset", R"({"keep":["journal","scenario"]})").status,
            204);
  EXPECT_EQ(world_.session("s")->journal().total(), 1u);
  EXPECT_EQ(Answer("GET", "/__admin/sessions/s/progress").At("/scenarios/0/rules/0/hits")->Dump(),
            "1");
}

TEST_F(ControlApiTest, SaysWhatCannotBeKept) {
  ExpectProblem(Call("POST", "/__admin/reset", R"({"keep":["jornal"]})"), 400,
                "'jornal' cannot be kept; it is one of store, journal, scenario or clock; did you "
                "mean 'journal'?");
  ExpectProblem(Call("POST", "/__admin/reset", R"({"keep":"journal"})"), 400,
                "'keep' must be a list of store, journal, scenario or clock");
  ExpectProblem(Call("POST", "/__admin/reset", R"({"kep":[]})"), 400,
                "'kep' cannot be set here; it is one of keep; did you mean 'keep'?");
}

TEST_F(ControlApiTest, ListsTheJournalByFilter) {
  for (int i = 0; i < 3; ++i) world_.Send(GoodCallOf("fivetran").Make());
  world_.Send(GoodCallOf("airweave").Make());
  const std::pair<const char*, const char*> kFilters[] = {
      {"", "1 2 3 4 "},
      {"?status=429", "1 2 "},
      {"?outcome=success", "3 4 "},
      {"?operation=fivetran.create_connection", "1 2 3 "},
      {"?after=2", "3 4 "},
      {"?limit=1", "1 "},
      {"?after=1&limit=2&operation=fivetran.create_connection", "2 3 "},
      {"?status=5000", ""},
  };
  for (const auto& [query, ids] : kFilters) {
    const Json journal = Answer("GET", "/__admin/requests" + std::string(query));
    std::string found;
    for (const Json& request : *journal.Find("requests")->IfArray()) {
      found += request.Find("id")->Dump() + " ";
    }
    EXPECT_EQ(found, ids) << query;
    EXPECT_EQ(journal.Find("total")->AsInteger(), 4);
    EXPECT_FALSE(journal.Find("truncated")->AsBool());
  }
}

TEST_F(ControlApiTest, ShowsNoSecretInTheJournal) {
  world_.Send(GoodCallOf("airweave").With("my-secret-key~success"));
  const Response response = Call("GET", "/__admin/sessions/default/requests");
  EXPECT_EQ(response.body.find("my-secret-key"), std::string::npos);
  EXPECT_THAT(response.body, HasSubstr("[redacted]"));
}

TEST_F(ControlApiTest, SaysWhichFilterIsNoNumber) {
  for (const char* name : {"status", "after", "limit"}) {
    ExpectProblem(Call("GET", "/__admin/requests?" + std::string(name) + "=many"), 400,
                  std::string(name) + "=many is no number");
  }
}

TEST_F(ControlApiTest, TakesTheLargestSeed) {
  const auto session = Answer("PUT", "/__admin/sessions/mine", R"({"seed":9223372036854775807})");
  EXPECT_EQ(session.Find("seed")->Dump(), "9223372036854775807");
}

TEST_F(ControlApiTest, SaysWhichFilterIsNoOutcome) {
  ExpectProblem(Call("GET", "/__admin/requests?outcome=ratelimited"), 400,
                "outcome=ratelimited is no outcome; did you mean 'rate_limited'?");
}

TEST_F(ControlApiTest, ClearsTheJournal) {
  world_.Send(GoodCallOf("fivetran").Make());
  EXPECT_EQ(Call("DELETE", "/__admin/requests").status, 204);
  EXPECT_EQ(Answer("GET", "/__admin/requests").Dump(),
            R"({"requests":[],"total":0,"truncated":false})");
}

TEST_F(ControlApiTest, TellsTheProgressAlsoBeforeTheFirstRequest) {
  EXPECT_EQ(Answer("GET", "/__admin/progress").Dump(),
            R"({"completed":false,"scenarios":[{"scenario":"throttled-twice","completed":false,)"
            R"("rules":[{"name":"creates are throttled twice","hits":0,)"
            R"("plays":[{"play":"rate_limited","played":0,"left":2}]}],"limits":[]}]})");
  for (int i = 0; i < 2; ++i) world_.Send(GoodCallOf("fivetran").Make());
  EXPECT_TRUE(Answer("GET", "/__admin/sessions/default/progress").Find("completed")->AsBool());
}

TEST_F(ControlApiTest, TellsTheProgressOfEveryScenarioThatWasPlayed) {
  world_.Send(GoodCallOf("fivetran").With("k~forbidden"));
  const Json progress = Answer("GET", "/__admin/progress");
  EXPECT_EQ(progress.At("/scenarios/0/scenario")->AsString(), "forbidden");
  EXPECT_EQ(progress.At("/scenarios/1/scenario")->AsString(), "throttled-twice");
  EXPECT_FALSE(progress.Find("completed")->AsBool());
}

TEST_F(ControlApiTest, AnswersAWrongMethodWithAllow) {
  const std::pair<const char*, const char*> kAllowed[] = {
      {"/__admin/health", "GET"},
      {"/__admin/sessions/a", "GET, PUT, DELETE"},
      {"/__admin/sessions/a/requests", "GET, DELETE"},
      {"/__admin/sessions/a/clock", "GET, PUT"},
      {"/__admin/sessions/a/reset", "POST"},
      {"/__admin/reset", "POST"},
  };
  for (const auto& [path, allowed] : kAllowed) {
    const Response response = Call("PATCH", path);
    ExpectProblem(response, 405, std::string(path) + " takes " + allowed);
    EXPECT_EQ(response.headers.Get("Allow"), allowed);
  }
}

TEST_F(ControlApiTest, RefusesParametersThatTheCallDoesNotHave) {
  const std::tuple<const char*, const char*, const char*> kCalls[] = {
      {"GET", "/__admin/health?x=1", "'x' is no parameter of this call; it has none"},
      {"GET", "/__admin/requests?stats=429",
       "'stats' is no parameter of this call; it has operation, outcome, "
       "status, after, limit; did you mean 'status'?"},
      {"GET", "/__admin/sessions/a/events?afetr=1",
       "'afetr' is no parameter of this call; it has after; did you mean 'after'?"},
      {"POST", "/__admin/reset?keep=store", "'keep' is no parameter of this call; it has none"},
      {"GET", "/__admin/requests?a.b=1",
       "'a.b' is no parameter of this call; it has operation, outcome, status, after, limit"},
      {"GET", "/__admin/report?frmat=text",
       "'frmat' is no parameter of this call; those of checks are written "
       "check.parameter=value; did you mean 'format'?"},
      {"GET", "/__admin/clock?%66oo", "'foo' is no parameter of this call; it has none"},
  };
  for (const auto& [method, path, detail] : kCalls) ExpectProblem(Call(method, path), 400, detail);
}

TEST_F(ControlApiTest, DoesNothingWhereAParameterIsRefused) {
  world_.Send(GoodCallOf("fivetran").Make());
  EXPECT_EQ(Call("DELETE", "/__admin/requests?operation=x").status, 400);
  EXPECT_EQ(Answer("GET", "/__admin/requests").Find("total")->AsInteger(), 1);
}

// Every call of the table, so that none is left out.
TEST_F(ControlApiTest, RefusesAnUnknownParameterOfEveryCall) {
  for (const ControlApi::Entry& entry : ControlApi::Table()) {
    std::string path;
    for (const UriTemplate::Segment& segment : entry.path.segments()) {
      path += "/" + (segment.is_variable ? "1" : segment.text);
    }
    const Response response = Call(std::string(entry.method).c_str(), path + "?unheard_of=1");
    EXPECT_EQ(response.status, 400) << entry.method << " " << path;
    EXPECT_THAT(response.body, HasSubstr("'unheard_of' is no parameter of this call"));
  }
}

TEST_F(ControlApiTest, AnswersHeadAsGet) {
  EXPECT_EQ(Call("HEAD", "/__admin/health").status, 200);
  EXPECT_EQ(Call("HEAD", "/__admin/reset").status, 405);
}

TEST_F(ControlApiTest, NamesTheNearestCallsForAnUnknownOne) {
  const Response response = Call("GET", "/__admin/session");
  ExpectProblem(response, 404,
                "the control API has no /__admin/session; GET /__admin/openapi.json describes what "
                "it has");
  EXPECT_EQ(Json::Parse(response.body)->At("/nearest/0")->AsString(), "GET /__admin/sessions");
}

TEST_F(ControlApiTest, NamesNoCallsWhereNoneIsNear) {
  const Response response = Call("GET", "/__admin/zzz/qqq");
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(Json::Parse(response.body)->At("/nearest")->Dump(), "[]");
}

}  // namespace
}  // namespace mockduit
