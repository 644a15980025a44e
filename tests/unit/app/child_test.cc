// Running a command: its environment, its end, and the signals that this process passes on.
#include "app/child.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>

namespace mockduit {
namespace {

constexpr Duration kGrace = std::chrono::seconds(20);

using ::testing::HasSubstr;
using ::testing::Not;

class ChildTest : public ::testing::Test {
 protected:
  ChildTest() {
    pthread_sigmask(SIG_SETMASK, nullptr, &before_);
    KeepSignalsForChild();
  }
  ~ChildTest() override { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

  static ChildEnd Shell(const std::string& script) {
    return RunChild({"/bin/sh", "-c", script}, {}, kGrace).value();
  }

 private:
  sigset_t before_{};
};

TEST_F(ChildTest, EndsWithItsExitCodeOrTheSignalThatKilledIt) {
  EXPECT_EQ(Shell("exit 7").exit_code, 7);
  EXPECT_EQ(Shell("kill -9 $$").exit_code, 128 + SIGKILL);
  EXPECT_EQ(Shell("exit 7").stop, 0);
}

TEST_F(ChildTest, GetsEachVariableOnce) {
  setenv("MOCKDUIT_TEST_A", "old", 1);
  setenv("MOCKDUIT_TEST_B", "kept", 1);
  ::testing::internal::CaptureStdout();
  const auto end = RunChild({"/usr/bin/env"}, {{"MOCKDUIT_TEST_A", "new"}}, kGrace);
  const std::string printed = ::testing::internal::GetCapturedStdout();
  unsetenv("MOCKDUIT_TEST_A");
  unsetenv("MOCKDUIT_TEST_B");
  EXPECT_EQ(end->exit_code, 0);
  EXPECT_THAT(printed, HasSubstr("MOCKDUIT_TEST_A=new\n"));
  EXPECT_THAT(printed, HasSubstr("MOCKDUIT_TEST_B=kept\n"));
  EXPECT_THAT(printed, Not(HasSubstr("MOCKDUIT_TEST_A=old\n")));
}

TEST_F(ChildTest, CannotBeWhatIsNotThere) {
  const auto end = RunChild({"/no/such/command"}, {}, kGrace);
  ASSERT_FALSE(end);
  EXPECT_EQ(end.error().message, "cannot run '/no/such/command': No such file or directory");
}

TEST_F(ChildTest, GetsTheSignalsOfThisProcess) {
  const ChildEnd end = Shell("trap 'exit 8' USR1; kill -USR1 $PPID; while :; do :; done");
  EXPECT_EQ(end.exit_code, 8);
  EXPECT_EQ(end.stop, 0) << "this signal asks nobody to stop";
}

TEST_F(ChildTest, MayEndAsItLikesWhenItIsToldToStop) {
  const ChildEnd end = Shell("trap 'exit 9' TERM; kill -TERM $PPID; while :; do :; done");
  EXPECT_EQ(end.exit_code, 9);
  EXPECT_EQ(end.stop, SIGTERM);
}

TEST_F(ChildTest, IsKilledWhenItIsToldToStopASecondTime) {
  const ChildEnd end = Shell("trap 'kill -TERM $PPID' TERM; kill -TERM $PPID; while :; do :; done");
  EXPECT_EQ(end.exit_code, 128 + SIGKILL);
  EXPECT_EQ(end.stop, SIGTERM);
}

}  // namespace
}  // namespace mockduit
