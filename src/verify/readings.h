// Readings: the ways to tell which of the requests that are alike are attempts of one call. An
// identity that the client sends says it (verify/identity.h); else time alone does. Where equal
// calls overlap, some attempts may be one caller's or another's: then there are several readings.
#pragma once

#include <vector>

#include "verify/alike.h"
#include "verify/client_call.h"
#include "verify/history.h"

namespace mockduit {

// One way to tell whose attempts are whose.
using Reading = std::vector<ClientCall>;

// Requests that are alike, in all the ways in which they may be read: one way, but where equal
// calls overlap.
struct LikeRequests {
  std::vector<Reading> readings;  // never empty; the most likely one first
  // It was seen that several callers made them, or that may well be. Else other readings are
  // possible only: they excuse, but they do not take a good word back.
  bool overlap = false;
  // They differ in made-up names, so that each may be a call of its own.
  bool renamed = false;
};

// What their caller does else may show that they are of one client (verify/habits.h).
LikeRequests ReadCalls(const AlikeRequests& alike, bool one_client, bool truncated);

}  // namespace mockduit
