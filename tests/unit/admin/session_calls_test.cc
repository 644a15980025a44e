// Settings, clocks and stores by the control API.
#include "unit/admin/control_api.h"

namespace mockduit {
namespace {

constexpr const char* kStart = "2026-01-15T10:00:00.000000Z";

TEST_F(ControlApiTest, SetsAClockAndEditionsAndFirstResources) {
  const Json session = Answer("PUT", "/__admin/sessions/a",
                              R"({"clock":"2027-01-01T00:00:00Z","editions":)"
                              R"({"supermetrics":"2026-06"},"seed_state":)"
                              R"({"airweave.collection":{"one":{"name":"One"}}}})");
  EXPECT_EQ(session.Get("clock"), Json("2027-01-01T00:00:00.000000Z"));
  EXPECT_EQ(session.Get("now"), Json("2027-01-01T00:00:00.000000Z"));
  EXPECT_EQ(session.Get("editions").Dump(), R"({"supermetrics":"2026-06"})");
  const Json store = Answer("GET", "/__admin/sessions/a/store");
  EXPECT_EQ(store.Get("resources").Get("airweave.collection").Dump(), R"({"one":{"name":"One"}})");
}

TEST_F(ControlApiTest, SaysWhichSettingIsWrong) {
  const std::pair<const char*, const char*> kBodies[] = {
      {R"({"clock":"noon"})",
       "'noon' is no time; write it as 2026-01-15T10:00:00Z, TIME@RATE, now@RATE, or 'real'"},
      {R"({"editions":[]})", "'editions' must be an object of vendors to editions"},
      {R"({"editions":{"fivetrn":"v1"}})",
       "there is no vendor 'fivetrn'; did you mean 'fivetran'?; there are fivetran, airweave, "
       "supermetrics"},
      {R"({"editions":{"fivetran":"v9"}})", "fivetran has no edition 'v9'; it has v1"},
      {R"({"editions":{"fivetran":9}})", "fivetran has no edition '9'; it has v1"},
  };
  for (const auto& [body, detail] : kBodies) {
    ExpectProblem(Call("PUT", "/__admin/sessions/a", body), 400, detail);
  }
  EXPECT_THAT(Call("PUT", "/__admin/sessions/a", R"({"seed_state":[]})").body,
              ::testing::HasSubstr("seed_state: "));
}

TEST_F(ControlApiTest, RefusesResourcesThatNoContractHas) {
  const std::pair<std::string, std::string> kResources[] = {
      {R"({"airweve.collection":{}})",
       "'airweve.collection' is no kind; there is no vendor 'airweve'; did you mean 'airweave'?"},
      {R"({"airweave.colection":{}})",
       "airweave.colection: 'colection' is no kind of airweave; did you mean 'collection'?"},
      {R"({"airweave.collection":{"a":{"nam":"A"}}})",
       "airweave.collection 'a': the kind 'collection' has no member 'nam'; did you mean 'name'?"},
      {R"({"airweave.collection":{"":{}}})", "airweave.collection: an id must not be empty"},
  };
  const std::string before = Call("GET", "/__admin/store").body;
  for (const auto& [resources, detail] : kResources) {
    ExpectProblem(Call("PUT", "/__admin/store", R"({"resources":)" + resources + "}"), 400, detail);
    ExpectProblem(Call("PUT", "/__admin/sessions/a", R"({"seed_state":)" + resources + "}"), 400,
                  "seed_state: " + detail);
  }
  EXPECT_EQ(Call("GET", "/__admin/store").body, before);
}

TEST_F(ControlApiTest, TakesTheSeedOfASessionAsTheStoreIsGiven) {
  Answer("PUT", "/__admin/sessions/a",
         R"({"seed_state":{"resources":{"airweave.collection":{"one":{"name":"One"}}}}})");
  const Json store = Answer("GET", "/__admin/sessions/a/store");
  EXPECT_EQ(store.Get("resources").Get("airweave.collection").Dump(), R"({"one":{"name":"One"}})");
}

TEST_F(ControlApiTest, TakesTheSeedNought) {
  EXPECT_EQ(Answer("PUT", "/__admin/sessions/a", R"({"seed":0})").Get("seed"), Json(0));
}

TEST_F(ControlApiTest, DropsNoSessionOfABadName) {
  ExpectProblem(Call("DELETE", "/__admin/sessions/A"), 400,
                "'A' is no session name: a name begins with a-z or 0-9, goes on with a-z, 0-9, "
                "'.', '_' or '-', and has at most 64 characters");
}

TEST_F(ControlApiTest, SparesExactlyWhatAResetIsToKeep) {
  const auto prepare = [&] {
    Call("POST", "/__admin/sessions/s/reset");
    world_.Send(GoodCallOf("airweave").With("k~success@s"));
    world_.Send(GoodCallOf("airweave").With("k@s"));
    Answer("POST", "/__admin/sessions/s/clock/advance", R"({"by":"1h"})");
  };
  struct Kept {
    bool store;
    bool journal;
    bool scenario;
    bool clock;
    bool operator==(const Kept&) const = default;
  };
  const auto look = [&] {
    const auto session = world_.session("s");
    return Kept{session->world().store().Snapshot() != session->seeds().store().Snapshot(),
                session->journal().total() > 0, !session->scripts().empty(),
                FormatMicros(session->Now()) != kStart};
  };
  const std::pair<const char*, Kept> kResets[] = {
      {R"({})", {false, false, false, false}},
      {R"({"keep":["store"]})", {true, false, false, false}},
      {R"({"keep":["journal"]})", {false, true, false, false}},
      {R"({"keep":["scenario"]})", {false, false, true, false}},
      {R"({"keep":["clock"]})", {false, false, false, true}},
      {R"({"keep":["clock","journal","scenario","store"]})", {true, true, true, true}},
  };
  for (const auto& [body, kept] : kResets) {
    prepare();
    EXPECT_EQ(Call("POST", "/__admin/sessions/s/reset", body).status, 204);
    EXPECT_EQ(look(), kept) << body;
  }
}

TEST_F(ControlApiTest, DescribesAClock) {
  EXPECT_EQ(Answer("GET", "/__admin/clock").Dump(),
            R"({"now":"2026-01-15T10:00:00.000000Z","mode":"frozen","rate":0})");
  EXPECT_EQ(Answer("PUT", "/__admin/clock", R"({"rate":2})").Dump(),
            R"({"now":"2026-01-15T10:00:00.000000Z","mode":"real","rate":2})");
  EXPECT_EQ(Answer("PUT", "/__admin/clock", R"({"rate":0.5})").Get("rate"), Json(0.5));
}

TEST_F(ControlApiTest, SetsAClocksTimeAndPace) {
  const std::pair<const char*, const char*> kClocks[] = {
      {R"({"now":"2026-02-01T00:00:00Z"})",
       R"({"now":"2026-02-01T00:00:00.000000Z","mode":"frozen","rate":0})"},
      {R"({"mode":"real"})", R"({"now":"2030-01-01T00:00:00.000000Z","mode":"real","rate":1})"},
      {R"({"mode":"frozen"})", R"({"now":"2030-01-01T00:00:00.000000Z","mode":"frozen","rate":0})"},
      {R"({"mode":"real","rate":60})",
       R"({"now":"2030-01-01T00:00:00.000000Z","mode":"real","rate":60})"},
      {R"({"mode":"real","now":"2026-01-01T00:00:00Z"})",
       R"({"now":"2026-01-01T00:00:00.000000Z","mode":"real","rate":1})"},
      {R"({"rate":0.001})", R"({"now":"2026-01-01T00:00:00.000000Z","mode":"real","rate":0.001})"},
      {R"({"rate":1000000})",
       R"({"now":"2026-01-01T00:00:00.000000Z","mode":"real","rate":1000000})"},
      {R"({"now":"1970-01-01T00:00:00Z","mode":"frozen"})",
       R"({"now":"1970-01-01T00:00:00.000000Z","mode":"frozen","rate":0})"},
  };
  for (const auto& [body, clock] : kClocks) {
    EXPECT_EQ(Answer("PUT", "/__admin/clock", body).Dump(), clock) << body;
  }
}

TEST_F(ControlApiTest, SaysWhatIsWrongWithAClock) {
  const std::pair<const char*, const char*> kBodies[] = {
      {R"({"rate":0})", "'rate' must be a number from 0.001 to 1000000"},
      {R"({"rate":1000001})", "'rate' must be a number from 0.001 to 1000000"},
      {R"({"rate":"fast"})", "'rate' must be a number from 0.001 to 1000000"},
      {R"({"mode":"frozen","rate":2})", "a frozen clock has no 'rate'"},
      {R"({"mode":"slow"})", "'mode' must be real or frozen"},
      {R"({"mode":"frozn"})", "'mode' must be real or frozen; did you mean 'frozen'?"},
      {R"({"now":"1969-12-31T23:59:59Z"})", "'now' must be from 1970 to 9999"},
      {R"({"now":"soon"})", "'soon' is no time; write it as 2026-01-15T10:00:00Z"},
      {R"({"raet":1})",
       "'raet' cannot be set here; it is one of now, mode or rate; did you mean "
       "'rate'?"},
  };
  for (const auto& [body, detail] : kBodies) {
    const Response response = Call("PUT", "/__admin/clock", body);
    EXPECT_EQ(response.status, 400) << body;
    EXPECT_THAT(response.body, ::testing::HasSubstr(detail));
  }
  EXPECT_EQ(Answer("GET", "/__admin/clock").Get("now"), Json(kStart));
}

TEST_F(ControlApiTest, MovesAClockAhead) {
  EXPECT_EQ(Answer("POST", "/__admin/clock/advance", R"({"by":"61s"})").Get("now"),
            Json("2026-01-15T10:01:01.000000Z"));
  EXPECT_EQ(Answer("POST", "/__admin/clock/advance", R"({"by":"0s"})").Get("now"),
            Json("2026-01-15T10:01:01.000000Z"));
}

TEST_F(ControlApiTest, SaysWhyAClockCannotBeMoved) {
  ExpectProblem(Call("POST", "/__admin/clock/advance"), 400,
                R"('by' must say how far, as in {"by": "61s"})");
  ExpectProblem(Call("POST", "/__admin/clock/advance", R"({"by":"far"})"), 400,
                "by: 'far' is no duration; write it as 150ms, 2s, 1m30s or 1h");
  Answer("PUT", "/__admin/clock", R"({"now":"9999-12-31T00:00:00Z"})");
  ExpectProblem(Call("POST", "/__admin/clock/advance", R"({"by":"2d"})"), 400,
                "by: the year would be past 9999");
}

TEST_F(ControlApiTest, PutsAStoreAndTellsHowItDiffersFromItsSeed) {
  EXPECT_EQ(Call("PUT", "/__admin/store",
                 R"({"resources":{"airweave.collection":{"new":{"name":"New"}}}})")
                .status,
            204);
  EXPECT_EQ(Answer("GET", "/__admin/store").Dump(),
            R"({"resources":{"airweave.collection":{"new":{"name":"New"}}}})");
  EXPECT_THAT(Call("GET", "/__admin/store/diff").body, ::testing::HasSubstr("\"new\""));
  EXPECT_EQ(Call("PUT", "/__admin/store", R"({"resources":[]})").status, 400);
  EXPECT_EQ(Call("PUT", "/__admin/store", R"({"resource":{}})").status, 400);
}

TEST_F(ControlApiTest, ShowsWhatTheClockHasBroughtAbout) {
  EXPECT_EQ(Answer("GET", "/__admin/deliveries").Dump(), R"({"deliveries":[]})");
}

}  // namespace
}  // namespace mockduit
