#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/verify/story.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;

constexpr std::string_view kCredentialKept = "credential-kept";

// An answer of one origin that leads to another, and a request there, with its own header.
Story Led(std::string location, std::string_view header) {
  Story story;
  story.At(0s, "GET /v1/boxes")
      .Answered(307)
      .Says("Location", std::move(location))
      .With("Host", "api.shop.example")
      .With("Authorization", "[redacted]");
  Line next = story.At(1s, "GET /v1/lids").With("Host", "files.example");
  if (!header.empty()) next.With(std::string(header), "[redacted]");
  return story;
}

TEST(CredentialKept, FailsWhoTakesItToAnotherOrigin) {
  for (const char* header : {"Authorization", "X-API-Key", "Cookie"}) {
    const Story story = Led("https://files.example/v1/lids", header);
    EXPECT_EQ(story.Result(kCredentialKept), "fail") << header;
    EXPECT_THAT(story.Shown(kCredentialKept), ElementsAre(ElementsAre(1u, 2u)));
  }
  EXPECT_THAT(Led("//files.example/v1/lids", "Cookie").Findings(kCredentialKept),
              ElementsAre("GET /v1/lids went to files.example, where an answer of "
                          "api.shop.example led, with the credential in Cookie"));
}

TEST(CredentialKept, PassesWhoLeavesItBehind) {
  EXPECT_EQ(Led("https://files.example/v1/lids", "").Result(kCredentialKept), "pass");
}

TEST(CredentialKept, IsNotExercisedWhereNothingLeadsElsewhere) {
  EXPECT_EQ(Led("/v1/lids", "Authorization").Result(kCredentialKept), "not_exercised")
      << "two origins with a credential each";
  Story one;
  one.At(0s, "GET /v1/boxes").With("Host", "a").With("Authorization", "[redacted]");
  one.At(1s, "GET /v1/lids").With("Host", "A").With("Authorization", "[redacted]");
  EXPECT_EQ(one.Result(kCredentialKept), "not_exercised");
}

TEST(CredentialKept, OneOfItsOwnForTheOtherOriginIsNoLeak) {
  Story story;
  story.At(0s, "GET /v1/boxes")
      .Answered(307)
      .Says("Location", "https://files.example/v1/lids")
      .With("Host", "api.shop.example")
      .With("Authorization", "[redacted]");
  story.At(1s, "GET /v1/lids").With("Host", "files.example").With("X-API-Key", "[redacted]").By(2);
  EXPECT_EQ(story.Result(kCredentialKept), "not_exercised");
}

TEST(CredentialKept, SpellsAnOriginInAnyWay) {
  EXPECT_EQ(Led("HTTPS://FILES.example:443/v1/lids", "Cookie").Result(kCredentialKept), "fail");
  EXPECT_EQ(Led("https://api.shop.example:443/v1/lids", "Cookie").Result(kCredentialKept),
            "not_exercised");
}

TEST(CredentialKept, FollowsTheLinksOfAPage) {
  Story story;
  story.At(0s, "GET /v1/boxes")
      .Points("aa")
      .Answers(R"({"next":"https://files.example/v1/boxes?cursor=aa"})")
      .With("Host", "api.shop.example")
      .With("Authorization", "[redacted]");
  story.At(1s, "GET /v1/boxes?cursor=aa").With("Host", "files.example").With("Authorization", "x");
  EXPECT_EQ(story.Result(kCredentialKept), "fail");
}

}  // namespace
}  // namespace mockduit
