#include "app/command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "app/wired_server.h"
#include "base/file.h"
#include "unit/app/run.h"
#include "unit/kept_log.h"

namespace mockduit {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::StartsWith;

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
  for (const char* word : {"--version", "-V", "version"}) {
    const Ran ran = RunWith({word});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(ran.out, std::string(kVersion) + "\n");
  }
}

TEST(CommandLine, TakesHelpForAnOptionOfTheCommandBehindIt) {
  EXPECT_EQ(RunWith({"help"}).out, RunWith({"--help"}).out);
  for (const char* command : {"serve", "exec", "version", "help"}) {
    const Ran ran = RunWith({"help", command});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(ran.out, RunWith({command, "--help"}).out);
    EXPECT_THAT(ran.out, HasSubstr("mockduit " + std::string(command)));
  }
}

TEST(CommandLine, HelpOfExecBeginsWithItsOwnOptions) {
  const std::string help = RunWith({"exec", "--help"}).out;
  for (const char* own : {"--each", "--require", "--junit"}) {
    EXPECT_LT(help.find(own), help.find("\nOptions of its server")) << own;
  }
  EXPECT_GT(help.find("  --port"), help.find("\nOptions of its server"));
}

TEST(CommandLine, NamesTheMistakeAndTheNearestWord) {
  const std::pair<std::vector<std::string>, std::string> kMistakes[] = {
      {{"help", "serv"}, "unknown command 'serv'; did you mean 'serve'?; see mockduit --help"},
      {{"help", "serve", "exec"}, "help takes the name of one command; see mockduit --help"},
      {{"serve", "--foo"}, "unknown option '--foo'; see mockduit serve --help"},
      {{"foo"}, "unknown command 'foo'; see mockduit --help"},
      {{"serv"}, "unknown command 'serv'; did you mean 'serve'?; see mockduit --help"},
      {{"serve", "--prot", "1"},
       "unknown option '--prot'; did you mean '--port'?; see mockduit serve --help"},
      {{"serve", "--senario=x"},
       "unknown option '--senario'; did you mean '--scenario'?; see mockduit serve --help"},
      {{"operations", "--frobnicate"},
       "unknown option '--frobnicate'; see mockduit operations --help"},
      {{"serve", "--edition", "supermetric=2026-08"},
       "--edition supermetric=2026-08: there is no vendor 'supermetric'; did you mean "
       "'supermetrics'?; there are supermetrics, airweave, fivetran; write it as VENDOR=EDITION"},
      {{"serve", "--edition", "supermetrics=2025"},
       "--edition supermetrics=2025: supermetrics has 2026-08 or 2026-06"},
      {{"serve", "--edition", "supermetrics"},
       "--edition supermetrics: it is written VENDOR=EDITION, as in supermetrics=2026-08; "
       "supermetrics has 2026-08 or 2026-06"},
      {{"serve", "extra"}, "serve takes no words, and 'extra' is one; see mockduit serve --help"},
      {{"operations", "serve"},
       "operations takes no words, and 'serve' is one; see mockduit operations --help"},
      {{"serve", "--contract", "/no/such/api.yaml"},
       "--contract: cannot read /no/such/api.yaml: No such file or directory"},
      {{"serve", "--scenario", "rate-limit"},
       "--scenario rate-limit: there is no such scenario; did you mean 'rate-limited'?"},
      {{"operations", "--vendor", "fivtran"},
       "--vendor fivtran: there is no such vendor; did you mean 'fivetran'?; there are fivetran, "
       "airweave, supermetrics"},
      {{"operations", "--vendor", "nope"},
       "--vendor nope: there is no such vendor; there are airweave, fivetran, supermetrics"},
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

// Every word is ours: releases of the library that parses the command line say it in their own
// ways.
TEST(CommandLine, SaysWhatIsWrongWithAValue) {
  const std::pair<std::vector<std::string>, std::string> kMistakes[] = {
      {{"serve", "--port", "65536"}, "--port: '65536' is not a whole number from 0 to 65535"},
      {{"serve", "--port", "-1"}, "--port: '-1' is not a whole number from 0 to 65535"},
      {{"serve", "--port=http"}, "--port: 'http' is not a whole number from 0 to 65535"},
      {{"serve", "--port", "1.5"}, "--port: '1.5' is not a whole number from 0 to 65535"},
      {{"serve", "--seed", "x"}, "--seed: 'x' is not a whole number from 0 up"},
      {{"serve", "--max-sessions", "1000001"},
       "--max-sessions: '1000001' is not a whole number from 1 to 1000000"},
      {{"serve", "--log", "\x1b[2Jjson"}, "--log: '\\x1b[2Jjson' is not text or json"},
      {{"serve", "--log", "jsn"}, "--log: 'jsn' is not text or json; did you mean 'json'?"},
      {{"serve", "--session-ttl", "0s"}, "--session-ttl: it must be longer than nothing"},
      {{"serve", "--session-ttl", "soon"},
       "--session-ttl: 'soon' is no duration; write it as 150ms, 2s, 1m30s or 1h"},
      {{"serve", "--public-url", "mock:80"},
       "--public-url: 'mock:80' is no URL; write it as http://host:port, or "
       "VENDOR=http://host:port"},
      {{"serve", "--public-url", "https://u:p@mock"},
       "--public-url: 'https://u:p@mock' has a user, a query or a fragment, which the links of "
       "answers lack"},
      {{"serve", "--public-url", "fivetran=https://mock?x"},
       "--public-url: 'fivetran=https://mock?x' has a user, a query or a fragment, which the links "
       "of answers lack"},
      {{"serve", "--strict=maybe"},
       "--strict: 'maybe' is not true or false (nor 1 or 0, yes or no, on or off)"},
      {{"verify", "--min-coverage", "101"}, "--min-coverage: '101' is not a number from 0 to 100"},
      {{"verify", "--min-coverage", "-1"}, "--min-coverage: '-1' is not a number from 0 to 100"},
      {{"verify", "--min-coverage", "nan"}, "--min-coverage: 'nan' is not a number from 0 to 100"},
      {{"verify", "--require", "recoverz"},
       "--require: 'recoverz' is no check; did you mean 'recovers'?"},
      {{"serve", "--log-requests", "alway"},
       "--log-requests: 'alway' is not auto, always or never; did you mean 'always'?"},
      {{"health", "--url", "nowhere"}, "--url: 'nowhere' is no URL; write it as http://host:port"},
  };
  for (const auto& [arguments, message] : kMistakes) {
    const Ran ran = RunWith(arguments);
    EXPECT_EQ(ran.code, 2) << message;
    EXPECT_EQ(ran.err, "mockduit: " + message + "\n");
  }
}

TEST(CommandLine, SaysWhichOptionHasNoValueOrTwo) {
  const std::pair<std::vector<std::string>, std::string> kMistakes[] = {
      {{"serve", "--port"}, "--port needs a value: the port to listen on; 0 takes a free one"},
      {{"serve", "--port="}, "--port needs a value: the port to listen on; 0 takes a free one"},
      {{"serve", "--host", "--port", "1"}, "--host needs a value: the address to listen on"},
      {{"serve", "--port", "1", "--port=1"}, "--port is given twice; it takes one value"},
      {{"exec", "--junit", "--", "true"},
       "--junit needs a value: a file for the verdicts as JUnit XML"},
      {{"exec"}, "COMMAND is missing: write what to run after --, as in exec -- pytest"},
      {{"lint"}, "PATH is missing: name files, or directories of files"},
  };
  for (const auto& [arguments, message] : kMistakes) {
    const Ran ran = RunWith(arguments);
    EXPECT_EQ(ran.code, 2) << message;
    EXPECT_EQ(ran.err, "mockduit: " + message + "\n");
  }
}

// A variable of the environment for the length of a test.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) { setenv(name, value, 1); }
  ~Variable() { unsetenv(name_); }

 private:
  const char* name_;
};

TEST(CommandLine, ReadsTheEnvironmentAsStrictlyAsTheCommandLine) {
  const std::tuple<const char*, const char*, std::string> kMistakes[] = {
      {"MOCKDUIT_PORT", "seventy", "'seventy' is not a whole number from 0 to 65535"},
      {"MOCKDUIT_PORT", "70000", "'70000' is not a whole number from 0 to 65535"},
      {"MOCKDUIT_STRICT", "perhaps",
       "'perhaps' is not true or false (nor 1 or 0, yes or no, on or off)"},
      {"MOCKDUIT_LOG", "xml", "'xml' is not text or json"},
      {"MOCKDUIT_CLOCK", "noon",
       "'noon' is no time; write it as 2026-01-15T10:00:00Z, TIME@RATE, now@RATE, or 'real'"},
  };
  for (const auto& [name, value, message] : kMistakes) {
    const Variable variable(name, value);
    const Ran ran = RunWith({"serve", "--host", "127.0.0.1"});
    EXPECT_EQ(ran.code, 2) << name;
    EXPECT_EQ(ran.err, "mockduit: " + std::string(name) + ": " + message + "\n");
  }
}

TEST(CommandLine, TakesTheEnvironmentOnlyWhereTheOptionIsNotGiven) {
  const Variable vendor("MOCKDUIT_VENDOR", "fivtran");
  EXPECT_EQ(RunWith({"operations"}).code, 2);
  EXPECT_EQ(RunWith({"operations", "--vendor", "fivetran"}).code, 0);
}

TEST(CommandLine, TakesAnEmptyVariableForNone) {
  const Variable vendor("MOCKDUIT_VENDOR", "");
  EXPECT_EQ(RunWith({"operations"}).code, 0);
}

TEST(CommandLine, TakesFlagsAndListsFromTheEnvironment) {
  const Variable json("MOCKDUIT_JSON", "yes");
  EXPECT_THAT(RunWith({"scenarios"}).out, StartsWith("{"));
  EXPECT_THAT(RunWith({"scenarios", "--json=false"}).out, Not(StartsWith("{")));
  const Variable folders("MOCKDUIT_SCENARIOS", "/no/such/a,/no/such/b");
  EXPECT_EQ(RunWith({"scenarios"}).err,
            "mockduit: --scenarios: cannot read /no/such/a: No such file or directory\n");
}

TEST(CommandLine, SaysHowAClockIsWritten) {
  EXPECT_THAT(RunWith({"serve", "--clock", "noon"}).err,
              HasSubstr("'noon' is no time; write it as 2026-01-15T10:00:00Z, TIME@RATE, "
                        "now@RATE, or 'real'"));
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

class OwnFiles : public ::testing::Test {
 protected:
  OwnFiles() {
    std::filesystem::create_directories(directory_ + "/fivetran");
    std::filesystem::create_directories(directory_ + "/supermetrics");
  }
  void Write(const std::string& name, const std::string& text) {
    ASSERT_TRUE(WriteFile(directory_ + "/" + name, text));
  }
  const Folder folder_;
  const std::string directory_ = folder_.path();
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
                         "'rules'?\nrulez: 1\n^\n");
}

TEST_F(OwnFiles, BrokenScenarioEndsTheStartOnlyWhenItIsAskedForOrStrict) {
  Write("broken.yaml", "rulez: 1\n");
  EXPECT_EQ(RunWith({"serve", "--scenarios", directory_.c_str(), "--scenario", "broken"}).code, 2);
  EXPECT_EQ(RunWith({"serve", "--scenarios", directory_.c_str(), "--strict"}).code, 2);
  ServeOptions options;
  options.library.scenarios = {directory_};
  KeptLog log;
  const auto wired = WiredServer::Build(options, log);
  EXPECT_TRUE(wired) << wired.error().message;
  EXPECT_THAT(log.lines, ::testing::Contains(HasSubstr("broken.yaml:1:1: ")));
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
  EXPECT_THAT(ran.out, Not(HasSubstr("2026-06: ")));
}

TEST_F(OwnFiles, FixturesTellTheirMistakesWithPlaces) {
  Write("fivetran/v2.yaml", "openapi: 3.1.0\nx-mockduit: {vendor: fivtran, edition: v2}\n");
  const Ran ran = RunWith({"operations", "--fixtures", directory_.c_str()});
  EXPECT_EQ(ran.code, 2);
  EXPECT_EQ(ran.err, "mockduit: " + directory_ +
                         "/fivetran/v2.yaml:2:22: the contract says 'fivtran' but stands in the "
                         "folder 'fivetran'\nx-mockduit: {vendor: fivtran, edition: v2}\n" +
                         std::string(21, ' ') + "^\n");
}

class WiredServerTest : public ::testing::Test {
 protected:
  WiredServerTest() {
    ServeOptions options;
    options.seed = 7;
    options.clock = "2026-01-15";
    wired_ = WiredServer::Build(options, *log_).value();
  }
  Response Get(std::string path) {
    return wired_->Handle({"GET", path, "", {{"Host", "localhost"}}, ""});
  }

  std::unique_ptr<Log> log_ = MakeStderrLog(LogFormat::kText);
  std::unique_ptr<WiredServer> wired_;
};

TEST_F(WiredServerTest, HandsEachRequestToTheRightRoom) {
  EXPECT_THAT(Get("/__admin/health").body, HasSubstr("\"ok\""));
  EXPECT_THAT(Get("/").body, HasSubstr("\"vendors\""));
  EXPECT_THAT(Get("/airweave/x").body, HasSubstr("Not Found"));
  EXPECT_EQ(wired_->Handle({"POST", "/", "", {}, ""}).status, 404);
  EXPECT_EQ(wired_->Refuse({400, "why", {}}).status, 400);
}

TEST_F(WiredServerTest, StartsWithTheSeedsOfEachVendor) {
  Request request{"POST",
                  "/source-connections",
                  "",
                  {{"X-API-Key", "k"}},
                  R"({"name":"name","short_name":"stripe","collection":"my-collection"})"};
  EXPECT_EQ(wired_->Handle(request).status, 200);
}

}  // namespace
}  // namespace mockduit
