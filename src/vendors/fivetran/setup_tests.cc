#include "vendors/fivetran/setup_tests.h"

#include <algorithm>

#include "base/text.h"
#include "contract/read/reading.h"

namespace mockduit::fivetran {
namespace {

constexpr BlockKey kSetupTestsKeys[] = {{"conditions", Takes::kMap},
                                        {"tests", Takes::kMap},
                                        {"destinations", Takes::kMap},
                                        {"checks", Takes::kMap}};
constexpr BlockKey kTestKeys[] = {{"title", Takes::kText},    {"status", Takes::kText},
                                  {"message", Takes::kText},  {"when", Takes::kText},
                                  {"otherwise", Takes::kMap}, {"check", Takes::kText},
                                  {"source", Takes::kText},   {"inferred", Takes::kText}};
constexpr BlockKey kResultKeys[] = {{"status", Takes::kText}, {"message", Takes::kText}};
constexpr BlockKey kCheckKeys[] = {{"unless", Takes::kText},
                                   {"record", Takes::kMap},
                                   {"status", Takes::kText},
                                   {"message", Takes::kText},
                                   {"details", Takes::kAnything}};
constexpr Block kSetupTestsFile = {"setup_tests.yaml", kSetupTestsKeys};
constexpr Block kTest = {"a setup test", kTestKeys};
constexpr Block kResult = {"a setup test's result", kResultKeys};
constexpr Block kCheck = {"a check", kCheckKeys};

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

// Reads setup_tests.yaml.
class SetupTests::Reader {
 public:
  Reader(const YamlDocument& document, const std::optional<Known>& known)
      : reading_(document), known_(known) {}

  Read<SetupTests> Run() {
    const Node top = reading_.Top();
    if (reading_.Check(top, kSetupTestsFile)) {
      reading_.EachMember(top["conditions"], [&](const std::string& name, const Node& lines) {
        ReadCondition(compiled_.conditions_[name], lines);
      });
      reading_.EachMember(top["checks"], [&](const std::string& name, const Node& check) {
        reading_.Check(check, kCheck);
        CheckStatus(check);
        const std::string flag = reading_.Needed(check, "unless");
        CheckField(check["unless"], false, flag);
        compiled_.checks_[name] = {flag, check.json(),
                                   check["record"] ? check["record"].json() : Json()};
      });
      ReadTests(top["tests"], known_ ? &known_->services : nullptr, compiled_.tests_);
      if (const Node destinations = top["destinations"]) {
        ReadTests(destinations, nullptr, compiled_.of_destinations_);
      }
    }
    if (!reading_.problems.empty()) return std::unexpected(std::move(reading_.problems));
    return std::move(compiled_);
  }

 private:
  // `services` are those that there are; nullptr where any may be.
  void ReadTests(const Node& node, const std::vector<std::string>* services, Tests& compiled) {
    reading_.EachMember(node, [&](const std::string& service, const Node& tests) {
      if (services != nullptr) CheckService(tests, service, *services);
      reading_.EachItem(tests, [&](const Node& test) {
        if (!reading_.Check(test, kTest)) return;
        std::vector<Test>& list = compiled[service];
        list.push_back(ReadTest(test, list));
      });
    });
    if (!node["default"]) reading_.Wrong(node, "there is no 'default' list of tests");
  }

  void ReadCondition(Condition& condition, const Node& lines) {
    reading_.EachItem(lines, [&](const Node& line) {
      Line& compiled = condition.emplace_back();
      reading_.EachMember(line, [&](const std::string& path, const Node& wanted) {
        CheckField(wanted, true, path);
        auto matcher = ValueMatcher::Compile(wanted.json());
        if (!matcher) return reading_.Wrong(wanted, matcher.error().message);
        compiled.emplace_back(path, std::move(*matcher));
      });
    });
  }

