// The setup tests that a connection runs: which apply to a request, and how each ends. Compiled
// from fixtures/fivetran/setup_tests.yaml, which explains itself.
#pragma once

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

  // [{"title", "status", "message"[, "details"]}, …] for a create of `service` with this body.
  // `scripted` says by title, or by "*" for all, how tests end whatever the request holds: a
  // status, or {status, message, details}. A scripted title that the service lacks is added.
  Json Run(std::string_view service, const Json& body, const Json& scripted) const;

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
  };

  bool Holds(const std::string& condition, const Json& body) const;
  Json ResultOf(const Test& test, const Json& body) const;  // null: left out

  std::map<std::string, std::vector<Test>, std::less<>> tests_;  // by service
  std::map<std::string, Condition, std::less<>> conditions_;
  std::map<std::string, Check, std::less<>> checks_;
};

}  // namespace mockduit::fivetran
