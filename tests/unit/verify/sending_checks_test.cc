// The checks of what clients send: headers, secrets in URLs, unknown members, what is deprecated.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/verify/story.h"
#include "verify/sent_fields.h"

namespace mockduit {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

TEST(HeadersSent, PassesWhatIsAskedFor) {
  Story story;
  story.At(0s, "POST /v1/boxes", kBox);
  story.At(1s, "GET /v1/boxes").With("accept", "application/json; q=1");
  EXPECT_EQ(story.Result("headers-sent"), "pass");
  EXPECT_EQ(story.Exercised("headers-sent"), 2u);
}

TEST(HeadersSent, IsNotExercisedWhereNoOperationIsMet) {
  Story story;
  EXPECT_EQ(story.Result("headers-sent"), "not_exercised");
  story.At(0s, "GET /nowhere").Answered(404).Without("Accept");
  EXPECT_EQ(story.Result("headers-sent"), "not_exercised");
}

TEST(HeadersSent, FailsABodyWithoutItsType) {
  Story story;
  story.At(0s, "POST /v1/boxes", kBox).Without("Content-Type");
  story.At(1s, "POST /v1/boxes", kBox).Without("Content-Type");
  EXPECT_THAT(story.Findings("headers-sent"),
              ElementsAre(AllOf(HasSubstr("2 requests"), HasSubstr("a body"),
                                HasSubstr("without Content-Type"), HasSubstr("POST /v1/boxes"))));
  EXPECT_THAT(story.Shown("headers-sent"), ElementsAre(ElementsAre(1u, 2u)));
}

TEST(HeadersSent, FailsAHeaderThatIsMissing) {
  Story story;
  story.At(0s, "GET /v1/boxes").Without("Accept");
  EXPECT_THAT(story.Findings("headers-sent"),
              ElementsAre("1 request without Accept, which should be application/json (Shop, 1), "
                          "such as GET /v1/boxes"));
}

TEST(HeadersSent, FailsAHeaderThatSaysSomethingElse) {
  Story story;
  story.At(0s, "POST /v1/boxes", kBox).With("Content-Type", "text/plain");
  story.At(1s, "GET /v1/boxes").With("Accept", "*/*");
  EXPECT_THAT(story.Findings("headers-sent"),
              UnorderedElementsAre(
                  HasSubstr("Content-Type: text/plain, which should be application/json (Shop, 2)"),
                  HasSubstr("Accept: */*, which should be application/json (Shop, 1)")));
}

TEST(HeadersSent, LooksOnBehindARequestThatMetNoOperation) {
  Story story;
  story.At(0s, "GET /nowhere").Answered(404);
  story.At(1s, "GET /v1/boxes").Without("Accept");
  EXPECT_EQ(story.Result("headers-sent"), "fail");
}

TEST(HeadersSent, AsksForATypeOnlyWhereThereIsABody) {
  Story story;
  story.At(0s, "POST /v1/boxes/a/paint");
  EXPECT_EQ(story.Result("headers-sent"), "pass");
}

TEST(NoSecretInUrl, PassesUrlsWithoutOne) {
  Story story;
  EXPECT_EQ(story.Result("no-secret-in-url"), "not_exercised");
  story.At(0s, "GET /v1/boxes?color=red&cursor=aa");
  EXPECT_EQ(story.Result("no-secret-in-url"), "pass");
}

TEST(NoSecretInUrl, FailsOneInTheQuery) {
  Story story;
  story.At(0s, "GET /v1/boxes?api_key=[redacted]");
  story.At(1s, "GET /v1/boxes?color=red&token=[redacted]&limit=1");
  EXPECT_THAT(story.Findings("no-secret-in-url"),
              ElementsAre("GET /v1/boxes has a secret in its URL: api_key=",
                          "GET /v1/boxes has a secret in its URL: token="));
  EXPECT_THAT(story.Shown("no-secret-in-url"), ElementsAre(ElementsAre(1u), ElementsAre(2u)));
}

TEST(NoSecretInUrl, ATokenOfAPlaceOrAWordAboutASecretIsNone) {
  for (const char* name :
       {"page_token", "start_token", "starting_token", "paginationToken", "since_token",
        "bookmark_token", "scroll_token", "token_type", "password_hint"}) {
    Story story;
    story.At(0s, "GET /v1/boxes?" + std::string(name) + "=[redacted]");
    EXPECT_EQ(story.Result("no-secret-in-url"), "pass") << name;
  }
}

TEST(NoSecretInUrl, IsNoMatterOfWhatPeopleOpenInABrowser) {
  Story story;
  story.At(0s, "GET /v1/boxes/a/door?token=[redacted]").Without("Accept");
  EXPECT_EQ(story.Result("no-secret-in-url"), "not_exercised");
  EXPECT_EQ(story.Result("headers-sent"), "not_exercised");
  EXPECT_EQ(story.MakeHistory().exchanges().size(), 1u) << "a report shows it";
}

TEST(NoSecretInUrl, FailsOneInThePath) {
  Story story;
  story.At(0s, "GET /v1/boxes/[redacted]");
  EXPECT_EQ(story.Result("no-secret-in-url"), "fail");
  EXPECT_THAT(story.Findings("no-secret-in-url"), ElementsAre(HasSubstr("in its path")));
}

TEST(UnknownFields, PassesWhatTheContractKnows) {
  Story story;
  story.At(0s, "POST /v1/boxes", kBox);
  story.At(1s, "GET /v1/boxes?color=red&limit=1");
  EXPECT_EQ(story.Result("unknown-fields"), "pass");
  EXPECT_EQ(story.Exercised("unknown-fields"), 2u);
}

TEST(UnknownFields, IsNotExercisedWhereNothingIsSent) {
  Story story;
  EXPECT_EQ(story.Result("unknown-fields"), "not_exercised");
  story.At(0s, "GET /v1/boxes");
  story.At(1s, "POST /nowhere?a=1", kBox).Answered(404);
  story.At(2s, "POST /v1/boxes/a/paint", kBox);  // whose contract tells of no body
  EXPECT_EQ(story.Result("unknown-fields"), "not_exercised");
}

TEST(UnknownFields, FailsFieldsWhereverTheyStand) {
  Story story;
  story.At(0s, "POST /v1/boxes", R"({"nmae":"a","parts":[{"size":1},{"sise":2},{"sise":3}]})");
  story.At(1s, "POST /v1/boxes", R"({"nmae":"b"})");
  EXPECT_EQ(story.Result("unknown-fields"), "fail");
  EXPECT_THAT(story.Findings("unknown-fields"),
              UnorderedElementsAre(
                  "body.nmae of shop.create_box is in no contract; it was sent 2 times",
                  "body.parts.*.sise of shop.create_box is in no contract; it was sent 1 time"));
}

TEST(UnknownFields, FailsQueryParameters) {
  Story story;
  story.At(0s, "GET /v1/boxes?colour=red");
  EXPECT_THAT(story.Findings("unknown-fields"),
              ElementsAre("query.colour of shop.list_boxes is in no contract; it was sent 1 time"));
  EXPECT_THAT(story.Shown("unknown-fields"), ElementsAre(ElementsAre(1u)));
}

TEST(UnknownFields, LooksOnBehindARequestThatMetNoOperation) {
  Story story;
  story.At(0s, "POST /nowhere", kBox).Answered(404);
  story.At(1s, "POST /v1/boxes", R"({"nmae":"Spares"})");
  EXPECT_EQ(story.Result("unknown-fields"), "fail");
}

TEST(UnknownFields, CountsEachAttemptOfACall) {
  Story story;
  story.Waits({1s, 2s}, "POST /v1/boxes", R"({"nmae":"a"})", 503);
  EXPECT_THAT(story.Findings("unknown-fields"), ElementsAre(HasSubstr("sent 3 times")));
}

TEST(UnknownFields, CannotBeToldOfABodyThatWasCut) {
  Story story;
  story.At(0s, "POST /v1/boxes", R"({"name":")").exchange().request_bytes = Exchange::kMaxBody + 1;
  EXPECT_EQ(story.Result("unknown-fields"), "inconclusive");
  EXPECT_THAT(story.Findings("unknown-fields"),
              ElementsAre("some bodies were too long to be kept whole"));
}

TEST(DeprecatedUsed, PassesWhatIsNot) {
  Story story;
  EXPECT_EQ(story.Result("deprecated-used"), "not_exercised");
  story.At(0s, "POST /v1/boxes", kBox);
  story.At(1s, "GET /v1/cartons/a");  // another name, and a good one
  EXPECT_EQ(story.Result("deprecated-used"), "pass");
}

TEST(DeprecatedUsed, FailsAnOperation) {
  Story story;
  story.At(0s, "POST /v1/boxes/a/paint");
  EXPECT_THAT(story.Findings("deprecated-used"),
              ElementsAre("shop.paint_box is deprecated; it was used 1 time"));
}

TEST(DeprecatedUsed, FailsAnOldPath) {
  Story story;
  story.At(0s, "GET /v1/crates/a");
  story.At(1s, "GET /v1/crates/b");
  EXPECT_THAT(story.Findings("deprecated-used"),
              ElementsAre("GET /v1/crates/{id}, now /v1/boxes/{id}, is deprecated; it was used 2 "
                          "times"));
  EXPECT_THAT(story.Shown("deprecated-used"), ElementsAre(ElementsAre(1u, 2u)));
}

TEST(DeprecatedUsed, FailsAFieldAndAParameter) {
  Story story;
  story.At(0s, "POST /v1/boxes", R"({"name":"a","hue":"red"})");
  story.At(1s, "GET /v1/boxes?tone=red");
  EXPECT_THAT(
      story.Findings("deprecated-used"),
      UnorderedElementsAre("body.hue of shop.create_box is deprecated; it was used 1 time",
                           "query.tone of shop.list_boxes is deprecated; it was used 1 time"));
}

TEST(SendingChecks, PassOverCallsOfNoOperationAndLookAtTheNext) {
  Story story;
  story.At(0s, "GET /v1/nothing");
  story.At(1s, "POST /v1/boxes/a/paint?unknown=1").Without("Accept");
  for (const char* check : {"deprecated-used", "headers-sent", "unknown-fields"}) {
    EXPECT_EQ(story.Result(check), "fail") << check;
    EXPECT_EQ(story.Exercised(check), 1U) << check;
  }
}

}  // namespace
}  // namespace mockduit
