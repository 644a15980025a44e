// Limiter: how much of a scenario's limits one session has used: sliding windows, one for each
// limit and credential. Not thread-safe: its session's lock makes "is there room?" and "taken" one
// step.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "scenario/scenario.h"

namespace mockduit {

// Where a request stands with the limit that refuses it, else with the one that has the least room
// of those that are told of.
struct Quota {
  std::uint64_t limit = 0;      // requests in a window
  std::uint64_t remaining = 0;  // after this one
  Time reset{};                 // when the oldest request leaves the window
  bool refused = false;
  Duration wait{};           // when refused: until there is room again
  std::string_view variant;  // of the refusal; "" = the default; lives in the scenario
};

class Limiter {
 public:
  static constexpr std::size_t kMaxCredentials = 10'000;  // for each limit; past it the oldest go

  explicit Limiter(const std::vector<Limit>& limits) : limits_(limits), uses_(limits.size()) {}

  // Counts the request in every limit it matches, unless one of them has no room: then in none.
  // `credential` is hashed before it is kept. Nothing when no limit matches, or none that is told
  // of and room is in all.
  std::optional<Quota> Take(const MatchInput& input, std::string_view credential, Time now);

  bool HasRefused() const;
  // [{"allow", "per", "counted", "refused"}], a limit each, over all credentials.
  Json Progress() const;
  // The windows, to be kept and taken up again. Restore gives false when they fit other limits.
  Json Save() const;
  bool Restore(const Json& saved);

 private:
  struct Use {
    std::map<std::string, std::deque<Time>, std::less<>> windows;  // by hashed credential
    std::uint64_t counted = 0;
    std::uint64_t refused = 0;
  };

  std::deque<Time>& WindowOf(Use& use, const Limit& limit, const std::string& credential, Time now);

  const std::vector<Limit>& limits_;  // the scenario's
  std::vector<Use> uses_;
};

}  // namespace mockduit
