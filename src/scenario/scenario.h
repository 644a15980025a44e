// Scenario: rules that decide which outcome a request meets, as read from a file. Immutable; how
// far a session has come in it is a Script.
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
#include "contract/contract.h"
#include "contract/template.h"
#include "http/message.h"
#include "http/uri_template.h"

namespace mockduit {

// One entry of a rule's script.
struct Play {
  static constexpr std::uint64_t kForever = std::numeric_limits<std::uint64_t>::max();

  std::string outcome;                // "" when `status` says it all
  std::string variant;                // "" = the outcome's default
  int status = 0;                     // 0 = the outcome's own
  std::optional<JsonTemplate> body;   // in place of the documented one
  std::optional<JsonTemplate> patch;  // merged onto the body
  std::vector<std::pair<std::string, std::optional<Template>>> headers;  // nothing: taken away
  std::optional<Duration> retry_after;
  std::uint64_t times = 1;  // how many requests it answers
  Json setup_tests;         // title or "*" → status, or {status, message, details}

  // True when the request goes on down the pipeline and this play only changes what comes out.
  bool IsSuccess() const { return outcome == "success" && !body; }
};

// What a rule is held against.
struct MatchInput {
  const Operation* operation = nullptr;  // nullptr: no operation answers there
  const Request* request = nullptr;
  std::string_view path;  // the vendor's own, without selector and vendor prefix
};

struct Match {
  std::vector<std::string> operations;  // globs; empty: any
  std::string vendor;                   // "": any
  std::string method;                   // "": any
  std::optional<UriTemplate> path;

  bool Matches(const MatchInput& input) const;
};

struct Rule {
  enum class Then { kPass, kRepeat, kHold };  // after the last play

  std::string name;
  Match match;
  std::vector<Play> plays;
  Then then = Then::kPass;
};

struct Scenario {
  std::string name;
  std::string description;
  std::vector<Rule> rules;
  std::string file;  // where it was read from
  std::string text;  // as it was written
};

// A scenario's or a session's name: [a-z0-9][a-z0-9._-]{0,63}
bool IsName(std::string_view text);
bool IsNameCharacter(char c);
inline constexpr std::size_t kMaxName = 64;

}  // namespace mockduit
