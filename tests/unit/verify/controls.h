// Controls: clients of whom it is known how a check must judge them, in one table, so that it shows
// at a glance that each check can give each of its results, and has each of its findings:
//
//   {"retry-after-honoured", "pass", "waits as long as it was told",
//    [](Story& story) {
//      story.At(0s, kMake, kBox).Answered(429).RetryAfter(2s);
//      story.At(2s, kMake, kBox);
//    }},
//
// controls_test.cc plays them and tells what the table lacks. The edges of a check stand in a test
// of its own.
#pragma once

#include <string_view>
#include <vector>

#include "unit/verify/story.h"

namespace mockduit {

inline constexpr std::string_view kReadBox = "GET /v1/boxes/a";

struct Control {
  std::string_view check;
  // "pass" or "not_exercised"; "fail" or "inconclusive" with what was found: "fail: too-soon"
  std::string_view verdict;
  std::string_view client;  // goes on behind "a client that"
  void (*tell)(Story& story);
};

// A check that is in doubt only where the journal has lost exchanges, and why.
struct NeverInDoubt {
  std::string_view check;
  std::string_view why;
};

std::vector<Control> RetryControls();   // trying again
std::vector<Control> AnswerControls();  // what is made of an answer
std::vector<Control> SentControls();    // what is sent at all
std::vector<NeverInDoubt> ChecksThatAreNeverInDoubt();

}  // namespace mockduit
