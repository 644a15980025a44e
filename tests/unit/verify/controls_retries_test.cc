// Controls of the checks that hold how a client tries again.
#include "unit/verify/controls.h"

namespace mockduit {
namespace {

constexpr const char* kKeyHeader = "Idempotency-Key";

std::vector<Control> WaitsThatAreTold() {
  constexpr std::string_view kRetryAfter = "retry-after-honoured";
  constexpr std::string_view kLimits = "limits-heeded";
  return {
      {kRetryAfter, "pass", "waits as long as it was told",
       [](Story& story) {
         story.At(0s, kMake, kBox).Answered(429).RetryAfter(2s);
         story.At(2s, kMake, kBox);
       }},
      {kRetryAfter, "pass", "waits until the date that it was told",
       [](Story& story) {
         story.At(0s, kReadBox).Answered(503).RetryAfter(2s).exchange().retry_after->date =
             kMorning + 2s;
         story.At(2s, kReadBox);
       }},
      {kRetryAfter, "fail: too-soon", "comes again when half of the wait is over",
       [](Story& story) {
         story.At(0s, kMake, kBox).Answered(429).RetryAfter(2s);
         story.At(1s, kMake, kBox);
       }},
      {kRetryAfter, "fail: too-soon", "does not wait for the date that it was told",
       [](Story& story) {
         story.At(0s, kReadBox).Answered(503).RetryAfter(30s).exchange().retry_after->date =
             kMorning + 30s;
         story.At(1s, kReadBox);
       }},
      {kRetryAfter, "fail: too-soon", "follows a redirect before it may",
       [](Story& story) {
         story.At(0s, "GET /v1/boxes").Answered(307).RetryAfter(2s).Says("Location", "/v1/lids");
         story.At(1s, "GET /v1/lids");
       }},
      {kRetryAfter, "not_exercised", "gives up where it is told to wait",
       [](Story& story) { story.At(0s, kMake, kBox).Answered(429).RetryAfter(2s); }},
      {kRetryAfter, "not_exercised", "is told of no wait",
       [](Story& story) {
         story.At(0s, kMake, kBox).Answered(503);
         story.At(1s, kMake, kBox);
       }},
      {kRetryAfter, "inconclusive: one-or-two-callers", "comes again at once, or is two",
       [](Story& story) {
         story.At(0s, kMake, kBox).Answered(429).RetryAfter(2s);
         story.At(10ms, kMake, kBox);
       }},
      {kRetryAfter, "inconclusive: clock-stood-still", "has no clock to wait by",
       [](Story& story) {
         story.At(0s, kMake, kBox).Answered(429).RetryAfter(2s).Frozen();
         story.At(500ms, kMake, kBox).Frozen();
       }},

      {kLimits, "pass", "holds back its other calls until there is room",
       [](Story& story) {
         story.At(0s, "GET /v1/boxes").Answered(429).RetryAfter(2s);
         story.At(2s, "GET /v1/lids");
       }},
      {kLimits, "fail: too-soon", "runs into the limit with another call",
       [](Story& story) {
         story.At(0s, "GET /v1/boxes").Answered(429).RetryAfter(2s);
         story.At(1s, "GET /v1/lids").Answered(429).RetryAfter(1s);
       }},
      {kLimits, "fail: too-soon", "goes on though it was told that nothing is left",
       [](Story& story) {
         story.At(0s, "GET /v1/boxes")
             .Says("X-RateLimit-Remaining", "0")
             .Says("X-RateLimit-Reset", "2");
         story.At(1s, "GET /v1/lids");
       }},
      {kLimits, "fail: herd", "lets four calls come back at once, and once more",
       [](Story& story) {
         for (const Duration round : {0s, 2s, 4s}) {
           for (std::uint64_t call = 1; call <= 4; ++call) {
             story.At(round + call * 1ms, "GET /v1/boxes/" + std::to_string(call))
                 .Answered(429)
                 .RetryAfter(2s)
                 .On(call);
           }
         }
       }},
      {kLimits, "not_exercised", "has nothing else to ask for",
       [](Story& story) { story.At(0s, "GET /v1/boxes").Answered(429).RetryAfter(2s); }},
      {kLimits, "not_exercised", "goes on with what has room of its own",
       [](Story& story) {
         story.At(0s, "GET /v1/boxes").Answered(429).RetryAfter(2s);
         story.At(1s, "GET /v1/lids");
       }},
      {kLimits, "inconclusive: clock-stood-still", "has no clock to wait by",
       [](Story& story) {
         story.At(0s, "GET /v1/boxes").Answered(429).RetryAfter(2s).Frozen();
         story.At(500ms, "GET /v1/lids").Answered(429).RetryAfter(2s).Frozen();
       }},
  };
}

std::vector<Control> EndsOfTrying() {
  constexpr std::string_view kRefused = "no-retry-on-client-error";
  constexpr std::string_view kBounded = "retries-bounded";
  constexpr std::string_view kRecovers = "recovers";
  return {
      {kRefused, "pass", "takes a no for an answer",
       [](Story& story) { story.At(0s, kMake, kBox).Answered(422); }},
      {kRefused, "pass", "looks again once it has made what was missing",
       [](Story& story) {
         story.At(0s, kReadBox).Answered(404);
         story.At(1s, kMake, kBox).Answered(201);
         story.At(2s, kReadBox);
       }},
      {kRefused, "pass", "deletes what stood in the way, and tries again",
       [](Story& story) {
         story.At(0s, "DELETE /v1/boxes/a").Answered(409);
         story.At(1s, "DELETE /v1/lids/b");
         story.At(2s, "DELETE /v1/boxes/a");
       }},
      {kRefused, "pass", "waits for the end of what is in conflict with it",
       [](Story& story) {
         story.At(0s, "PATCH /v1/boxes/a", kBox).Answered(409);
         story.At(1s, kReadBox).GoingOn();
         story.At(2s, kReadBox);
         story.At(3s, "PATCH /v1/boxes/a", kBox);
       }},
      {kRefused, "fail: sent-again", "looks at what is in conflict with it, and does not wait",
       [](Story& story) {
         story.At(0s, "PATCH /v1/boxes/a", kBox).Answered(409);
         story.At(1s, kReadBox).GoingOn();
         story.At(2s, "PATCH /v1/boxes/a", kBox).Answered(409);
       }},
      {kRefused, "fail: sent-again",
       "is told what stands in the way of its delete, and does not take it away",
       [](Story& story) {
         story.At(0s, "DELETE /v1/boxes/a").Answered(409);
         story.At(1s, "DELETE /v1/lids/b").Answered(404);
         story.At(2s, "DELETE /v1/boxes/a").Answered(409);
       }},
      {kRefused, "pass", "comes again with another token",
       [](Story& story) {
         story.At(0s, kReadBox).Answered(401).By(1);
         story.At(1s, kReadBox).By(2);
       }},
      {kRefused, "pass", "comes again at once, as a refusal told it to",
       [](Story& story) {
         story.At(0s, kMake, kBox).Answered(409).RetryAfter(0s);
         story.At(1s, kMake, kBox);
       }},
      {kRefused, "fail: sent-again", "sends what was refused once more",
       [](Story& story) {
         story.At(0s, kMake, kBox).Answered(422);
         story.At(1s, kMake, kBox).Answered(422);
       }},
      {kRefused, "fail: sent-again", "waits ever longer for a 403 to pass",
       [](Story& story) { story.Waits({1s, 2s, 4s}, kReadBox, "", 403); }},
      {kRefused, "not_exercised", "is never refused",
       [](Story& story) {
         story.At(0s, kMake, kBox).Answered(503);
         story.At(1s, kMake, kBox);
       }},
      {kRefused, "inconclusive: one-or-two-callers",
       "is one that insists, or two on a connection each",
       [](Story& story) {
         story.At(0s, kMake, kBox).Answered(403).On(1);
         story.At(50ms, kMake, kBox).Answered(403).On(2);
       }},
      {kRefused, "inconclusive: from-state-file", "is known from an old state file alone",
       [](Story& story) {
         for (const Duration at : {0s, 1s}) story.At(at, kMake, kBox).Answered(422).Unmarked();
       }},

      {kBounded, "pass", "gives up after three attempts",
       [](Story& story) { story.Waits({1s, 2s}, kMake, kBox, 503); }},
      {kBounded, "fail: too-many", "never gives up",
       [](Story& story) { story.Waits(std::vector<Duration>(30, 5s), kMake, kBox, 503); }},
      {kBounded, "fail: too-many", "comes through at last, by its twelfth attempt",
       [](Story& story) {
         story.Waits(std::vector<Duration>(10, 5s), kReadBox, "", 503);
         story.At(60s, kReadBox);
       }},
      {kBounded, "not_exercised", "comes through by its second attempt",
       [](Story& story) {
         story.At(0s, kReadBox).Answered(503);
         story.At(1s, kReadBox);
       }},
      {kBounded, "inconclusive: one-or-two-callers", "tries twenty times, or is ten who try twice",
       [](Story& story) {
         for (const Duration round : {0s, 1s}) {
           for (int i = 0; i < 10; ++i) story.At(round + i * 12ms, kReadBox).Answered(503);
         }
       }},
      {kBounded, "inconclusive: calls-or-layers", "calls six times, or retries its retries",
       [](Story& story) {
         for (int call = 0; call < 6; ++call) {
           story.Waits({1s, 2s}, kMake, kBox, 503, call * 3010ms);
         }
       }},

      {kRecovers, "pass", "tries until the failure has passed",
       [](Story& story) {
         story.At(0s, kMake, kBox).Answered(503).Passing();
         story.At(1s, kMake, kBox).Answered(429).Passing();
         story.At(3s, kMake, kBox).Answered(201);
       }},
      {kRecovers, "pass", "does not repeat a create that may have happened",
       [](Story& story) { story.At(0s, kMake, kBox).Lost().Passing(); }},
      {kRecovers, "fail: given-up", "gives up a create at the first 429",
       [](Story& story) { story.At(0s, kMake, kBox).Answered(429).Passing(); }},
      {kRecovers, "fail: given-up", "gives up a look of which the answer was lost",
       [](Story& story) { story.At(0s, kReadBox).Lost().Passing(); }},
      {kRecovers, "not_exercised", "meets a failure that stays",
       [](Story& story) { story.Waits({1s, 2s}, kReadBox, "", 503); }},
      {kRecovers, "inconclusive: one-or-two-callers",
       "comes through by another credential, or gave up",
       [](Story& story) {
         story.At(0s, kMake, kBox).Answered(429).Passing().By(1);
         story.At(1s, kMake, kBox).By(2);
       }},
      {kRecovers, "inconclusive: one-or-two-callers",
       "sends a hedge, or is two of whom one gave up",
       [](Story& story) {
         story.At(0s, kReadBox).Answered(503).Passing().After(400ms).On(1);
         story.At(200ms, kReadBox).On(2);
       }},
      {kRecovers, "fail: given-up", "is two who begin at once, of whom one gave up",
       [](Story& story) {
         story.At(0s, kReadBox).Answered(503).Passing().After(400ms).On(1);
         story.At(1ms, kReadBox).On(2);
       }},
  };
}

std::vector<Control> WaitsOfItsOwn() {
  constexpr std::string_view kBackoff = "backoff-grows";
  return {
      {kBackoff, "pass", "waits twice as long each time",
       [](Story& story) { story.Waits({1s, 2s, 4s}, kMake, kBox, 503); }},
      {kBackoff, "pass", "draws its waits by lot",
       [](Story& story) { story.Waits({700ms, 1900ms, 400ms, 3100ms}, kMake, kBox, 503); }},
      {kBackoff, "fail: at-once", "tries again without a pause",
       [](Story& story) { story.Waits({0s, 1ms, 0s, 1ms}, kMake, kBox, 503); }},
      {kBackoff, "fail: no-growth", "tries again every second",
       [](Story& story) { story.Waits({1s, 1s, 1s}, kMake, kBox, 503); }},
      {kBackoff, "fail: no-growth", "waits half as long each time",
       [](Story& story) { story.Waits({8s, 4s, 2s, 1s}, kMake, kBox, 503); }},
      {kBackoff, "not_exercised", "tries again once",
       [](Story& story) { story.Waits({1s}, kMake, kBox, 503); }},
      {kBackoff, "not_exercised", "comes again at once one time, as it was told",
       [](Story& story) {
         for (int i = 0; i < 2; ++i) story.At(i * 1ms, kMake, kBox).Answered(503).RetryAfter(0s);
       }},
      {kBackoff, "fail: at-once", "comes again at once each time, as it was told",
       [](Story& story) {
         for (int i = 0; i < 5; ++i) story.At(i * 1ms, kMake, kBox).Answered(503).RetryAfter(0s);
       }},
      {kBackoff, "not_exercised", "waits until there is room again each time, as it was told",
       [](Story& story) {
         for (int i = 0; i < 5; ++i) {
           story.At(i * 10s, kMake, kBox)
               .Answered(429)
               .Says("X-Rate-Limit-Remaining", "0")
               .Says("X-Rate-Limit-Reset", "10");
         }
       }},
      {kBackoff, "inconclusive: one-or-two-callers", "waits alike, or is two who take turns",
       [](Story& story) {
         for (const Duration at : {0s, 1s}) {
           story.At(at, kReadBox).Answered(503).On(1);
           story.At(at + 500ms, kReadBox).Answered(503).On(2);
         }
       }},
      {kBackoff, "inconclusive: too-few-waits", "waits too shortly to tell chance from work",
       [](Story& story) { story.Waits({90ms, 70ms, 100ms}, kMake, kBox, 503); }},
      {kBackoff, "inconclusive: clock-stood-still", "has no clock to wait by",
       [](Story& story) {
         story.Waits({0s, 0s, 0s}, kMake, kBox, 503);
         story.Frozen();
       }},
  };
}

std::vector<Control> SamenessOfAttempts() {
  constexpr std::string_view kSameBody = "retry-same-body";
  constexpr std::string_view kKeys = "idempotency-key";
  return {
      {kSameBody, "pass", "sends the same body again",
       [](Story& story) { story.Waits({1s, 2s}, kMake, kBox, 503); }},
      {kSameBody, "fail: body-changed", "has used up its body by the second attempt",
       [](Story& story) {
         story.At(0s, kMake, kBox).Answered(503);
         story.At(1s, kMake);
       }},
      {kSameBody, "fail: body-changed", "makes a new request id for each attempt",
       [](Story& story) {
         story.At(0s, kMake, R"({"name":"a","request_id":"1"})").Answered(503);
         story.At(1s, kMake, R"({"name":"a","request_id":"2"})");
       }},
      {kSameBody, "not_exercised", "has no body to send again",
       [](Story& story) { story.Waits({1s, 2s}, kReadBox, "", 503); }},
      {kSameBody, "inconclusive: one-or-two-callers", "makes a new request id, or is two",
       [](Story& story) {
         story.At(0s, kMake, R"({"name":"a","request_id":"1"})").Answered(503).On(1);
         story.At(50ms, kMake, R"({"name":"a","request_id":"2"})").On(2);
       }},

      {kKeys, "pass", "keeps the key of its call",
       [](Story& story) {
         story.At(0s, kMake, kBox).Answered(503).With(kKeyHeader, "a");
         story.At(1s, kMake, kBox).With(kKeyHeader, "a");
       }},
      {kKeys, "fail: changed", "makes a new key for each attempt",
       [](Story& story) {
         story.At(0s, kMake, kBox).Answered(503).With(kKeyHeader, "a");
         story.At(1s, kMake, kBox).With(kKeyHeader, "b");
       }},
      {kKeys, "fail: changed", "leaves the key out of its second attempt",
       [](Story& story) {
         story.At(0s, kMake, kBox).Answered(503).With(kKeyHeader, "a");
         story.At(1s, kMake, kBox);
       }},
      {kKeys, "fail: reused", "has one key for all that it makes",
       [](Story& story) {
         story.At(0s, kMake, kBox).With(kKeyHeader, "a");
         story.At(1s, "POST /v1/lids", R"({"name":"Lid"})").With(kKeyHeader, "a");
       }},
      {kKeys, "not_exercised", "sends no keys",
       [](Story& story) { story.Waits({1s}, kMake, kBox, 503); }},
      {kKeys, "inconclusive: one-or-two-callers", "makes a new key, or is two",
       [](Story& story) {
         story.At(0s, kMake, kBox).Answered(503).With(kKeyHeader, "a").On(1);
         story.At(50ms, kMake, kBox).With(kKeyHeader, "b").On(2);
       }},
  };
}

}  // namespace

std::vector<Control> RetryControls() {
  std::vector<Control> all = WaitsThatAreTold();
  for (const auto& more : {EndsOfTrying(), WaitsOfItsOwn(), SamenessOfAttempts()}) {
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

}  // namespace mockduit
