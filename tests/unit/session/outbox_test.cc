#include "session/outbox.h"

#include <gtest/gtest.h>

#include "base/crypto.h"
#include "unit/contract/acme.h"

namespace mockduit {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr const char* kOutboxContract = R"(
openapi: 3.1.0
x-mockduit:
  vendor: acme
  edition: v1
  webhooks:
    kind: webhook
    where: {box: "{{result.box}}"}
    body: {event: "{{event.name}}", id: "{{result.id}}", data: "{{event.data}}"}
    headers: {X-Sign: "{{signature}}"}
    signature: lower
    retries: [5m, 10m]
    give_up_after: 1h
)";

// What the events are about.
class About : public Scope {
 public:
  Json Value(const Hole& hole) override {
    const Json* found = result.AtPath(hole.path);
    return hole.root == Root::kResult && found != nullptr ? *found : Json();
  }
  Json result = *Json::Parse(R"({"id":"w","box":"b"})");
};

class OutboxTest : public ::testing::Test {
 protected:
  void Webhook(const std::string& id, const std::string& more) {
    store_.Put("acme.webhook", id,
               *Json::Parse(R"({"url":"http://x/)" + id + R"(","events":["made"],"active":true)" +
                            more + "}"));
  }
  void Emit(const std::string& event = "made", Time at = Time()) {
    outbox_.Emit(rules_, event, *Json::Parse("{\"n\":1}"), about_, store_, at);
  }
  // The webhooks of all that is due, in order, each taken up at once.
  std::string Due(Duration at = {}) {
    std::string due;
    while (const auto notice = outbox_.TakeDue(Time() + at)) due += notice->webhook + " ";
    return due;
  }
  bool Fail(std::uint64_t id, Duration at) {
    return outbox_.Record(id, {.at = Time() + at, .status = 500, .error = {}});
  }

  const Catalog catalog_ = LoadedCatalog({{"f/acme/v1.yaml", kOutboxContract}});
  std::shared_ptr<const Webhooks> rules_ = catalog_.FindVendor("acme")->editions.front()->webhooks;
  Store store_{100};
  About about_;
  Outbox outbox_;
};

TEST_F(OutboxTest, TellsWhoAsksForTheEvent) {
  Webhook("all", "");
  Webhook("here", R"(,"box":"b")");
  Webhook("elsewhere", R"(,"box":"c")");
  Webhook("asleep", R"(,"active":false)");
  Webhook("deaf", R"(,"events":["gone"])");
  Emit();
  EXPECT_EQ(Due(), "all here ");
  EXPECT_TRUE(outbox_.waiting());
}

TEST_F(OutboxTest, SignsTheVeryBytes) {
  Webhook("a", R"(,"secret":"s")");
  Webhook("b", "");
  Emit();
  const auto signed_one = outbox_.TakeDue(Time());
  EXPECT_EQ(signed_one->body, R"({"event":"made","id":"w","data":{"n":1}})");
  EXPECT_EQ(signed_one->headers.Get("X-Sign"), HexEncode(HmacSha256("s", signed_one->body)));
  EXPECT_EQ(outbox_.TakeDue(Time())->headers.Find("X-Sign"), std::nullopt) << "it has no secret";
}

TEST_F(OutboxTest, KeepsTheOrderOfAWebhooksEvents) {
  Webhook("a", "");
  Emit();
  Emit();
  const auto first = outbox_.TakeDue(Time());
  EXPECT_FALSE(outbox_.TakeDue(Time())) << "the first is under way";
  outbox_.Record(first->id, {.at = Time(), .status = 204, .error = {}});
  EXPECT_EQ(outbox_.TakeDue(Time())->id, first->id + 1);
}

TEST_F(OutboxTest, TriesAgainLaterEachTime) {
  Webhook("a", "");
  Emit();
  Duration at{};
  for (const int wait : {5, 10, 15, 20}) {
    ASSERT_EQ(Due(at), "a ") << wait;
    EXPECT_TRUE(Fail(1, at)) << wait;
    EXPECT_EQ(Due(at + minutes(wait) - minutes(1)), "");
    at += minutes(wait);
  }
  ASSERT_EQ(Due(at), "a ");
  EXPECT_FALSE(Fail(1, at)) << "the next would be past the hour";
  EXPECT_EQ(Due(hours(100)), "");
  EXPECT_FALSE(outbox_.waiting());
  const std::string told = outbox_.ToJson().Dump();
  EXPECT_NE(told.find(R"("state":"given_up")"), std::string::npos) << told;
  EXPECT_NE(told.find(R"("next_attempt":null)"), std::string::npos) << told;
}

TEST_F(OutboxTest, TellsWhyThereWasNoAnswer) {
  Webhook("a", "");
  Emit();
  Due();
  outbox_.Record(1, {.at = Time(), .error = "nobody is there"});
  EXPECT_NE(outbox_.ToJson().Dump().find(
                R"("attempts":[{"at":"1970-01-01T00:00:00.000000Z","error":"nobody is there"}])"),
            std::string::npos);
}

TEST_F(OutboxTest, DropsTheOldestThatIsDone) {
  Webhook("a", "");
  for (std::size_t i = 0; i < Outbox::kMaxNotices; ++i) Emit();
  Due();
  outbox_.Record(1, {.at = Time(), .status = 200, .error = {}});
  Emit();
  EXPECT_EQ(outbox_.ToJson().IfArray()->size(), Outbox::kMaxNotices);
  EXPECT_EQ(outbox_.ToJson().IfArray()->front().Get("id").AsInteger(), 2);
}

}  // namespace
}  // namespace mockduit
