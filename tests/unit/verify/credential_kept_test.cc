#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/verify/story.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;

constexpr std::string_view kCredentialKept = "credential-kept";

// A request of one origin whose answer leads to another.
Line Moved(Story& story, std::string location = "https://files.example/v1/lids") {
  return story.At(0s, "GET /v1/boxes")
      .Answered(307)
      .Says("Location", std::move(location))
      .With("Host", "api.shop.example");
}

// An answer of one origin that leads to another, and a request there, with its own header.
Story Led(std::string location, std::string_view header) {
  Story story;
  Moved(story, std::move(location)).With("Authorization", "[redacted]");
  Line next = story.At(1s, "GET /v1/lids").With("Host", "files.example");
  if (!header.empty()) next.With(std::string(header), "[redacted]");
  return story;
}

TEST(CredentialKept, FailsWhoTakesItToAnotherOrigin) {
  for (const char* header : {"Authorization", "X-API-Key", "X-Auth-Token"}) {
    const Story story = Led("https://files.example/v1/lids", header);
    EXPECT_EQ(story.Result(kCredentialKept), "fail") << header;
    EXPECT_THAT(story.Shown(kCredentialKept), ElementsAre(ElementsAre(1u, 2u)));
  }
  EXPECT_THAT(Led("//files.example/v1/lids", "Api-Key").Findings(kCredentialKept),
              ElementsAre("GET /v1/lids went to files.example, where an answer of "
                          "api.shop.example led, with the credential in Api-Key"));
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
  Moved(story).With("Authorization", "[redacted]");
  story.At(1s, "GET /v1/lids").With("Host", "files.example").With("X-API-Key", "[redacted]").By(2);
  EXPECT_EQ(story.Result(kCredentialKept), "not_exercised");
}

TEST(CredentialKept, SpellsAnOriginInAnyWay) {
  EXPECT_EQ(Led("HTTPS://FILES.example:443/v1/lids", "X-API-Key").Result(kCredentialKept), "fail");
  EXPECT_EQ(Led("https://api.shop.example:443/v1/lids", "X-API-Key").Result(kCredentialKept),
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

TEST(CredentialKept, ACookieMayBeTheOtherOriginsOwn) {
  Story story;
  Moved(story).With("Authorization", "[redacted]").With("Cookie", "[redacted]");
  story.At(1s, "GET /v1/lids").With("Host", "files.example").With("Cookie", "[redacted]").By(2);
  EXPECT_EQ(story.Result(kCredentialKept), "inconclusive");
  EXPECT_EQ(story.VerdictOf(kCredentialKept).findings.front().code, "credential-kept/cookie");
}

TEST(CredentialKept, AnotherPathAtThatHostIsNotWhereItLed) {
  const Story story = Led("https://files.example/v1/boxes", "Authorization");
  EXPECT_EQ(story.Result(kCredentialKept), "not_exercised");
}

TEST(CredentialKept, FailsOneInTheQuery) {
  Story story;
  Moved(story).With("X-API-Key", "[redacted]");
  story.At(1s, "GET /v1/lids?api_key=[redacted]").With("Host", "files.example");
  EXPECT_EQ(story.Result(kCredentialKept), "fail");
}

TEST(CredentialKept, OneWithoutACredentialThatLedThereExcusesNobody) {
  Story story;
  for (const bool with_key : {true, false}) {
    Line line = story.At(0s, "GET /v1/boxes")
                    .Answered(307)
                    .Says("Location", "https://files.example/v1/lids")
                    .With("Host", "api.shop.example");
    if (with_key) line.With("X-API-Key", "[redacted]");
  }
  story.At(1s, "GET /v1/lids").With("Host", "files.example").With("X-API-Key", "[redacted]");
  EXPECT_EQ(story.Result(kCredentialKept), "fail");
}

TEST(CredentialKept, ATextInAPageThatIsNotItsNextLinkLeadsNowhere) {
  Story story;
  story.At(0s, "GET /v1/boxes")
      .Points("aa")
      .Answers(R"({"items":[{"url":"https://files.example/v1/lids"}],"next_cursor":"aa"})")
      .With("Host", "api.shop.example")
      .With("Authorization", "[redacted]");
  story.At(1s, "GET /v1/lids").With("Host", "files.example").With("Authorization", "[redacted]");
  EXPECT_EQ(story.Result(kCredentialKept), "not_exercised");
}

}  // namespace
}  // namespace mockduit
