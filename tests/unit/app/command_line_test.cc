#include "app/command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "app/house.h"
#include "base/file.h"

namespace mockduit {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::StartsWith;

struct Ran {
  int code = 0;
  std::string out;
  std::string err;
};

Ran RunWith(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "mockduit");
  // Should a server start after all, it stops again: this file cannot be written.
  if (arguments.size() > 2 && arguments[1] == std::string_view("serve")) {
    arguments.insert(arguments.begin() + 2, {"--ready-file", "/no/such/directory/url"});
  }
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  Ran ran;
  ran.code = RunCommandLine(static_cast<int>(arguments.size()), arguments.data());
  ran.out = ::testing::internal::GetCapturedStdout();
  ran.err = ::testing::internal::GetCapturedStderr();
  return ran;
}

TEST(CommandLine, AloneShowsItsHelp) {
  const Ran ran = RunWith({});
  EXPECT_EQ(ran.code, 0);
  EXPECT_THAT(ran.out, AllOf(HasSubstr("serve"), HasSubstr("Examples:")));
}

TEST(CommandLine, HelpHasExamples) {
  const Ran ran = RunWith({"--help"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_THAT(ran.out, HasSubstr("mockduit serve --scenario throttled-twice"));
}

TEST(CommandLine, HelpOfServeNamesEveryOptionWithItsEnvironmentVariable) {
  const std::string help = RunWith({"serve", "--help"}).out;
  for (const char* name :
       {"HOST", "PORT", "SCENARIO", "SCENARIOS", "FIXTURES", "STRICT", "EDITION", "SEED", "CLOCK",
        "PUBLIC_URL", "JOURNAL_SIZE", "MAX_RESOURCES", "MAX_BODY", "LOG", "READY_FILE"}) {
    EXPECT_THAT(help, HasSubstr("MOCKDUIT_" + std::string(name)));
  }
}

TEST(CommandLine, TellsItsVersion) {
  const Ran ran = RunWith({"--version"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.out, std::string(kVersion) + "\n");
}

TEST(CommandLine, NamesTheMistakeAndTheNearestWord) {
  const std::pair<std::vector<const char*>, std::string> kMistakes[] = {
      {{"serv"}, "unknown command 'serv'; did you mean 'serve'?; see mockduit --help"},
      {{"serve", "--prot", "1"},
       "unknown option '--prot'; did you mean '--port'?; see serve under mockduit --help"},
      {{"serve", "--senario=x"},
       "unknown option '--senario'; did you mean '--scenario'?; see serve under mockduit --help"},
      {{"operations", "--frobnicate"},
       "unknown option '--frobnicate'; see operations under mockduit --help"},
      {{"serve", "--edition", "supermetric=2026-08"},
       "--edition supermetric=2026-08: there is no vendor 'supermetric'; did you mean "
       "'supermetrics'?; write it as VENDOR=EDITION"},
      {{"serve", "--edition", "supermetrics=2025"},
       "--edition supermetrics=2025: supermetrics has 2026-08 or 2026-06"},
      {{"serve", "--edition", "supermetrics"},
       "--edition supermetrics: supermetrics has 2026-08 or 2026-06"},
      {{"serve", "--scenario", "rate-limit"},
       "--scenario rate-limit: there is no such scenario; did you mean 'rate-limited'?"},
      {{"operations", "--vendor", "fivtran"},
       "--vendor fivtran: there is no such vendor; did you mean 'fivetran'?"},
      {{"serve", "--scenarios", "/no/such/dir"},
       "--scenarios: cannot read /no/such/dir: No such file or directory"},
      {{"serve", "--fixtures", "/no/such/dir"},
       "--fixtures: cannot read /no/such/dir: No such file or directory"},
  };
  for (const auto& [arguments, message] : kMistakes) {
    const Ran ran = RunWith(arguments);
    EXPECT_EQ(ran.code, 2) << message;
    EXPECT_EQ(ran.err, "mockduit: " + message + "\n");
    EXPECT_EQ(ran.out, "");
  }
}

TEST(CommandLine, RefusesValuesOutOfRangeInOneLineThatNamesTheOption) {
  const std::pair<std::vector<const char*>, const char*> kMistakes[] = {
      {{"serve", "--port", "65536"}, "--port"},
      {{"serve", "--port", "-1"}, "--port"},
      {{"serve", "--port", "http"}, "--port"},
      {{"serve", "--clock", "noon"}, "--clock"},
      {{"serve", "--clock", "2026-01-15@0"}, "--clock"},
      {{"serve", "--seed", "x"}, "--seed"},
      {{"serve", "--seed", "-1"}, "--seed"},
      {{"serve", "--journal-size", "0"}, "--journal-size"},
      {{"serve", "--max-resources", "0"}, "--max-resources"},
      {{"serve", "--max-body", "0"}, "--max-body"},
      {{"serve", "--log", "xml"}, "--log"},
      {{"serve", "--port"}, "--port"},
  };
  for (const auto& [arguments, option] : kMistakes) {
    const Ran ran = RunWith(arguments);
    EXPECT_EQ(ran.code, 2) << option;
    EXPECT_THAT(ran.err, AllOf(StartsWith("mockduit: "), HasSubstr(option), EndsWith("\n")));
    EXPECT_EQ(std::ranges::count(ran.err, '\n'), 1) << ran.err;
  }
}

TEST(CommandLine, SaysHowAClockIsWritten) {
  EXPECT_THAT(RunWith({"serve", "--clock", "noon"}).err,
              HasSubstr("'noon' is no time; write it as 2026-01-15T10:00:00Z, TIME@RATE, or "
                        "'real'"));
}

TEST(CommandLine, ListsOperationsWithEveryOutcome) {
  const Ran ran = RunWith({"operations"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_THAT(ran.out, StartsWith("airweave."));
  EXPECT_THAT(
      ran.out,
      HasSubstr("supermetrics.create_data_source_connection\n"
                "  POST /v1/teams/{team_id}/data-source-connections\n"
                "  2026-08: 201 success, 400 bad_request, 401 unauthorized, 403 forbidden, 422 "
                "unprocessable, 429 rate_limited, 500 server_error\n"
                "  2026-06: 201 success, 400 bad_request, 401 unauthorized, 403 forbidden, 422 "
                "unprocessable, 429 rate_limited, 500 server_error\n"));
}

TEST(CommandLine, ListsOneVendorsOperationsAsJson) {
  const Ran ran = RunWith({"operations", "--vendor", "fivetran", "--json"});
  EXPECT_EQ(ran.code, 0);
  const auto json = Json::Parse(ran.out);
  ASSERT_TRUE(json);
  const Json::Array& operations = *json->Find("operations")->IfArray();
  EXPECT_GT(operations.size(), 1u);
  for (const Json& operation : operations) EXPECT_EQ(operation.Get("vendor"), Json("fivetran"));
}

TEST(CommandLine, ListsScenariosInTwoColumns) {
  const Ran ran = RunWith({"scenarios"});
  EXPECT_EQ(ran.code, 0);
  EXPECT_THAT(ran.out, MatchesRegex("[a-z0-9-]+ +[A-Z](.|\n)*rate-limited +Every create is told to "
                                    "come back later\\.\n(.|\n)*"));
  EXPECT_THAT(RunWith({"scenarios", "--json"}).out, StartsWith("{\n  \"scenarios\": ["));
}

TEST(CommandLine, HealthFailsWhereNobodyListens) {
  const Ran ran = RunWith({"health", "--url", "http://127.0.0.1:1"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err, StartsWith("mockduit: "));
}

// A directory that no test beside this one uses.
std::string MakeDirectory() {
  std::string path = ::testing::TempDir() + "mockduit_XXXXXX";
  return mkdtemp(path.data());
}

class OwnFiles : public ::testing::Test {
 protected:
  OwnFiles() : directory_(MakeDirectory()) {
    std::filesystem::create_directories(directory_ + "/fivetran");
    std::filesystem::create_directories(directory_ + "/supermetrics");
  }
  ~OwnFiles() override { std::filesystem::remove_all(directory_); }
  void Write(const std::string& name, const std::string& text) {
    ASSERT_TRUE(WriteFile(directory_ + "/" + name, text));
  }
  const std::string directory_;
};

TEST_F(OwnFiles, ScenariosStandBesideTheBuiltIn) {
  Write("mine.yaml", "description: My own.\n");
  const Ran ran = RunWith({"scenarios", "--scenarios", directory_.c_str()});
  EXPECT_EQ(ran.code, 0);
  EXPECT_THAT(ran.out,
              AllOf(MatchesRegex("(.|\n)*\nmine +My own\\.\n(.|\n)*"), HasSubstr("forbidden")));
}

TEST_F(OwnFiles, BrokenScenarioIsToldAndTheOthersAreListed) {
  Write("broken.yaml", "rulez: 1\n");
  Write("mine.yaml", "description: My own.\n");
  const Ran ran = RunWith({"scenarios", "--scenarios", directory_.c_str()});
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.out, HasSubstr("mine "));
  EXPECT_EQ(ran.err, "mockduit: " + directory_ +
                         "/broken.yaml:1:1: 'rulez' is no key of a scenario; did you mean "
                         "'rules'?\n");
}

TEST_F(OwnFiles, BrokenScenarioEndsTheStartOnlyWhenItIsAskedForOrStrict) {
  Write("broken.yaml", "rulez: 1\n");
  EXPECT_EQ(RunWith({"serve", "--scenarios", directory_.c_str(), "--scenario", "broken"}).code, 2);
  EXPECT_EQ(RunWith({"serve", "--scenarios", directory_.c_str(), "--strict"}).code, 2);
  ServeOptions options;
  options.library.scenarios = {directory_};
  ::testing::internal::CaptureStderr();
  const auto log = MakeStderrLog(LogFormat::kText);
  const auto house = House::Build(options, *log);
  EXPECT_TRUE(house) << house.error().message;
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), HasSubstr("broken.yaml:1:1: "));
}

TEST_F(OwnFiles, FixturesStandOverTheBuiltInOfTheSameName) {
  Write(
      "supermetrics/2026-06.yaml",
      "openapi: 3.1.0\nx-mockduit: {vendor: supermetrics, edition: mine}\npaths:\n  /x:\n    get:\n"
      "      operationId: get_x\n"
      "      responses: {'200': {x-mockduit: {outcome: success, source: me}}}\n");
  const Ran ran =
      RunWith({"operations", "--vendor", "supermetrics", "--fixtures", directory_.c_str()});
  EXPECT_THAT(ran.out, HasSubstr("supermetrics.get_x\n  GET /x\n  mine: 200 success\n"));
  EXPECT_THAT(ran.out, ::testing::Not(HasSubstr("2026-06: ")));
}

TEST_F(OwnFiles, FixturesTellTheirMistakesWithPlaces) {
  Write("fivetran/v2.yaml", "openapi: 3.1.0\nx-mockduit: {vendor: fivtran, edition: v2}\n");
  const Ran ran = RunWith({"operations", "--fixtures", directory_.c_str()});
  EXPECT_EQ(ran.code, 2);
  EXPECT_EQ(ran.err, "mockduit: " + directory_ +
                         "/fivetran/v2.yaml:2:22: the contract says 'fivtran' but stands in the "
                         "folder 'fivetran'\n");
}

class HouseTest : public ::testing::Test {
 protected:
  HouseTest() {
    ServeOptions options;
    options.seed = 7;
    options.clock = "2026-01-15";
    house_ = House::Build(options, *log_).value();
  }
  Response Get(std::string path) {
    return house_->Handle({"GET", path, "", {{"Host", "localhost"}}, ""});
  }

  std::unique_ptr<Log> log_ = MakeStderrLog(LogFormat::kText);
  std::unique_ptr<House> house_;
};

TEST_F(HouseTest, HandsEachRequestToTheRightRoom) {
  EXPECT_THAT(Get("/__admin/health").body, HasSubstr("\"ok\""));
  EXPECT_THAT(Get("/").body, HasSubstr("\"vendors\""));
  EXPECT_THAT(Get("/airweave/x").body, HasSubstr("Not Found"));
  EXPECT_EQ(house_->Handle({"POST", "/", "", {}, ""}).status, 404);
  EXPECT_EQ(house_->Refuse({400, "why", {}}).status, 400);
}

TEST_F(HouseTest, StartsWithTheSeedsOfEachVendor) {
  Request request{"POST",
                  "/source-connections",
                  "",
                  {{"X-API-Key", "k"}},
                  R"({"name":"name","short_name":"stripe","collection":"my-collection"})"};
  EXPECT_EQ(house_->Handle(request).status, 200);
}

}  // namespace
}  // namespace mockduit
