// Plays that break or delay an answer, and whether the operation happens all the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/engine/world.h"

namespace mockduit {
namespace {

using ::testing::HasSubstr;

class EffectTest : public ::testing::Test {
 protected:
  // Sends a good call of each vendor to a world of its own that plays just this.
  template <class Check>
  void Each(const std::string& play, const Check& check) {
    for (const GoodCall& call : GoodCalls()) {
      TestWorld world(OptionsPlaying("rules: [{name: r, play: [" + play + "]}]\n"));
      const Response response = world.Send(call.Make());
      SCOPED_TRACE(call.vendor + " " + call.edition);
      const Exchange exchange = *world.session()->journal().Find(1);
      check(response, Made(world, call), exchange, call);
    }
  }
  static std::size_t Made(TestWorld& world, const GoodCall& call) {
    return world.session()->world().store().Count(call.InContract().effect()->which.kind);
  }
};

TEST_F(EffectTest, IsNotThereWhereAFailureIsPlayed) {
  Each("{outcome: server_error}", [](const auto& response, auto made, const auto& kept, auto&) {
    EXPECT_EQ(response.status, 500);
    EXPECT_EQ(made, 0u);
    EXPECT_FALSE(kept.applied);
    EXPECT_EQ(kept.rule, "r");
    EXPECT_EQ(kept.play, 1u);
  });
}

TEST_F(EffectTest, IsThereWhereTheFailureIsToApplyIt) {
  Each("{outcome: server_error, effect: apply}",
       [](const auto& response, auto made, const auto& kept, auto&) {
         EXPECT_EQ(response.status, 500);
         EXPECT_EQ(made, 1u);
         EXPECT_TRUE(kept.applied);
       });
}

TEST_F(EffectTest, IsThereWhereTheAnswerIsBroken) {
  Each("{fault: reset}", [](const auto& response, auto made, const auto& kept, auto&) {
    EXPECT_EQ(response.delivery.fault, Fault::kReset);
    EXPECT_EQ(made, 1u);
    EXPECT_EQ(kept.response.delivery.fault, Fault::kReset);
    EXPECT_TRUE(kept.applied);
  });
}

TEST_F(EffectTest, IsNotThereWhereItIsSkipped) {
  Each("{fault: truncate, effect: skip}",
       [](const Response& response, auto made, const auto& kept, const GoodCall& call) {
         EXPECT_EQ(made, 0u);
         EXPECT_FALSE(kept.applied);
         EXPECT_EQ(response.body,
                   call.InContract().FindOutcome("success")->variants.front().body->example.Dump());
         EXPECT_EQ(response.headers.Get("Location").find("//v1"), std::string_view::npos);
       });
}

TEST_F(EffectTest, IsNotAppliedForARequestThatIsRefused) {
  TestWorld world({.scenario = "created-but-timed-out"});
  EXPECT_EQ(world.Send(GoodCallOf("fivetran").With("invalid-key")).status, 500);
  EXPECT_EQ(Made(world, GoodCallOf("fivetran")), 0u);
  EXPECT_FALSE(world.session()->journal().Find(1)->applied);
}

TEST_F(EffectTest, DelaysWhateverIsAnswered) {
  Each("{delay: 150ms}", [](const auto& response, auto, const auto& kept, auto&) {
    EXPECT_EQ(response.delivery.delay, std::chrono::milliseconds(150));
    EXPECT_EQ(kept.response.delivery.delay, std::chrono::milliseconds(150));
  });
  TestWorld world({.scenario = "slow"});
  const Response refused = world.Send(GoodCallOf("fivetran").With("invalid-key"));
  EXPECT_EQ(refused.status, 401);
  EXPECT_GT(refused.delivery.delay, Duration(0));
}

TEST_F(EffectTest, AddsTheRetryAfterThatNoDocumentHas) {
  Each("{outcome: server_error, retry_after: 90s}",
       [](const auto& response, auto, const auto& kept, auto&) {
         EXPECT_EQ(response.headers.Get("Retry-After"), "90");
         EXPECT_EQ(kept.retry_after->session, std::chrono::seconds(90));
       });
}

TEST_F(EffectTest, TellsTheQuotaInTheVendorsHeaders) {
  TestWorld world({.scenario = "quota"});
  const auto send = [&](const char* vendor, const char* edition = "") {
    return world.Send(GoodCallOf(vendor, edition).Make());
  };
  const Response first = send("fivetran");
  EXPECT_EQ(first.headers.Get("X-Rate-Limit"), "5");
  EXPECT_EQ(first.headers.Get("X-Rate-Limit-Remaining"), "4");
  for (int i = 0; i < 4; ++i) send("fivetran");
  const Response refused = send("fivetran");
  EXPECT_EQ(refused.status, 429);
  EXPECT_EQ(refused.headers.Get("Retry-After"), "60");
  EXPECT_EQ(refused.headers.Get("X-Rate-Limit-Remaining"), "0");
  EXPECT_THAT(refused.headers.Get("X-Mockduit-Outcome"), HasSubstr("rate_limited"));
}

}  // namespace
}  // namespace mockduit
