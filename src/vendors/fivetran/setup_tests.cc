#include "vendors/fivetran/setup_tests.h"

#include <algorithm>

namespace mockduit::fivetran {
namespace {

std::string TextOf(const Json& json, std::string_view key, std::string_view fallback = "") {
  return std::string(json.Get(key).AsString(fallback));
}

Json MakeResult(const std::string& title, const Json& entry) {
  return Json::MakeObject({{"title", title},
                           {"status", TextOf(entry, "status", "PASSED")},
                           {"message", TextOf(entry, "message")}});
}

// Lays {status, message, details} over a result.
void Apply(Json& result, const Json& change) {
  for (const char* key : {"status", "message", "details"}) {
    if (const Json* value = change.Find(key)) result.Set(key, *value);
  }
}

// A scripted end is a status, or a map with more.
Json ScriptedChange(const Json& scripted) {
  return scripted.IsString() ? Json::MakeObject({{"status", scripted}}) : scripted;
}

}  // namespace

Result<SetupTests> SetupTests::Compile(const Json& data) {
  SetupTests compiled;
  const auto members = [&](std::string_view key) -> const Json::Object& {
    static const Json::Object kNone;
    const Json::Object* object = data.Get(key).IfObject();
    return object != nullptr ? *object : kNone;
  };
  for (const auto& [name, lines] : members("conditions")) {
    if (!lines.IsArray()) return Fail("setup_tests.yaml: the condition " + name + " is no list");
    for (const Json& line : *lines.IfArray()) {
      Line& compiled_line = compiled.conditions_[name].emplace_back();
      if (!line.IsObject()) return Fail("setup_tests.yaml: a line of " + name + " is no map");
      for (const auto& [path, wanted] : *line.IfObject()) {
        auto matcher = ValueMatcher::Compile(wanted);
        if (!matcher) return Fail("setup_tests.yaml: " + name + ": " + matcher.error().message);
        compiled_line.emplace_back(path, std::move(*matcher));
      }
    }
  }
  for (const auto& [name, check] : members("checks")) {
    compiled.checks_[name] = {TextOf(check, "unless"), check};
  }
  for (const auto& [service, tests] : members("tests")) {
    if (!tests.IsArray()) return Fail("setup_tests.yaml: the tests of " + service + " are no list");
    for (const Json& test : *tests.IfArray()) {
      const std::string title = TextOf(test, "title");
      const std::string when = TextOf(test, "when");
      const std::string check = TextOf(test, "check");
      if (!when.empty() && !compiled.conditions_.contains(when)) {
        return Fail("setup_tests.yaml: " + title + ": there is no condition '" + when + "'");
      }
      if (!check.empty() && !compiled.checks_.contains(check)) {
        return Fail("setup_tests.yaml: " + title + ": there is no check '" + check + "'");
      }
      const Json* otherwise = test.Find("otherwise");
      compiled.tests_[service].push_back(
          {title, MakeResult(title, test), when,
           otherwise != nullptr ? MakeResult(title, *otherwise) : Json(), check});
    }
  }
  if (!compiled.tests_.contains("default")) {
    return Fail("setup_tests.yaml has no 'default' list of tests");
  }
  return compiled;
}

Json SetupTests::Run(std::string_view service, const Json& body, const Json& scripted) const {
  auto list = tests_.find(service);
  if (list == tests_.end()) list = tests_.find("default");
  Json results = Json::MakeArray();
  for (const Test& test : list->second) {
    Json result = ResultOf(test, body);
    if (result.IsNull()) continue;
    const Json* end = scripted.Find(test.title);
    if (end == nullptr) end = scripted.Find("*");
    if (end != nullptr) Apply(result, ScriptedChange(*end));
    results.Append(std::move(result));
  }
  const Json::Object* titles = scripted.IfObject();
  if (titles == nullptr) return results;
  for (const auto& [title, end] : *titles) {
    const auto has_title = [&](const Json& result) { return TextOf(result, "title") == title; };
    if (title == "*" || std::ranges::any_of(*results.IfArray(), has_title)) continue;
    Json result = MakeResult(title, Json());
    Apply(result, ScriptedChange(end));
    results.Append(std::move(result));
  }
  return results;
}

bool SetupTests::AllPassed(const Json& results) {
  return std::ranges::none_of(*results.IfArray(), [](const Json& result) {
    const std::string status = TextOf(result, "status");
    return status == "FAILED" || status == "JOB_FAILED";
  });
}

bool SetupTests::Holds(const std::string& condition, const Json& body) const {
  const Condition& lines = conditions_.find(condition)->second;
  return std::ranges::any_of(lines, [&](const Line& line) {
    return std::ranges::all_of(
        line, [&](const auto& field) { return field.second.Matches(body.AtPath(field.first)); });
  });
}

Json SetupTests::ResultOf(const Test& test, const Json& body) const {
  if (!test.when.empty() && !Holds(test.when, body)) return test.otherwise;
  Json result = test.result;
  if (test.check.empty()) return result;
  const Check& check = checks_.find(test.check)->second;
  if (!body.Get(check.unless).AsBool()) Apply(result, check.failure);
  return result;
}

}  // namespace mockduit::fivetran
