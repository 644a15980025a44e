// Controls of the checks that hold what a client makes of an answer, or of its absence.
#include "unit/verify/controls.h"

namespace mockduit {
namespace {

constexpr const char* kMadeDented = R"({"id":"a","state":"dented"})";
constexpr const char* kDryAtEleven = R"({"id":"a","dry_at":"2026-01-15T11:00:00Z"})";

std::vector<Control> AnswersThatDeceive() {
  constexpr std::string_view kWaiting = "gives-up-waiting";
  constexpr std::string_view kActs = "acts-on-failure";
  constexpr std::string_view kDuplicate = "no-duplicate-create";
  return {
      {kWaiting, "pass", "leaves an answer that does not come",
       [](Story& story) { story.At(0s, kReadBox).Lost(Fault::kStall).LeftAfter(10s); }},
      {kWaiting, "fail: waited-too-long", "leaves only after two minutes",
       [](Story& story) { story.At(0s, kReadBox).Lost(Fault::kStall).LeftAfter(2min); }},
      {kWaiting, "fail: waited-too-long", "gets an answer that took two minutes",
       [](Story& story) { story.At(0s, kReadBox).After(2min); }},
      {kWaiting, "not_exercised", "is answered in time",
       [](Story& story) { story.At(0s, kReadBox).After(2s); }},

      {kActs, "pass", "deletes what was made with a fault",
       [](Story& story) {
         story.At(0s, kMake, kBox).Answered(201).Answers(kMadeDented);
         story.At(1s, "DELETE /v1/boxes/a");
       }},
      {kActs, "fail: carried-on", "uses what was made with a fault",
       [](Story& story) {
         story.At(0s, kMake, kBox).Answered(201).Answers(kMadeDented);
         story.At(1s, kReadBox).Answers(kMadeDented);
         story.At(2s, "POST /v1/boxes/a/paint");
       }},
      {kActs, "not_exercised", "made something that is good",
       [](Story& story) {
         story.At(0s, kMake, kBox).Answered(201).Answers(R"({"id":"a","state":"good"})");
         story.At(1s, "POST /v1/boxes/a/paint");
       }},
      {kActs, "inconclusive: nothing-followed", "ends with what was made with a fault",
       [](Story& story) { story.At(0s, kMake, kBox).Answered(201).Answers(kMadeDented); }},

      {kDuplicate, "pass", "looks whether a create has happened",
       [](Story& story) {
         story.At(0s, kMake, kBox).Answered(500).Applied();
         story.At(1s, "GET /v1/boxes");
       }},
      {kDuplicate, "pass", "deletes the one that is too many",
       [](Story& story) {
         story.At(0s, kMake, kBox).Answered(500).Applied();
         story.At(1s, kMake, kBox).Answered(201).Answers(R"({"id":"a"})");
         story.At(2s, "DELETE /v1/boxes/a");
       }},
      {kDuplicate, "fail: made-twice", "repeats a create that was answered 500",
       [](Story& story) {
         story.At(0s, kMake, kBox).Answered(500).Applied();
         story.At(1s, kMake, kBox).Answered(201);
       }},
      {kDuplicate, "fail: made-twice", "does not wait for a create, and repeats it",
       [](Story& story) {
         story.At(0s, kMake, kBox).Answered(201).LeftAfter(3s);
         story.At(4s, kMake, kBox).Answered(201);
       }},
      {kDuplicate, "fail: made-twice", "makes up another name for its second attempt",
       [](Story& story) {
         story.At(0s, kMake, R"({"name":"src-8d1f"})").Answered(201).Lost();
         story.At(1s, kMake, R"({"name":"src-77b0"})").Answered(201);
       }},
      {kDuplicate, "not_exercised", "knows what has become of each create",
       [](Story& story) {
         story.At(0s, kMake, kBox).Answered(503);
         story.At(1s, kMake, kBox).Answered(201);
       }},
      {kDuplicate, "inconclusive: one-or-two-callers", "repeats a create at once, or is two",
       [](Story& story) {
         story.At(0s, kMake, kBox).Answered(500).Applied().On(1);
         story.At(50ms, kMake, kBox).Answered(201).On(2);
       }},
      {kDuplicate, "inconclusive: one-or-two-callers", "sends a hedge of a create, or is two",
       [](Story& story) {
         story.At(0s, kMake, kBox).Answered(201).LeftAfter(3s).On(1);
         story.At(2s, kMake, kBox).Answered(201).On(2);
       }},
      {kDuplicate, "inconclusive: another-name", "counts its attempts, or its boxes",
       [](Story& story) {
         story.At(0s, kMake, R"({"name":"box-1"})").Answered(500).Applied();
         story.At(1s, kMake, R"({"name":"box-2"})").Answered(201);
       }},
  };
}

std::vector<Control> AnswersThatLeadOn() {
  constexpr std::string_view kPages = "pagination-followed";
  constexpr std::string_view kPolling = "polling-sane";
  return {
      {kPages, "pass", "reads a list to its end",
       [](Story& story) {
         story.At(0s, "GET /v1/boxes").Points("aa");
         story.At(1s, "GET /v1/boxes?cursor=aa").Points("bb");
         story.At(2s, "GET /v1/boxes?cursor=bb").Points("");
       }},
      {kPages, "pass", "stops at the page that has what it looked for",
       [](Story& story) {
         story.At(0s, "GET /v1/boxes").Points("aa").Answers(R"({"items":[{"id":"a"}]})");
         story.At(1s, kReadBox);
       }},
      {kPages, "fail: page-missed", "is content with the first page",
       [](Story& story) { story.At(0s, "GET /v1/boxes").Points("aa"); }},
      {kPages, "fail: not-pointed-to", "works out where the next page begins",
       [](Story& story) {
         story.At(0s, "GET /v1/lids?limit=2").Points("2");
         story.At(1s, "GET /v1/lids?limit=2&skip=2").Points("4");
         story.At(2s, "GET /v1/lids?limit=2&skip=4").Points("6");
         story.At(3s, "GET /v1/lids?limit=2&skip=6").Points("8");
         story.At(4s, "GET /v1/lids?limit=2&skip=8").Points("");
         story.At(5s, "GET /v1/lids?limit=2&skip=9").Points("", 1);
       }},
      {kPages, "fail: page-repeated", "reads a page once more in the midst of a list",
       [](Story& story) {
         story.At(0s, "GET /v1/boxes").Points("aa");
         story.At(1s, "GET /v1/boxes?cursor=aa").Points("bb");
         story.At(2s, "GET /v1/boxes?cursor=aa").Points("bb");
         story.At(3s, "GET /v1/boxes?cursor=bb").Points("");
       }},
      {kPages, "not_exercised", "gets all on one page",
       [](Story& story) { story.At(0s, "GET /v1/boxes").Points(""); }},
      {kPages, "inconclusive: stopped-early", "leaves a list, or a search, at its second page",
       [](Story& story) {
         story.At(0s, "GET /v1/boxes").Points("aa");
         story.At(1s, "GET /v1/boxes?cursor=aa").Points("bb");
       }},

      {kPolling, "pass", "looks every second until it sees the end",
       [](Story& story) {
         for (int look = 0; look < 5; ++look) story.At(look * 1s, kReadBox).GoingOn();
         story.At(5s, kReadBox);
       }},
      {kPolling, "pass", "comes back at the time that it was told",
       [](Story& story) {
         story.At(0s, kReadBox).GoingOn().Answers(kDryAtEleven);
         story.At(1h, kReadBox);
       }},
      {kPolling, "fail: too-often", "looks without a pause",
       [](Story& story) {
         for (int look = 0; look < 20; ++look) story.At(look * 5ms, kReadBox).GoingOn();
       }},
      {kPolling, "fail: too-long", "looks for an hour at what does not end",
       [](Story& story) {
         for (int look = 0; look < 360; ++look) story.At(look * 10s, kReadBox).GoingOn();
       }},
      {kPolling, "fail: after-end", "does not see that it has ended",
       [](Story& story) {
         for (int look = 0; look < 3; ++look) story.At(look * 1s, kReadBox).GoingOn();
         for (int look = 3; look < 9; ++look) story.At(look * 1s, kReadBox);
       }},
      {kPolling, "fail: after-end", "looks every second though it was told to come in an hour",
       [](Story& story) {
         for (int look = 0; look < 6; ++look) {
           story.At(look * 1s, kReadBox).GoingOn().Answers(kDryAtEleven);
         }
       }},
      {kPolling, "not_exercised", "looks twice",
       [](Story& story) {
         story.At(0s, kReadBox).GoingOn();
         story.At(1s, kReadBox);
       }},
      {kPolling, "inconclusive: one-or-two-callers",
       "looks without a pause, or is ten who look twice",
       [](Story& story) {
         for (const Duration round : {0s, 1s}) {
           for (std::uint64_t looker = 1; looker <= 10; ++looker) {
             story.At(round + looker * 10ms, kReadBox).GoingOn().On(looker);
           }
         }
       }},
      {kPolling, "inconclusive: clock-stood-still", "has no clock to wait by",
       [](Story& story) {
         for (int look = 0; look < 5; ++look) story.At(look * 1ms, kReadBox).GoingOn().Frozen();
       }},
  };
}

History::Delivery::Attempt Attempt(int status, Duration at) {
  return {status, kMorning + at, kMorning + at + 100ms};
}

std::vector<Control> EventsThatCome() {
  constexpr std::string_view kWebhooks = "answers-webhooks";
  return {
      {kWebhooks, "pass", "takes an event at the second delivery",
       [](Story& story) {
         story.Delivered({.event = "box_full",
                          .taken = true,
                          .attempts = {Attempt(503, 0s), Attempt(200, 5s)}});
       }},
      {kWebhooks, "fail: not-taken", "answers each delivery with 500",
       [](Story& story) {
         story.Delivered({.event = "box_full",
                          .problem = "it answered 500",
                          .attempts = {Attempt(500, 0s), Attempt(500, 5s)}});
       }},
      {kWebhooks, "fail: handled-twice", "does its work again when an event comes again",
       [](Story& story) {
         story.At(10ms, kMake, kBox).Answered(201);
         story.At(5010ms, kMake, kBox).Answered(201);
         story.Delivered({.event = "box_full",
                          .taken = true,
                          .attempts = {Attempt(500, 0s), Attempt(200, 5s)}});
       }},
      {kWebhooks, "not_exercised", "has no webhook", [](Story& story) { story.At(0s, kReadBox); }},
      {kWebhooks, "inconclusive: not-sent", "has its webhook where it may not be called",
       [](Story& story) {
         story.Delivered({.event = "box_full",
                          .problem = "https://example.com may not be called",
                          .attempts = {Attempt(0, 0s)}});
       }},
  };
}

}  // namespace

std::vector<Control> AnswerControls() {
  std::vector<Control> all = AnswersThatDeceive();
  for (const auto& more : {AnswersThatLeadOn(), EventsThatCome()}) {
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

}  // namespace mockduit