  Test ReadTest(const Node& node, const std::vector<Test>& before) {
    const std::string title = reading_.Needed(node, "title");
    const auto has_title = [&](const Test& other) { return other.title == title; };
    if (!title.empty() && std::ranges::any_of(before, has_title)) {
      reading_.Wrong(node["title"], "the setup test '" + title + "' stands here a second time");
    }
    CheckStatus(node);
    Test test{title, MakeResult(title, node.json()), node["when"].Text(), Json(),
              node["check"].Text()};
    CheckName(node["when"], "condition", compiled_.conditions_);
    CheckName(node["check"], "check", compiled_.checks_);
    if (const Node otherwise = node["otherwise"]) {
      reading_.Check(otherwise, kResult);
      CheckStatus(otherwise);
      test.otherwise = MakeResult(title, otherwise.json());
    }
    return test;
  }

  void CheckStatus(const Node& node) {
    static const std::vector<std::string> kStatuses = {"PASSED", "SKIPPED", "WARNING", "FAILED",
                                                       "JOB_FAILED"};
    const Node status = node["status"];
    const std::string word = status.Text("PASSED");
    if (std::ranges::find(kStatuses, word) != kStatuses.end()) return;
    reading_.Wrong(status, "'" + word + "' is no setup test status; it is " + OrList(kStatuses));
  }

  void CheckService(const Node& tests, const std::string& service,
                    const std::vector<std::string>& services) {
    if (service == "default") return;
    if (std::ranges::find(services, service) != services.end()) return;
    reading_.WrongKey(
        tests, "services.yaml has no service '" + service + "'" + DidYouMean(service, services));
  }

  // Reports a dotted path that leads to no member of a request.
  void CheckField(const Node& node, bool at_key, const std::string& path) {
    if (!known_ || path.empty()) return;
    const Shape* at = &known_->request;
    std::string passed;
    for (std::string_view rest = path; !rest.empty();) {
      const std::string_view member = TakeUntil(rest, ".");
      const Shape* below = at->Find(member);
      if (below == nullptr) {
        const std::string nearest = Nearest(member, at->MemberNames());
        const std::string advice =
            nearest.empty() ? "" : "; did you mean '" + passed + nearest + "'?";
        const std::string message = "no request has a member '" + path + "'" + advice;
        return at_key ? reading_.WrongKey(node, message) : reading_.Wrong(node, message);
      }
      passed += std::string(member) + ".";
      at = below;
    }
  }

  // Reports a name that `known` does not have.
  template <class Known>
  void CheckName(const Node& node, const std::string& what, const Known& known) {
    const std::string name = node.Text();
    if (name.empty() || known.contains(name)) return;
    std::vector<std::string> names;
    for (const auto& [one, value] : known) names.push_back(one);
    reading_.Wrong(node, "there is no " + what + " '" + name + "'" + DidYouMean(name, names));
  }

  ContractReading reading_;
  const std::optional<Known>& known_;
  SetupTests compiled_;
};

Read<SetupTests> SetupTests::Compile(const YamlDocument& document,
                                     const std::optional<Known>& known) {
  return Reader(document, known).Run();
}

// One run of a list of tests.
class SetupTests::Running {
 public:
  Running(const SetupTests& tests, const Tested& tested) : tests_(tests), tested_(tested) {}

  Ran Run(const std::vector<Test>& list) {
    ran_.results = Json::MakeArray();
    const Json::Object* titles = tested_.scripted.IfObject();
    if (titles == nullptr) {
      for (const Test& test : list) RunTest(test);
      return std::move(ran_);
    }
    for (const Test& test : WithChecks(list, *titles)) RunTest(test);
    for (const auto& [title, end] : *titles) {
      if (title != "*" && !HasRun(title)) Keep(MakeResult(title, Json()), end, "");
    }
    return std::move(ran_);
  }

