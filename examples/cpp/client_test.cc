#include "client.h"

#include <mockduit/testing.h>

class ClientTest : public mockduit::Session {};

TEST_F(ClientTest, ACreateSurvivesThrottling) {
  Scenario("throttled-twice");
  EXPECT_EQ(CreateSource(Url("airweave"), "My source"), 200);
  EXPECT_EQ(Requests()["requests"].Size(), 3U);
}
