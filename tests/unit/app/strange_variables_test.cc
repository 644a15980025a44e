#include "app/strange_variables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(StrangeVariables, AreThoseThatNothingReads) {
  EXPECT_THAT(
      StrangeVariables({"MOCKDUIT_ZZZZZZZZ=1", "MOCKDUIT_SCENARO=rate-limited"}),
      ElementsAre("MOCKDUIT_SCENARO (did you mean MOCKDUIT_SCENARIO?)", "MOCKDUIT_ZZZZZZZZ"));
}

TEST(StrangeVariables, AreNotThoseOfOptionsClientsAndTests) {
  EXPECT_THAT(StrangeVariables({"MOCKDUIT_PORT=0", "MOCKDUIT_MIN_COVERAGE=50",
                                "MOCKDUIT_URL=", "MOCKDUIT_ACME_URL=x", "MOCKDUIT_BIN=x",
                                "MOCKDUIT_SPECS=x", "HOME=/", "XMOCKDUIT_A=1"}),
              IsEmpty());
}

}  // namespace
}  // namespace mockduit
