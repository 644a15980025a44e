#include "app/courier.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <set>

#include "unit/contract/acme.h"

namespace mockduit {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr const char* kContract = R"(
openapi: 3.1.0
x-mockduit:
  vendor: acme
  edition: v1
  webhooks:
    kind: webhook
    body: {event: "{{event.name}}"}
    headers: {X-Sign: "{{signature}}"}
    retries: [5m, 10m]
    give_up_after: 1h
)";

// Knows nothing of what an event is about.
class NoScope : public Scope {
 public:
  Json Value(const Hole& /*hole*/) override { return {}; }
};

// Other servers: what each URL answers, and whether it has to be waited for.
class Servers : public Caller {
 public:
  CallPermission MayCall(const std::string& /*url*/) const override {
    return CallPermission::kAllowed;
  }
  Result<int> Post(const std::string& url, const Headers& /*headers*/, const std::string& body,
                   std::chrono::milliseconds /*timeout*/) const override {
    std::unique_lock lock(mutex_);
    posted_.emplace_back(url, body);
    changed_.notify_all();
    changed_.wait(lock, [&] { return !silent_.contains(url); });
    const auto answer = answers_.find(url);
    if (answer == answers_.end()) return 200;
    if (answer->second == 0) return Fail("nobody is there");
    return answer->second;
  }
  Result<int> Head(const std::string& url, std::chrono::milliseconds timeout) const override {
    return Post(url, {}, "", timeout);
  }

  // What that URL answers from now on; 0: nothing.
  void Answer(const std::string& url, int status) {
    const std::lock_guard lock(mutex_);
    answers_[url] = status;
  }
  void Silence(const std::string& url, bool silent) {
    const std::lock_guard lock(mutex_);
    if (silent) {
      silent_.insert(url);
    } else {
      silent_.erase(url);
    }
    changed_.notify_all();
  }
  // Waits until that URL has been called so often.
  void Await(const std::string& url, std::size_t times) const {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return Count(url) >= times; });
  }
  std::size_t Calls(const std::string& url) const {
    const std::lock_guard lock(mutex_);
    return Count(url);
  }
  std::string LastBody() const {
    const std::lock_guard lock(mutex_);
    return posted_.back().second;
  }

 private:
  std::size_t Count(const std::string& url) const {
    std::size_t count = 0;
    for (const auto& [to, body] : posted_) count += to == url ? 1 : 0;
    return count;
  }

  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  mutable std::vector<std::pair<std::string, std::string>> posted_;
  std::map<std::string, int> answers_;
  std::set<std::string> silent_;
};

class CourierLog : public Log {
 public:
  void Info(std::string_view message) override {
    const std::lock_guard lock(mutex_);
    text_ += std::string(message) + "\n";
  }
  std::string text() const {
    const std::lock_guard lock(mutex_);
    return text_;
  }

 private:
  mutable std::mutex mutex_;
  std::string text_;
};

// Sessions whose clocks stand still, each with a webhook of its name.
class CourierTest : public ::testing::Test {
 protected:
  static std::string UrlOf(const std::string& session) { return "http://" + session + "/"; }

  void Emit(const std::string& name) {
    const auto session = sessions_.Get(name)->Enter();
    ASSERT_TRUE(
        session->ReplaceStore(*Json::Parse(R"({"acme.webhook":{"hook":{"url":")" + UrlOf(name) +
                                           R"(","events":["made"],"active":true}}})")));
    NoScope scope;
    World& world = session->world();
    world.outbox().Emit(rules_, "made", {}, scope, world.store(), session->Now());
  }
  void Advance(const std::string& name, Duration by) {
    sessions_.Get(name)->Enter()->clock().Advance(by);
  }
  void Start() { courier_.emplace(sessions_, servers_, log_); }
  // What is under way comes to its end.
  void Stop() { courier_.reset(); }

  Json Delivery(const std::string& name) {
    return *sessions_.Get(name)->Enter()->world().outbox().ToJson().At("/0");
  }
  // "500 200": how its attempts were answered.
  std::string Attempts(const std::string& name) {
    std::string statuses;
    const Json delivery = Delivery(name);
    for (const Json& attempt : *delivery.Get("attempts").IfArray()) {
      statuses += (statuses.empty() ? "" : " ") + attempt.Get("status").Dump();
    }
    return statuses;
  }

  const Catalog catalog_ = LoadedCatalog({{"f/acme/v1.yaml", kContract}});
  std::shared_ptr<const Webhooks> rules_ = catalog_.FindVendor("acme")->editions.front()->webhooks;
  ManualClock real_{*ParseTime("2030-01-01")};
  Servers servers_;
  CourierLog log_;
  Sessions sessions_{
      {.clock = *ClockSetting::Parse("2026-01-15T10:00:00Z")}, {}, real_, Seeds(), log_};
  std::optional<Courier> courier_;
};

