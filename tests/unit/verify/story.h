// Story: what a client did and what it was answered, told as a test reads best:
//
//   story.At(0s, "POST /v1/boxes", kBox).Answered(429).RetryAfter(3s);
//   story.At(1s, "POST /v1/boxes", kBox);
//   EXPECT_EQ(story.Result("retry-after-honoured"), "fail");
#pragma once

#include <algorithm>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "unit/verify/shop.h"
#include "verify/check.h"

namespace mockduit {

using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace): "3s" in all stories

inline const Time kMorning = *ParseTime("2026-01-15T10:00:00Z");
inline constexpr std::string_view kMake = "POST /v1/boxes";
inline constexpr std::string_view kBox = R"({"name":"Spares","parts":[{"size":1}]})";

// One exchange, on its way into a story. Each word changes it and gives it back.
class Line {
 public:
  explicit Line(Exchange& exchange) : exchange_(exchange) {}

  // What it was answered. The outcome goes along, and that nothing happened when it was refused.
  Line& Answered(int status) {
    exchange_.response.status = status;
    exchange_.outcome = "success";
    for (const OutcomeName& known : kOutcomeNames) {
      if (status >= 400 && known.status == status) exchange_.outcome = known.name;
    }
    exchange_.applied = status < 400;
    return *this;
  }
  Line& RetryAfter(Duration wait) { return RetryAfter(wait, wait); }
  Line& RetryAfter(Duration on_the_sessions_clock, Duration on_the_clients) {
    exchange_.retry_after = {on_the_sessions_clock, on_the_clients};
    return *this;
  }
  // The answer was ready, and got lost on the way.
  Line& Lost(Fault fault = Fault::kReset) {
    exchange_.response.delivery.fault = fault;
    return *this;
  }
  // The answer took that long.
  Line& After(Duration delay) {
    exchange_.response.delivery.delay = delay;
    exchange_.wire->ended = exchange_.wire->arrived + delay;
    return *this;
  }
  // Its client left without the answer.
  Line& LeftAfter(Duration patience) {
    exchange_.abandoned = true;
    exchange_.wire->left = true;
    exchange_.wire->ended = exchange_.wire->arrived + patience;
    return *this;
  }
  Line& Says(std::string header, std::string value) {
    exchange_.response.headers.Set(header, std::move(value));
    return *this;
  }
  Line& Answers(std::string body) {
    exchange_.response.body = std::move(body);
    return *this;
  }
  Line& Points(std::string next, std::size_t items = 2) {
    exchange_.page = {items, std::move(next)};
    return *this;
  }
  Line& Applied() { return Flag(&Exchange::applied); }
  Line& Scripted() { return Flag(&Exchange::scripted); }
  Line& Passing() { return Flag(&Exchange::passing); }
  Line& Transient() { return Flag(&Exchange::transient); }
  Line& GoingOn() { return Flag(&Exchange::going_on); }

  // Who asked, and how.
  Line& By(std::uint64_t credential) {
    exchange_.marks.credential = credential;
    return *this;
  }
  Line& WithCookie(std::uint64_t cookie) {
    exchange_.marks.cookie = cookie;
    return With("Cookie", "***");
  }
  Line& On(std::uint64_t connection) {
    exchange_.wire->connection = connection;
    return *this;
  }
  // The first request of a connection of its own that was opened that long after the morning.
  Line& OnNew(std::uint64_t connection, Duration opened) {
    exchange_.wire->connection = connection;
    exchange_.wire->request = 1;
    exchange_.wire->opened = kMorning + opened;
    return *this;
  }
  // The session's clock stood still then, and had been moved by that much.
  Line& Frozen(Duration moved = {}) {
    exchange_.clock = {.rate = 0, .moved = moved};
    return *this;
  }
  Line& With(std::string name, std::string value) {
    exchange_.request.headers.Set(name, std::move(value));
    return *this;
  }
  Line& Without(std::string_view header) {
    exchange_.request.headers.Remove(header);
    return *this;
  }
  // As a journal that was kept in a file has it.
  Line& Unmarked() {
    exchange_.marks = {};
    return *this;
  }

  Exchange& exchange() { return exchange_; }
  std::uint64_t id() const { return exchange_.id; }

 private:
  Line& Flag(bool Exchange::* flag) {
    exchange_.*flag = true;
    return *this;
  }

  Exchange& exchange_;
};

class Story {
 public:
  explicit Story(const Catalog& catalog = Shop()) : catalog_(catalog) {}

