// `mockduit exec`, with a shell as the command.
#include <gmock/gmock.h>

#include "unit/app/run.h"

namespace mockduit {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Ran Exec(std::vector<std::string> options, const std::string& script) {
  options.insert(options.begin(), "exec");
  options.insert(options.end(), {"--", "/bin/sh", "-c", script});
  return RunWith(std::move(options));
}

TEST(Exec, EndsAsItsCommandEnds) {
  EXPECT_EQ(Exec({}, "exit 0").code, 0);
  EXPECT_EQ(Exec({}, "exit 7").code, 7);
  EXPECT_EQ(Exec({}, "kill -9 $$").code, 128 + 9);
}

TEST(Exec, SaysThatACommandCannotBeRun) {
  const Ran ran = RunWith({"exec", "--", "/no/such/command"});
  EXPECT_EQ(ran.code, 127);
  EXPECT_THAT(ran.err, HasSubstr("cannot run '/no/such/command': No such file or directory"));
}

TEST(Exec, TellsTheCommandWhereTheServerIs) {
  const Ran ran = Exec({"--admin-token", "t0ken"},
                       "case $MOCKDUIT_URL in http://127.0.0.1:*) ;; *) exit 1 ;; esac\n"
                       "[ \"$MOCKDUIT_FIVETRAN_URL\" = \"$MOCKDUIT_URL/v1\" ] || exit 2\n"
                       "[ \"$AIRWEAVE_BASE_URL\" = \"$MOCKDUIT_URL\" ] || exit 3\n"
                       "[ \"$MOCKDUIT_AIRWEAVE_URL\" = \"$MOCKDUIT_URL\" ] || exit 5\n"
                       "[ \"$MOCKDUIT_ADMIN_TOKEN\" = t0ken ] || exit 4\n");
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(Exec({}, "[ -z \"$MOCKDUIT_ADMIN_TOKEN\" ]").code, 0);
}

TEST(Exec, HandsTheCommandItsWordsAsTheyAre) {
  const Folder folder;
  const Ran ran = RunWith({"exec", "--", "/bin/sh", "-c", "printf '%s|' \"$@\" >\"$0\"",
                           folder.path() + "/words", "[a, b]", "--port", "--", "", "-x", "{}"});
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(folder.Text("words"), "[a, b]|--port|--||-x|{}|");
}

TEST(Exec, RunsTheCommandOnceForEachScenario) {
  const Folder folder;
  const std::string script = "echo \"$MOCKDUIT_URL\" >>" + folder.path() + "/runs; exit 3";
  const Ran ran = Exec({"--each", "success,rate-limited"}, script);
  EXPECT_EQ(ran.code, 3);
  EXPECT_EQ(std::ranges::count(folder.Text("runs"), '\n'), 2);
  EXPECT_THAT(ran.err, HasSubstr("mockduit: scenario success (1 of 2)\n"));
  EXPECT_THAT(ran.err, HasSubstr("mockduit: scenario rate-limited (2 of 2)\n"));
}

TEST(Exec, GivesTheFirstFailureOfSeveralRuns) {
  const Folder folder;
  const std::string count = folder.path() + "/count";
  const Ran ran = Exec({"--each", "success,rate-limited"},
                       "echo x >>" + count + "; [ $(wc -l <" + count + ") = 1 ] && exit 5; exit 6");
  EXPECT_EQ(ran.code, 5);
}

TEST(Exec, RunsNothingWhereAScenarioIsMissing) {
  const Folder folder;
  const Ran ran = Exec({"--each", "success,rate-limted"}, "echo x >" + folder.path() + "/ran");
  EXPECT_EQ(ran.code, 2);
  EXPECT_THAT(ran.err, HasSubstr("--each rate-limted: there is no such scenario; did you mean "
                                 "'rate-limited'?"));
  EXPECT_EQ(folder.Text("ran"), "");
}

TEST(Exec, TakesOneScenarioOrSeveral) {
  const Ran ran = Exec({"--scenario", "success", "--each", "success"}, "exit 0");
  EXPECT_EQ(ran.code, 2);
  EXPECT_EQ(ran.err, "mockduit: --scenario excludes --each\n");
}

TEST(Exec, FailsWhereAGateIsNotMet) {
  const Ran ran = Exec({"--require", "recovers"}, "exit 0");
  EXPECT_EQ(ran.code, 3);
  EXPECT_THAT(ran.err, HasSubstr("mockduit: recovers is required, and nothing exercised it\n"));
  EXPECT_EQ(Exec({"--require", "recovers"}, "exit 4").code, 4) << "the command's own comes first";
  EXPECT_EQ(Exec({"--min-coverage", "0"}, "exit 0").code, 3) << "nothing was covered";
}

TEST(Exec, WritesReportsToTheirFiles) {
  const Folder folder;
  const Ran ran =
      Exec({"--junit", folder.path() + "/v.xml", "--report", folder.path() + "/r.html"}, "exit 0");
  EXPECT_EQ(ran.code, 0);
  EXPECT_THAT(folder.Text("v.xml"), HasSubstr("<testsuites"));
  EXPECT_THAT(folder.Text("r.html"), HasSubstr("<html"));
}

TEST(Exec, FailsWhereAReportCannotBeWritten) {
  for (const char* option : {"--junit", "--report"}) {
    const Ran ran = Exec({option, "/no/such/folder/file"}, "exit 0");
    EXPECT_EQ(ran.code, 1) << option;
    EXPECT_THAT(ran.err, HasSubstr(std::string(option) + ": cannot write /no/such/folder/file"));
  }
}

TEST(Exec, ShowsNoColorsWhereTheOutputIsNoTerminal) {
  EXPECT_THAT(Exec({}, "exit 0").err, Not(HasSubstr("\033[")));
}

}  // namespace
}  // namespace mockduit