TEST_F(CourierTest, DeliversWhatWasThereBeforeIt) {
  Emit("a");
  Start();
  servers_.Await(UrlOf("a"), 1);
  Stop();
  EXPECT_EQ(Delivery("a").Get("state"), Json("delivered"));
  EXPECT_EQ(Attempts("a"), "200");
  EXPECT_EQ(servers_.LastBody(), R"({"event":"made"})");
}

TEST_F(CourierTest, DeliversWhatComesWhileItWaits) {
  Start();
  Emit("a");
  servers_.Await(UrlOf("a"), 1);
  Emit("b");
  servers_.Await(UrlOf("b"), 1);
  Stop();
  EXPECT_EQ(Attempts("a") + Attempts("b"), "200200");
}

TEST_F(CourierTest, TriesAgainWhenTheSessionsClockHasComeThere) {
  servers_.Answer(UrlOf("a"), 500);
  Start();
  Emit("a");
  servers_.Await(UrlOf("a"), 1);
  Stop();
  EXPECT_EQ(Delivery("a").Get("state"), Json("pending"));
  servers_.Answer(UrlOf("a"), 204);
  Advance("a", minutes(5));
  Start();
  servers_.Await(UrlOf("a"), 2);
  Stop();
  EXPECT_EQ(Attempts("a"), "500 204");
  EXPECT_EQ(Delivery("a").Get("state"), Json("delivered"));
}

TEST_F(CourierTest, NoticesThatAClockWasMoved) {
  servers_.Answer(UrlOf("a"), 500);
  Start();
  Emit("a");
  servers_.Await(UrlOf("a"), 1);
  while (Attempts("a").empty()) std::this_thread::yield();  // until it is recorded
  Advance("a", minutes(5));
  servers_.Await(UrlOf("a"), 2);
  Stop();
  EXPECT_EQ(Attempts("a"), "500 500");
}

TEST_F(CourierTest, SaysWhyThereWasNoAnswer) {
  servers_.Answer(UrlOf("a"), 0);
  Start();
  Emit("a");
  servers_.Await(UrlOf("a"), 1);
  Stop();
  EXPECT_EQ(Delivery("a").At("/attempts/0/error")->AsString(), "nobody is there");
  EXPECT_EQ(log_.text(), "webhook hook: nobody is there\n");
}

TEST_F(CourierTest, SwitchesAWebhookOffWhenItsNoticeIsGivenUp) {
  servers_.Answer(UrlOf("a"), 500);
  Emit("a");
  Advance("a", hours(2));
  Start();
  servers_.Await(UrlOf("a"), 1);
  Stop();
  EXPECT_EQ(Delivery("a").Get("state"), Json("given_up"));
  const Json store = sessions_.Get("a")->Enter()->world().store().Snapshot();
  EXPECT_EQ(*store.At("/acme.webhook/hook/active"), Json(false));
}

TEST_F(CourierTest, HoldsNoSessionWhileItCalls) {
  servers_.Silence(UrlOf("a"), true);
  Start();
  Emit("a");
  servers_.Await(UrlOf("a"), 1);
  EXPECT_EQ(Delivery("a").Get("state"), Json("under_way")) << "which nobody could look at";
  servers_.Silence(UrlOf("a"), false);
  Stop();
  EXPECT_EQ(Attempts("a"), "200");
}

TEST_F(CourierTest, DeliversElsewhereWhileAServerIsSilent) {
  servers_.Silence(UrlOf("a"), true);
  Start();
  Emit("a");
  servers_.Await(UrlOf("a"), 1);
  Emit("b");
  servers_.Await(UrlOf("b"), 1);
  servers_.Silence(UrlOf("a"), false);
  Stop();
  EXPECT_EQ(Attempts("b"), "200");
}

TEST_F(CourierTest, RecordsNothingInASessionThatWasResetMeanwhile) {
  servers_.Silence(UrlOf("a"), true);
  Start();
  Emit("a");
  servers_.Await(UrlOf("a"), 1);
  sessions_.Get("a")->Enter()->Reset({});
  servers_.Silence(UrlOf("a"), false);
  Stop();
  EXPECT_EQ(sessions_.Get("a")->Enter()->world().outbox().ToJson().Dump(), "[]");
}

TEST_F(CourierTest, EndsWhileNoticesWaitForTheirTime) {
  servers_.Answer(UrlOf("a"), 500);
  Emit("a");
  Start();
  servers_.Await(UrlOf("a"), 1);
  Stop();
  Start();
  Stop();
  EXPECT_EQ(servers_.Calls(UrlOf("a")), 1U);
}

}  // namespace
}  // namespace mockduit
