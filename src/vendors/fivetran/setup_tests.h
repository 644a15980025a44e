// The setup tests that a connection or a destination runs: which apply to a request, and how each
// ends. Compiled from fixtures/fivetran/setup_tests.yaml, which explains itself.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "base/yaml.h"
#include "contract/language/matcher.h"
#include "contract/language/names.h"
#include "scenario/play_extension.h"

namespace mockduit::fivetran {

// `setup_tests` of a play: how the tests of the request end, whatever it holds.
PlayExtension ScriptedSetupTests();

class SetupTests {
 public:
  // What stands elsewhere and the file speaks of.
  struct Known {
    std::vector<std::string> services;
    Shape request;  // the members of the bodies that are tested
  };

  // The error is every mistake of the file, each with its place. Without `known`, every service and
  // every member of a request is taken to be one.
  static Read<SetupTests> Compile(const YamlDocument& document,
                                  const std::optional<Known>& known = std::nullopt);

  enum class Of { kConnection, kDestination };
  // Whether what a check meets was approved: the check's name, and the hash.
  using IsApproved = std::function<bool(std::string_view check, std::string_view hash)>;
  struct Tested {
    Of of = Of::kConnection;
    std::string_view service;
    const Json& resource;  // as it is to be
    const Json& request;   // its flags say what is trusted
    // By title, or by "*" for all, how tests end whatever the request holds: a status, {status,
    // message, details}, or {check}, which ends as that check does. A title that the service lacks
    // is added: a check before the service's own tests or behind the one that is named before it,
    // any other at the end.
    const Json& scripted;
    IsApproved is_approved;
  };
  struct Trusted {
    std::string check;
    Json record;  // what is kept of it
  };
  struct Ran {
    Json results;                  // [{"title", "status", "message"[, "details"]}, …]
    std::vector<Trusted> trusted;  // what was met, and is trusted from now on by the request's flag
  };
  Ran Run(const Tested& tested) const;

  // True when every test passed, was skipped or only warned.
  static bool AllPassed(const Json& results);

 private:
  class Reader;
  using Line = std::vector<std::pair<std::string, ValueMatcher>>;  // all of them must match
  using Condition = std::vector<Line>;                             // one line must hold

  struct Test {
    std::string title;
    Json result;        // {"title", "status", "message"}
    std::string when;   // a condition's name, or ""
    Json otherwise;     // the result where the condition does not hold; null: left out
    std::string check;  // a check's name, or ""
  };
  struct Check {
    std::string unless;  // the request's flag that makes the test pass
    Json failure;        // {"status", "message", "details"}
    Json record;         // what is kept of what was met, once it is trusted
  };
  using Tests = std::map<std::string, std::vector<Test>, std::less<>>;  // by service

  class Running;

  bool Holds(const std::string& condition, const Json& resource) const;
  const Check* FindCheck(std::string_view name) const;

  Tests tests_;
  Tests of_destinations_;
  std::map<std::string, Condition, std::less<>> conditions_;
  std::map<std::string, Check, std::less<>> checks_;
};

}  // namespace mockduit::fivetran