 private:
  // The service's tests with the checks that the scenario adds to them: each behind the one that it
  // names before, else in front, since without trust nothing after them is reached.
  static std::vector<Test> WithChecks(std::vector<Test> tests, const Json::Object& titles) {
    auto next = tests.begin();
    for (const auto& [title, end] : titles) {
      const auto at = std::ranges::find(tests, title, &Test::title);
      if (at != tests.end()) {
        next = at + 1;
      } else if (const Json* check = end.Find("check")) {
        next = 1 + tests.insert(next, {title, MakeResult(title, Json()), "", Json(),
                                       std::string(check->AsString())});
      }
    }
    return tests;
  }

  void RunTest(const Test& test) {
    const Json& end = EndOf(test.title);
    if (test.when.empty() || tests_.Holds(test.when, tested_.resource)) {
      return Keep(test.result, end, test.check);
    }
    // A scenario that names it has it run all the same.
    const bool named = tested_.scripted.Find(test.title) != nullptr;
    if (test.otherwise.IsNull() && !named) return;
    Keep(test.otherwise.IsNull() ? test.result : test.otherwise, end, "");
  }

  // What the scenario says of that title; null where it says nothing.
  const Json& EndOf(const std::string& title) const {
    const Json* end = tested_.scripted.Find(title);
    return end != nullptr ? *end : tested_.scripted.Get("*");
  }

  // `end` is the scenario's; `own_check` the service's, "" where the test is none.
  void Keep(Json result, const Json& end, std::string_view own_check) {
    const std::string_view check = end.IsNull() ? own_check : end.Get("check").AsString();
    if (!end.IsNull() && check.empty()) {
      Apply(result, ScriptedChange(end));
    } else if (check_failed_) {
      result = Json::MakeObject(
          {{"title", result.Get("title")}, {"status", "SKIPPED"}, {"message", ""}});
    } else if (!check.empty()) {
      Look(check, result);
    }
    ran_.results.Append(std::move(result));
  }

  // How a check ends, laid over `result`.
  void Look(std::string_view name, Json& result) {
    const Check* check = tests_.FindCheck(name);
    if (check == nullptr) return;
    if (tested_.request.Get(check->unless).AsBool()) {
      ran_.trusted.push_back({std::string(name), check->record});
    } else if (!tested_.is_approved ||
               !tested_.is_approved(name, check->record.Get("hash").AsString())) {
      Apply(result, check->failure);
      check_failed_ = true;
    }
  }

  bool HasRun(const std::string& title) const {
    return std::ranges::any_of(*ran_.results.IfArray(), [&](const Json& result) {
      return TextOf(result, "title") == title;
    });
  }

  const SetupTests& tests_;
  const Tested& tested_;
  Ran ran_;
  bool check_failed_ = false;  // what comes after it is not reached
};

SetupTests::Ran SetupTests::Run(const Tested& tested) const {
  static const std::vector<Test> kNone;
  const Tests& tests = tested.of == Of::kConnection ? tests_ : of_destinations_;
  auto list = tests.find(tested.service);
  if (list == tests.end()) list = tests.find("default");
  return Running(*this, tested).Run(list != tests.end() ? list->second : kNone);
}

const SetupTests::Check* SetupTests::FindCheck(std::string_view name) const {
  const auto found = checks_.find(name);
  return found != checks_.end() ? &found->second : nullptr;
}

bool SetupTests::AllPassed(const Json& results) {
  return std::ranges::none_of(*results.IfArray(), [](const Json& result) {
    const std::string status = TextOf(result, "status");
    return status == "FAILED" || status == "JOB_FAILED";
  });
}

bool SetupTests::Holds(const std::string& condition, const Json& resource) const {
  const Condition& lines = conditions_.find(condition)->second;
  return std::ranges::any_of(lines, [&](const Line& line) {
    return std::ranges::all_of(line, [&](const auto& field) {
      return field.second.Matches(resource.AtPath(field.first));
    });
  });
}

}  // namespace mockduit::fivetran
