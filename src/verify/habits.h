// Habits: what a caller's other requests tell of those that are alike. Whoever makes equal calls at
// once does so where nothing fails, too; who sends again only what failed tries it again.
#pragma once

#include <unordered_map>
#include <vector>

#include "verify/alike.h"
#include "verify/history.h"

namespace mockduit {

class Habits {
 public:
  // `groups` are all requests of a session, those that are alike in one.
  explicit Habits(const std::vector<AlikeRequests>& groups);

  // Whether these are those of one client, as far as the rest of the session tells: they came in
  // turn on one connection, and of all else that their caller sent, what came through was sent
  // once.
  bool ShowOneClient(const History::Entries& group) const;

 private:
  struct Seen {
    std::size_t sent_once = 0;  // calls that came through at once, and did not come again
    bool repeats = false;       // one that came through came again
  };
  std::unordered_map<std::uint64_t, Seen> seen_;  // by caller
};

}  // namespace mockduit
