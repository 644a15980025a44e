#include "session/state_version.h"

#include <gtest/gtest.h>

namespace mockduit {
namespace {

std::string Checked(const char* text) {
  const auto checked = CheckStateVersion(*Json::Parse(text));
  return checked ? "" : checked.error().message;
}

TEST(StateVersion, StandsInFrontOfTheState) {
  const Json state = Json::MakeObject({{"sessions", Json::MakeArray()}});
  EXPECT_EQ(WithStateVersion(state).Dump(), R"({"mockduit_state":1,"sessions":[]})");
}

TEST(StateVersion, IsAcceptedWhereverItStands) {
  EXPECT_EQ(Checked(R"({"sessions":[],"mockduit_state":1})"), "");
}

TEST(StateVersion, MustBeThere) {
  const std::string missing = "this is not a state file of mockduit: it has no 'mockduit_state'";
  for (const char* text : {"{}", "[]", R"("state")", R"({"sessions":[]})"}) {
    EXPECT_EQ(Checked(text), missing) << text;
  }
}

TEST(StateVersion, MustBeAWholeNumberAboveZero) {
  EXPECT_EQ(Checked(R"({"mockduit_state":"1"})"),
            R"('mockduit_state' is "1", which is not a version)");
  EXPECT_EQ(Checked(R"({"mockduit_state":0})"), "'mockduit_state' is 0, which is not a version");
  EXPECT_EQ(Checked(R"({"mockduit_state":1.5})"),
            "'mockduit_state' is 1.5, which is not a version");
}

TEST(StateVersion, MustNotBeNewerThanTheProgram) {
  EXPECT_EQ(
      Checked(R"({"mockduit_state":2})"),
      "it has version 2 of the format, from a newer mockduit; this one reads up to version 1");
}

}  // namespace
}  // namespace mockduit
