// Scenario: rules that decide which outcome or fault a request meets, and limits on how many there
// may be, as read from a file. Immutable; how far a session has come in it is a Script.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/time.h"
#include "contract/language/template.h"
#include "http/message.h"
#include "scenario/delay.h"
#include "scenario/match.h"

namespace mockduit {

// What Retry-After says.
struct RetryAfter {
  Duration wait{};
  bool as_date = false;  // an HTTP-date, else seconds (RFC 9110, section 10.2.3)
};

// One entry of a rule's script.
struct Play {
  static constexpr std::uint64_t kForever = std::numeric_limits<std::uint64_t>::max();

  std::string outcome;                // "" when `status` says it all
  std::string variant;                // "" = the outcome's default
  int status = 0;                     // 0 = the outcome's own
  std::optional<JsonTemplate> body;   // in place of the documented one
  std::optional<JsonTemplate> patch;  // merged onto the body
  std::vector<std::pair<std::string, std::optional<Template>>> headers;  // nothing: taken away
  std::optional<RetryAfter> retry_after;
  std::optional<bool> apply;  // does the operation happen? nothing: only where it succeeds
  Delivery delivery;          // the fault; its delay is drawn for each request
  std::optional<Delay> delay;
  std::uint64_t times = 1;  // how many requests it answers
  double chance = 1;        // that a request it is due for meets it
  bool transient = false;   // of a refusal: it passes by itself, so trying again is right
  Json extensions = Json::MakeObject();  // what vendors added, by its key

  // What the play says at the key of a vendor; null where it says nothing.
  const Json& Extension(std::string_view key) const { return extensions.Get(key); }
  // True when the request goes on down the pipeline and this play only changes what comes out.
  bool GoesOn() const { return outcome == "success" && apply.value_or(true); }
  // True when it answers before the pipeline is done, and the operation happens all the same.
  bool AppliesUnseen() const { return !GoesOn() && apply.value_or(false); }
  // "rate_limited", "418", "success, reset": how a list of plays shows it.
  std::string Label() const;
};

// When a rule is in force, from the moment that the session met the scenario.
struct When {
  Duration after{};
  std::optional<Duration> until;

  bool Holds(Duration elapsed) const { return elapsed >= after && (!until || elapsed < *until); }
};

struct Rule {
  enum class Then { kPass, kRepeat, kHold };  // after the last play

  std::string name;
  Match match;
  std::optional<When> when;
  std::vector<Play> plays;
  Then then = Then::kPass;

  // Does who calls again often enough meet something else than this play?
  bool Passes(const Play& play) const {
    const bool held = then == Then::kHold && &play == &plays.back();
    const bool always = play.times == Play::kForever && play.chance == 1;
    return !held && !always;
  }
};

// So many requests in a sliding window of time, for each credential or for the whole session.
struct Limit {
  enum class By { kCredential, kSession };
  static constexpr std::uint64_t kMaxAllow = 100'000;

  std::vector<Match> matches;  // one of which must hold; none: every request
  std::uint64_t allow = 0;
  Duration per{};
  By by = By::kCredential;
  std::string variant;  // of the refusal's outcome, where it has one of that name
  bool told = true;     // answers that are not refused tell of its room

  bool Counts(const MatchInput& input) const;
};

// How things that take a while go in this scenario, where they do not go as the contract says.
struct Course {
  std::string lifecycle;          // "acme.import"
  std::optional<Duration> takes;  // nothing: as the contract says
  std::uint64_t after_polls = 0;  // how often a client looks until it ends; 0: it goes by the time
  std::string ends;               // "": as the contract says
  // Where there are several ends: of the first run of a resource, of its second … The last stays.
  std::vector<std::string> ends_in_turn;
  std::string error;  // "": none
};

struct Scenario {
  std::string name;
  std::string description;
  std::vector<Rule> rules;
  std::vector<Limit> limits;
  std::vector<Course> courses;
  std::optional<std::size_t> pages;  // how many resources a page of a list has at most
  std::string file;                  // where it was read from
  std::string text;                  // as it was written

  // True when requests may meet a play or a limit.
  bool HasFailures() const;
  // Nothing set where the scenario says nothing of it.
  Course CourseOf(std::string_view lifecycle) const;
};

// A scenario's or a session's name: [a-z0-9][a-z0-9._-]{0,63}
bool IsName(std::string_view text);
bool IsNameCharacter(char c);
inline constexpr std::size_t kMaxName = 64;

}  // namespace mockduit