  // "GET /v1/boxes?limit=2", that long after the morning; it met success, unless told otherwise.
  Line At(Duration at, std::string_view call, std::string_view body = {}) {
    Exchange& exchange = exchanges_.emplace_back();
    exchange.id = exchanges_.size();
    exchange.at = kMorning + at;
    // On one connection that is kept, unless told otherwise; the answer took no time.
    exchange.wire = Wire{.connection = 1,
                         .request = exchange.id + 1,
                         .opened = kMorning,
                         .arrived = kMorning + at,
                         .ended = kMorning + at};
    exchange.request.method = TakeUntil(call, " ");
    exchange.request.path = TakeUntil(call, "?");
    exchange.request.query = call;
    exchange.request.body = body;
    exchange.request_bytes = body.size();
    exchange.request.headers = {{"User-Agent", "story/1"}, {"Accept", "application/json"}};
    if (!body.empty()) exchange.request.headers.Add("Content-Type", "application/json");
    exchange.marks.credential = 1;
    exchange.marks.body = std::hash<std::string_view>()(body) | 1U;
    FindOperation(exchange);
    Line told(exchange);
    return told.Answered(200);
  }
  // The same call at each of these times, each one answered so.
  void Each(const std::vector<Duration>& times, std::string_view call, std::string_view body,
            int status) {
    for (const Duration at : times) At(at, call, body).Answered(status);
  }
  // First at `begin`, then after each of the waits.
  void Waits(const std::vector<Duration>& waits, std::string_view call, std::string_view body,
             int status, Duration begin = {}) {
    At(begin, call, body).Answered(status);
    for (const Duration wait : waits) At(begin += wait, call, body).Answered(status);
  }

  void EachExchange(const std::function<void(Exchange&)>& change) {
    for (Exchange& exchange : exchanges_) change(exchange);
  }

  // The session's clock stood still; in place of waiting, somebody moved it.
  Story& Frozen() {
    EachExchange([](Exchange& exchange) {
      exchange.clock = {.rate = 0, .moved = exchange.wire->arrived - kMorning};
      exchange.wire->ended -= exchange.clock.moved;
      exchange.wire->arrived = kMorning;
    });
    return *this;
  }
  Story& Delivered(History::Delivery delivery) {
    facts_.deliveries.push_back(std::move(delivery));
    return *this;
  }
  Story& Truncated() {
    facts_.truncated = true;
    return *this;
  }
  Story& Set(std::string_view assignment) {
    const auto set = settings_.Set(assignment);
    if (!set) ADD_FAILURE() << set.error().message;
    return *this;
  }

  std::vector<Exchange> exchanges() const { return {exchanges_.begin(), exchanges_.end()}; }
  const History::Facts& facts() const { return facts_; }
  History MakeHistory() const { return History(exchanges(), facts_, catalog_); }

  Verdict VerdictOf(std::string_view check) const {
    const Check* found = FindCheck(check);
    if (found == nullptr) throw std::out_of_range(std::string(check));
    const History history = MakeHistory();
    Evaluation evaluation(*found, settings_);
    found->evaluate(history, evaluation);
    return evaluation.Decide(history);
  }
  // "pass", "fail", "not_exercised" or "inconclusive"
  std::string Result(std::string_view check) const {
    return std::string(ResultName(VerdictOf(check).result));
  }
  std::uint64_t Exercised(std::string_view check) const { return VerdictOf(check).exercised; }
  // What the findings say, and the exchanges that each shows.
  std::vector<std::string> Findings(std::string_view check) const {
    std::vector<std::string> texts;
    for (const Finding& finding : VerdictOf(check).findings) texts.push_back(finding.text);
    return texts;
  }
  std::vector<std::vector<std::uint64_t>> Shown(std::string_view check) const {
    std::vector<std::vector<std::uint64_t>> shown;
    for (const Finding& finding : VerdictOf(check).findings) shown.push_back(finding.exchanges);
    return shown;
  }

 private:
  void FindOperation(Exchange& exchange) const {
    for (const Vendor& vendor : catalog_.vendors()) {
      for (const auto& contract : vendor.editions) {
        for (const auto& operation : contract->operations) {
          if (operation->method != exchange.request.method) continue;
          if (!Answers(*operation, exchange.request.path)) continue;
          exchange.operation = operation->name;
          exchange.edition = contract->edition;
          return;
        }
      }
    }
  }
  static bool Answers(const Operation& operation, std::string_view path) {
    if (operation.path.Matches(path)) return true;
    return std::ranges::any_of(operation.aliases,
                               [&](const Alias& alias) { return alias.path.Matches(path); });
  }

  const Catalog& catalog_;
  std::deque<Exchange> exchanges_;
  History::Facts facts_;
  CheckSettings settings_;
};

// A create that meets the status again and again, and is tried again after these waits.
inline Story Failing(const std::vector<Duration>& waits, int status = 503) {
  Story story;
  story.Waits(waits, kMake, kBox, status);
  return story;
}

}  // namespace mockduit
