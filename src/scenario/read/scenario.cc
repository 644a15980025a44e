#include "scenario/read/scenario.h"

#include "scenario/read/reading.h"

namespace mockduit {
namespace {

std::string StemOf(std::string_view path) {
  path = path.substr(path.rfind('/') + 1);
  return std::string(path.substr(0, path.rfind('.')));
}

void ReadWhen(Reading& reading, const Node& node, Rule& rule) {
  static constexpr Reading::Key<When> kKeys[] = {
      {"after",
       [](Reading& inner, const Node& value, When& when) {
         when.after = inner.Wait(value, "after", kMaxWait).value_or(Duration());
       }},
      {"until", [](Reading& inner, const Node& value,
                   When& when) { when.until = inner.Wait(value, "until", kMaxWait); }},
  };
  When when;
  reading.Map(node, "when", kKeys, when);
  if (when.until && *when.until <= when.after) {
    reading.Wrong(node, "until must be later than after");
  }
  rule.when = when;
}

void ReadThen(Reading& reading, const Node& node, Rule& rule) {
  const std::string word = reading.Word(node, "way to go on", {"pass", "repeat", "hold"});
  rule.then = word == "repeat" ? Rule::Then::kRepeat
              : word == "hold" ? Rule::Then::kHold
                               : Rule::Then::kPass;
}

constexpr Reading::Key<Rule> kRuleKeys[] = {
    {"name", [](Reading& reading, const Node& node,
                Rule& rule) { rule.name = reading.Text(node, "name"); }},
    {"match",
     [](Reading& reading, const Node& node, Rule& rule) { ReadMatch(reading, node, rule.match); }},
    {"when", &ReadWhen},
    {"play",
     [](Reading& reading, const Node& node, Rule& rule) {
       reading.List(node, "play",
                    [&](const Node& play) { ReadPlay(reading, play, rule.plays.emplace_back()); });
     }},
    {"then", &ReadThen},
};

void ReadRules(Reading& reading, const Node& node, Scenario& scenario) {
  reading.List(node, "rules", [&](const Node& rule) {
    Rule& into = scenario.rules.emplace_back();
    into.name = "rule " + std::to_string(scenario.rules.size());
    reading.Map(rule, "a rule", kRuleKeys, into);
  });
  CheckRules(reading, node, scenario.rules);
}

void ReadAllow(Reading& reading, const Node& node, Limit& limit) {
  const std::int64_t allow = node.json().AsInteger(-1);
  if (!node.json().IsInteger() || allow < 0 || allow > static_cast<std::int64_t>(Limit::kMost)) {
    return reading.Wrong(node, "allow must be a number from 0 to " + std::to_string(Limit::kMost));
  }
  limit.allow = static_cast<std::uint64_t>(allow);
}

void ReadPer(Reading& reading, const Node& node, Limit& limit) {
  const auto per = reading.Wait(node, "per", kMaxWait);
  if (!per) return;
  if (*per == Duration(0)) reading.Wrong(node, "per must be longer than nothing");
  limit.per = *per;
}

constexpr Reading::Key<Limit> kLimitKeys[] = {
    {"match", [](Reading& reading, const Node& node,
                 Limit& limit) { ReadMatch(reading, node, limit.match); }},
    {"allow", &ReadAllow},
    {"per", &ReadPer},
    {"variant", [](Reading& reading, const Node& node,
                   Limit& limit) { limit.variant = reading.Text(node, "variant"); }},
    {"by",
     [](Reading& reading, const Node& node, Limit& limit) {
       const std::string word = reading.Word(node, "way to count", {"credential", "session"});
       limit.by = word == "session" ? Limit::By::kSession : Limit::By::kCredential;
     }},
};

void ReadLimits(Reading& reading, const Node& node, Scenario& scenario) {
  reading.List(node, "limits", [&](const Node& limit) {
    reading.Map(limit, "a limit", kLimitKeys, scenario.limits.emplace_back());
    if (!limit.json().IsObject()) return;
    for (const std::string_view key : {"allow", "per"}) {
      if (!limit[key]) reading.Wrong(limit, "a limit needs '" + std::string(key) + "'");
    }
  });
  CheckLimits(reading, node, scenario.limits);
}

void ReadEnds(Reading& reading, const Node& node, Course& course) {
  const auto lifecycle = reading.catalog().FindLifecycle(course.lifecycle);
  course.ends = reading.Word(node, "end of " + course.lifecycle, lifecycle->EndingNames());
}

constexpr Reading::Key<Course> kCourseKeys[] = {
    {"takes", [](Reading& reading, const Node& node,
                 Course& course) { course.takes = reading.Wait(node, "takes", kMaxWait); }},
    {"after_polls",
     [](Reading& reading, const Node& node, Course& course) {
       const std::int64_t polls = node.json().AsInteger();
       if (!node.json().IsInteger() || polls < 1) {
         return reading.Wrong(node, "after_polls must be a number from 1 on");
       }
       course.after_polls = static_cast<std::uint64_t>(polls);
     }},
    {"ends", &ReadEnds},
    {"error", [](Reading& reading, const Node& node,
                 Course& course) { course.error = reading.Text(node, "error"); }},
};

void ReadLifecycle(Reading& reading, const Node& node, Scenario& scenario) {
  if (!node.json().IsObject()) return reading.Wrong(node, "lifecycle must be a map");
  const auto known = reading.catalog().LifecycleNames();
  for (const JsonMember& member : *node.json().IfObject()) {
    if (std::ranges::find(known, member.key) == known.end()) {
      reading.WrongKey(node[member.key],
                       "'" + member.key + "' is no lifecycle" + DidYouMean(member.key, known));
      continue;
    }
    Course& course = scenario.courses.emplace_back();
    course.lifecycle = member.key;
    const Node entry = node[member.key];
    reading.Map(entry, "a lifecycle", kCourseKeys, course);
    if (course.takes && course.after_polls > 0) {
      reading.WrongKey(entry["after_polls"], "a lifecycle goes by time or by polls, not by both");
    }
  }
}

void ReadPages(Reading& reading, const Node& node, Scenario& scenario) {
  const std::int64_t pages = node.json().AsInteger();
  if (!node.json().IsInteger() || pages < 1) {
    return reading.Wrong(node, "pages must be a number from 1 on: how many a page has at most");
  }
  scenario.pages = static_cast<std::size_t>(pages);
}

constexpr Reading::Key<Scenario> kScenarioKeys[] = {
    {"scenario", [](Reading& reading, const Node& node,
                    Scenario& scenario) { scenario.name = reading.Text(node, "scenario"); }},
    {"description",
     [](Reading& reading, const Node& node, Scenario& scenario) {
       scenario.description = reading.Text(node, "description");
     }},
    {"rules", &ReadRules},
    {"limits", &ReadLimits},
    {"lifecycle", &ReadLifecycle},
    {"pages", &ReadPages},
};

// As they stand in the file.
std::vector<Problem> InOrder(std::vector<Problem> problems) {
  std::ranges::stable_sort(problems, {},
                           [](const Problem& p) { return std::pair(p.line, p.column); });
  return problems;
}

}  // namespace

Read<std::shared_ptr<const Scenario>> ReadScenario(const TextFile& file, const Catalog& catalog) {
  const auto document = ReadDocument(file);
  if (!document) return std::unexpected(document.error());
  Reading reading(catalog);
  Scenario scenario;
  scenario.name = StemOf(file.path);
  scenario.file = file.path;
  const Node root(*document);
  reading.Map(root, "a scenario", kScenarioKeys, scenario);
  const Node name = root["scenario"];
  if (!IsName(scenario.name) && (!name || name.IsText())) {
    reading.Wrong(name ? name : root,
                  "'" + scenario.name +
                      "' is no name; a name is made of a-z, 0-9, '.', '_' and '-', up to 64 of "
                      "them");
  }
  if (!reading.problems().empty()) return std::unexpected(InOrder(reading.problems()));
  scenario.text = file.text;
  return std::make_shared<const Scenario>(std::move(scenario));
}

Read<Match> ReadMatchOf(const TextFile& file, const Catalog& catalog) {
  const auto document = ReadDocument(file);
  if (!document) return std::unexpected(document.error());
  Reading reading(catalog);
  Match match;
  ReadMatch(reading, Node(*document), match);
  if (!reading.problems().empty()) return std::unexpected(InOrder(reading.problems()));
  return match;
}

}  // namespace mockduit
