// Webhooks: how a vendor delivers events: which resources hold the targets, what is sent, how it is
// signed, and how often it is tried. Contracts declare it.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/time.h"
#include "contract/language/step.h"

namespace mockduit {

struct Webhooks {
  std::string kind;   // of the resources that have `url`, `events`, `active` and `secret`
  Where where;        // a webhook with such a member receives only events where it is equal
  JsonTemplate body;  // what is sent; templates know `event.name` and `event.data`
  std::vector<std::pair<std::string, Template>> headers;  // templates know `signature`
  bool upper_case_signature = true;                       // HMAC-SHA256 of the body, in hex
  std::vector<Duration> retries;  // the waits; past the last each is longer by the last step
  Duration for_at_most{};         // after which it is given up
  Duration timeout{};             // of one attempt, in real time
  bool stays_active = false;      // also where one of its events is given up
  // By the Standard Webhooks specification, each attempt is signed anew, and its headers begin with
  // this: "webhook" for webhook-id, webhook-timestamp and webhook-signature. "": they are not.
  std::string standard;
  Template message;  // the id of an event's message there
  Steps attempted;   // what each attempt does to the world; templates know `delivery`
};

}  // namespace mockduit
