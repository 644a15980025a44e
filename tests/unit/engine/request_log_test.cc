// What the emulator tells of its requests: each once, with what decided it, and without secrets.
#include "engine/request_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/engine/world.h"

namespace mockduit {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class KeptRequests : public RequestLog {
 public:
  void Tell(const RequestEntry& entry) override { entries.push_back(entry); }
  std::vector<RequestEntry> entries;
};

class RequestLogTest : public testing::Test {
 protected:
  RequestEntry SendAndTell(Request request) {
    kept_.entries.clear();
    world_.Send(std::move(request));
    EXPECT_THAT(kept_.entries, SizeIs(1));
    return kept_.entries.empty() ? RequestEntry() : kept_.entries.back();
  }

  static Request Source(const std::string& prefix, const std::string& body) {
    return Post(prefix + "/source-connections", body, {{"X-API-Key", "my-key"}});
  }
  static std::string GoodBody() {
    return R"({"name":"My source","short_name":"stripe","auth_fields":{"api_key":"hush-hush"}})";
  }

  KeptRequests kept_;
  TestWorld world_{{.requests = &kept_}};
};

TEST_F(RequestLogTest, TellsWhichRequestOfTheScriptItWas) {
  const auto place = [](std::uint64_t attempt, bool played) {
    return AllOf(Field(&RequestEntry::attempt, attempt), Field(&RequestEntry::attempts, 2),
                 Field(&RequestEntry::played, played),
                 Field(&RequestEntry::scenario, "throttled-twice"),
                 Field(&RequestEntry::session, "demo"), Field(&RequestEntry::id, attempt));
  };
  for (int i = 0; i < 3; ++i) world_.Send(Source("/~throttled-twice@demo", GoodBody()));
  EXPECT_THAT(kept_.entries, ElementsAre(place(1, true), place(2, true), place(3, false)));
  const RequestEntry& second = kept_.entries[1];
  EXPECT_EQ(second.status, 429);
  EXPECT_EQ(second.outcome, "rate_limited");
  EXPECT_EQ(second.retry_after, std::chrono::seconds(1));
  EXPECT_EQ(second.rule, "creates are throttled twice");
  EXPECT_EQ(second.path, "/~throttled-twice@demo/source-connections");
  EXPECT_FALSE(second.applied);
  EXPECT_TRUE(kept_.entries[2].applied);
}

TEST_F(RequestLogTest, TellsTheOperationItsEditionAndTheSource) {
  const RequestEntry entry = SendAndTell(Source("", GoodBody()));
  EXPECT_EQ(entry.operation, "airweave.create_source_connection");
  EXPECT_FALSE(entry.edition.empty());
  EXPECT_THAT(entry.source, HasSubstr("Airweave"));
  EXPECT_TRUE(entry.eventless);
  EXPECT_EQ(entry.came, *ParseTime("2030-01-01"));
}

TEST_F(RequestLogTest, TellsTheConditionAndEveryViolationWithoutTheValues) {
  const RequestEntry entry =
      SendAndTell(Source("", R"({"name":"Me","short_name":7,"auth_fields":{"api_key":"x"}})"));
  EXPECT_EQ(entry.condition, "invalid");
  EXPECT_THAT(entry.violations,
              ElementsAre("body.name: minLength 4", "body.short_name: type string"));
}

TEST_F(RequestLogTest, TellsARefusedCredentialAsACondition) {
  EXPECT_EQ(SendAndTell(Post("/source-connections", GoodBody(), {})).condition, "no_credential");
}

TEST_F(RequestLogTest, TellsNoConditionThatAPlayHasPassedOver) {
  const RequestEntry entry = SendAndTell(Post("/~server-error/source-connections", "{}", {}));
  EXPECT_EQ(entry.condition, "");
  EXPECT_THAT(entry.violations, IsEmpty());
}

TEST_F(RequestLogTest, TellsThatTheClientPreferredTheAnswer) {
  Request request = Source("", GoodBody());
  request.headers.Add("Prefer", "code=429");
  EXPECT_TRUE(SendAndTell(std::move(request)).preferred);
}

TEST_F(RequestLogTest, TellsTheEmulatorsOwnWordsWithoutTheCredentialsThatTheyQuote) {
  Request request = Source("/no/such/my-long-long-key", "{}");
  request.headers.Set("X-API-Key", "my-long-long-key");
  request.query = "api_key=my-long-long-key&page=2";
  const RequestEntry entry = SendAndTell(std::move(request));
  EXPECT_THAT(entry.problem, HasSubstr("no vendor's contract has"));
  EXPECT_THAT(entry.problem, Not(HasSubstr("my-long-long-key")));
  EXPECT_THAT(entry.path, HasSubstr("page=2"));
  EXPECT_THAT(entry.path, Not(HasSubstr("my-long-long-key")));
}

TEST_F(RequestLogTest, TellsWhatTheDoorRefused) {
  world_.emulator().Refuse({400, "The request begins like TLS.", {}});
  EXPECT_THAT(kept_.entries,
              ElementsAre(AllOf(Field(&RequestEntry::status, 400),
                                Field(&RequestEntry::problem, "The request begins like TLS."),
                                Field(&RequestEntry::id, 1))));
}

TEST_F(RequestLogTest, TellsAForeignPageThatCameIntoNoSession) {
  Request request = Source("", GoodBody());
  request.headers.Add("Origin", "https://evil.example");
  request.query = "token=hush-hush";
  const RequestEntry entry = SendAndTell(std::move(request));
  EXPECT_EQ(entry.status, 403);
  EXPECT_EQ(entry.session, "");
  EXPECT_EQ(entry.id, 0U);
  EXPECT_THAT(entry.problem, HasSubstr("https://evil.example"));
  EXPECT_THAT(entry.path, Not(HasSubstr("hush-hush")));
}

}  // namespace
}  // namespace mockduit
