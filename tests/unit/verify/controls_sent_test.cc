// Controls of the checks that hold what a client sends at all.
#include "unit/verify/controls.h"

namespace mockduit {
namespace {

std::vector<Control> WhatTheContractSays() {
  constexpr std::string_view kValid = "requests-valid";
  constexpr std::string_view kHeaders = "headers-sent";
  constexpr std::string_view kUnknown = "unknown-fields";
  constexpr std::string_view kDeprecated = "deprecated-used";
  return {
      {kValid, "pass", "sends what the contract takes",
       [](Story& story) { story.At(0s, kMake, kBox); }},
      {kValid, "fail: refused", "sends what the contract refuses, and is throttled first",
       [](Story& story) {
         story.At(0s, kMake, kBox).Answered(429).exchange().violation = "body.name: required";
       }},
      {kValid, "not_exercised", "asks for what no contract has",
       [](Story& story) { story.At(0s, "GET /nowhere").Answered(404); }},
      {kValid, "inconclusive: refused-by-one-edition", "may go by another edition, which takes it",
       [](Story& story) {
         Exchange& exchange = story.At(0s, kMake, kBox).Answered(400).exchange();
         exchange.violation = "body.name: required";
         exchange.allowed_by = "v2";
       }},

      {kHeaders, "pass", "says what it sends and what it takes",
       [](Story& story) { story.At(0s, kMake, kBox); }},
      {kHeaders, "fail: wrong-header", "does not say what its body is",
       [](Story& story) { story.At(0s, kMake, kBox).Without("Content-Type"); }},
      {kHeaders, "fail: wrong-header", "takes anything for an answer",
       [](Story& story) { story.At(0s, kReadBox).With("Accept", "*/*"); }},
      {kHeaders, "not_exercised", "asks for what no contract has",
       [](Story& story) { story.At(0s, "GET /nowhere").Answered(404).Without("Accept"); }},

      {kUnknown, "pass", "sends members and parameters of the contract",
       [](Story& story) {
         story.At(0s, kMake, kBox);
         story.At(1s, "GET /v1/boxes?color=red");
       }},
      {kUnknown, "fail: unknown", "misspells a member of a part",
       [](Story& story) { story.At(0s, kMake, R"({"parts":[{"siez":1}]})"); }},
      {kUnknown, "fail: unknown", "misspells a parameter",
       [](Story& story) { story.At(0s, "GET /v1/boxes?colour=red"); }},
      {kUnknown, "not_exercised", "sends neither a body nor a query",
       [](Story& story) { story.At(0s, "GET /v1/boxes"); }},
      {kUnknown, "inconclusive: body-cut", "sends more than the journal keeps",
       [](Story& story) {
         story.At(0s, kMake, R"({"name":")").exchange().request_bytes = Exchange::kMaxBody + 1;
       }},

      {kDeprecated, "pass", "uses nothing that is out of date",
       [](Story& story) { story.At(0s, kMake, kBox); }},
      {kDeprecated, "fail: deprecated", "calls an operation that is out of date",
       [](Story& story) { story.At(0s, "POST /v1/boxes/a/paint"); }},
      {kDeprecated, "fail: deprecated", "goes by an old path",
       [](Story& story) { story.At(0s, "GET /v1/crates/a"); }},
      {kDeprecated, "fail: deprecated", "sends an old member",
       [](Story& story) { story.At(0s, kMake, R"({"name":"a","hue":"red"})"); }},
      {kDeprecated, "fail: deprecated", "sends an old parameter",
       [](Story& story) { story.At(0s, "GET /v1/boxes?tone=red"); }},
      {kDeprecated, "not_exercised", "asks for what no contract has",
       [](Story& story) { story.At(0s, "GET /nowhere").Answered(404); }},
      {kDeprecated, "inconclusive: body-cut", "sends more than the journal keeps",
       [](Story& story) {
         story.At(0s, kMake, R"({"name":")").exchange().request_bytes = Exchange::kMaxBody + 1;
       }},
  };
}

// An answer of one origin that leads to another, with a credential of its own.
Line LeadsAway(Story& story) {
  Line led = story.At(0s, "GET /v1/boxes");
  led.With("Host", "api.shop.example").With("Authorization", "[redacted]");
  return led;
}

std::vector<Control> WhatIsSecret() {
  constexpr std::string_view kKept = "credential-kept";
  constexpr std::string_view kUrl = "no-secret-in-url";
  return {
      {kKept, "pass", "leaves its credential behind where a redirect leads away",
       [](Story& story) {
         LeadsAway(story).Answered(307).Says("Location", "https://files.example/v1/lids");
         story.At(1s, "GET /v1/lids").With("Host", "files.example");
       }},
      {kKept, "fail: sent-elsewhere", "takes its credential along a redirect",
       [](Story& story) {
         LeadsAway(story).Answered(307).Says("Location", "https://files.example/v1/lids");
         story.At(1s, "GET /v1/lids").With("Host", "files.example").With("X-API-Key", "[redacted]");
       }},
      {kKept, "fail: sent-elsewhere", "takes its credential to the next page, wherever that is",
       [](Story& story) {
         LeadsAway(story).Points("aa").Answers(
             R"({"next":"https://files.example/v1/boxes?cursor=aa"})");
         story.At(1s, "GET /v1/boxes?cursor=aa")
             .With("Host", "files.example")
             .With("Authorization", "[redacted]");
       }},
      {kKept, "not_exercised", "does not go where it is led",
       [](Story& story) {
         LeadsAway(story).Answered(307).Says("Location", "https://files.example/v1/lids");
       }},
      {kKept, "inconclusive: cookie", "takes a cookie to another origin, which may be its own",
       [](Story& story) {
         LeadsAway(story)
             .Answered(307)
             .Says("Location", "https://files.example/v1/lids")
             .With("Cookie", "[redacted]");
         story.At(1s, "GET /v1/lids")
             .With("Host", "files.example")
             .With("Cookie", "[redacted]")
             .By(2);
       }},
      {kKept, "inconclusive: from-state-file", "is known from an old state file alone",
       [](Story& story) {
         LeadsAway(story)
             .Answered(307)
             .Says("Location", "https://files.example/v1/lids")
             .Unmarked();
         story.At(1s, "GET /v1/lids")
             .With("Host", "files.example")
             .With("Authorization", "[redacted]")
             .Unmarked();
       }},

      {kUrl, "pass", "has no secret in its URLs",
       [](Story& story) { story.At(0s, "GET /v1/boxes?color=red&cursor=aa"); }},
      {kUrl, "fail: in-query", "sends its key as a parameter",
       [](Story& story) { story.At(0s, "GET /v1/boxes?api_key=[redacted]"); }},
      {kUrl, "fail: in-path", "has its key in the path",
       [](Story& story) { story.At(0s, "GET /v1/boxes/[redacted]"); }},
      {kUrl, "not_exercised", "sends nothing", [](Story&) {}},
  };
}

}  // namespace

std::vector<Control> SentControls() {
  std::vector<Control> all = WhatTheContractSays();
  for (const Control& control : WhatIsSecret()) all.push_back(control);
  return all;
}

std::vector<NeverInDoubt> ChecksThatAreNeverInDoubt() {
  return {
      {"gives-up-waiting", "the journal has when each answer had gone out or its client had left"},
      {"headers-sent", "the journal has every header of a request, but for what is secret in it"},
      {"no-secret-in-url", "the journal has every URL, with a mark where a secret stood"},
  };
}

}  // namespace mockduit
