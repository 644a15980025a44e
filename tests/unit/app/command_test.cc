// What the values of options may be, and how complaints are written.
#include "app/command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "app/commands/commands.h"
#include "app/complain.h"

namespace mockduit {
namespace {

// Gives the option of `serve` that value: "" where it takes it, else why it does not.
std::string Refused(std::string_view option, const std::string& value) {
  const Command serve = ServeCommand();
  const auto known = std::ranges::find(serve.options, option, &Option::name);
  const auto set = known->set(value);
  return set ? "" : set.error().message;
}

TEST(FlagOption, TakesEveryWordForYesAndNo) {
  bool flag = false;
  const Option option = FlagOption("--flag", flag, "");
  for (const std::string yes : {"true", "1", "on", "yes", "YES"}) {
    flag = false;
    EXPECT_TRUE(option.set(yes)) << yes;
    EXPECT_TRUE(flag) << yes;
  }
  for (const std::string no : {"false", "0", "off", "no", "No"}) {
    flag = true;
    EXPECT_TRUE(option.set(no)) << no;
    EXPECT_FALSE(flag) << no;
  }
}

TEST(ServeOptions, TakeHostsWithoutAPort) {
  EXPECT_EQ(Refused("--webhook-allow", "hooks.example"), "");
  EXPECT_EQ(Refused("--allow-host", "10.0.0.7"), "");
  EXPECT_EQ(Refused("--webhook-allow", "hooks.example:443"),
            "'hooks.example:443' is no host; write its name or address alone, without a port; did "
            "you mean 'hooks.example'?");
  EXPECT_EQ(Refused("--allow-host", "https://mock.example"),
            "'https://mock.example' is no host; write its name or address alone, without a port; "
            "did you mean 'mock.example'?");
  EXPECT_EQ(Refused("--allow-host", "a b"),
            "'a b' is no host; write its name or address alone, without a port");
}

TEST(ServeOptions, TakeOriginsWithoutAPath) {
  EXPECT_EQ(Refused("--allow-origin", "https://app.example:8443"), "");
  EXPECT_EQ(Refused("--allow-origin", "null"), "");
  EXPECT_EQ(Refused("--allow-origin", "https://app.example/page"),
            "'https://app.example/page' is no origin; write it as https://host:port, without a "
            "path; did you mean 'https://app.example'?");
  EXPECT_EQ(Refused("--allow-origin", "app.example"),
            "'app.example' is no origin; write it as https://host:port, without a path");
}

TEST(ServeOptions, TakeATokenThatAHeaderCanHold) {
  EXPECT_EQ(Refused("--admin-token", "!t0ken~"), "");
  for (const std::string bad : {"two words", "rubout\x7f", "\xc3\xa4"}) {
    EXPECT_EQ(Refused("--admin-token", bad),
              "it has a blank or a character that is not ASCII, which no header can hold");
  }
}

TEST(ServeOptions, TakeAWaitThatLasts) {
  EXPECT_EQ(Refused("--stop-grace", "1ms"), "");
  EXPECT_EQ(Refused("--stop-grace", "0s"), "it must be longer than nothing");
}

TEST(DefaultUrl, HasThePortOfTheEnvironment) {
  EXPECT_EQ(DefaultUrl(), "http://127.0.0.1:8080");
  setenv("MOCKDUIT_PORT", "1234", 1);
  EXPECT_EQ(DefaultUrl(), "http://127.0.0.1:1234");
  setenv("MOCKDUIT_PORT", "", 1);
  EXPECT_EQ(DefaultUrl(), "http://127.0.0.1:8080");
  unsetenv("MOCKDUIT_PORT");
}

TEST(Complain, EscapesWhatATerminalWouldObeyAndBreaksNoLineByWhatItQuotes) {
  ::testing::internal::CaptureStderr();
  EXPECT_EQ(Complain(2, "first \x1b[2J\n  second\n"), 2);
  EXPECT_EQ(::testing::internal::GetCapturedStderr(),
            "mockduit: first \\x1b[2J\\x0a  second\\x0a\n");
}

TEST(Complain, KeepsTheLinesThatAnErrorIsMeantToHave) {
  ::testing::internal::CaptureStderr();
  Error error{.message = "first \x1b[2J\n  second"};
  error.has_lines = true;
  EXPECT_EQ(Complain(error), 2);
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "mockduit: first \\x1b[2J\n  second\n");
}

TEST(Complain, GivesEachKindOfErrorItsExitCode) {
  EXPECT_EQ(ExitCode(ErrorKind::kInvalid), 2);
  EXPECT_EQ(ExitCode(ErrorKind::kNotFound), 2);
  EXPECT_EQ(ExitCode(ErrorKind::kConflict), 1);
  EXPECT_EQ(ExitCode(ErrorKind::kIo), 1);
}

}  // namespace
}  // namespace mockduit
