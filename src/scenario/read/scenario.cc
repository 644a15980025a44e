#include "scenario/read/scenario.h"

#include "scenario/read/reader.h"

namespace mockduit {
namespace {

std::string StemOf(std::string_view path) {
  path = path.substr(path.rfind('/') + 1);
  return std::string(path.substr(0, path.rfind('.')));
}

void ReadWhen(ScenarioReader& reader, const Node& node, Rule& rule) {
  static constexpr ScenarioReader::Key<When> kKeys[] = {
      {"after",
       [](ScenarioReader& inner, const Node& value, When& when) {
         when.after = inner.Wait(value, "after", kMaxWait).value_or(Duration());
       }},
      {"until", [](ScenarioReader& inner, const Node& value,
                   When& when) { when.until = inner.Wait(value, "until", kMaxWait); }},
  };
  When when;
  reader.Map(node, "when", kKeys, when);
  if (when.until && *when.until <= when.after) {
    reader.Wrong(node, "until must be later than after");
  }
  rule.when = when;
}

void ReadThen(ScenarioReader& reader, const Node& node, Rule& rule) {
  const std::string word = reader.Word(node, "way to go on", {"pass", "repeat", "hold"});
  rule.then = word == "repeat" ? Rule::Then::kRepeat
              : word == "hold" ? Rule::Then::kHold
                               : Rule::Then::kPass;
}

constexpr ScenarioReader::Key<Rule> kRuleKeys[] = {
    {"name", [](ScenarioReader& reader, const Node& node,
                Rule& rule) { rule.name = reader.Text(node, "name"); }},
    {"match", [](ScenarioReader& reader, const Node& node,
                 Rule& rule) { ReadMatch(reader, node, rule.match); }},
    {"when", &ReadWhen},
    {"play",
     [](ScenarioReader& reader, const Node& node, Rule& rule) {
       reader.List(node, "play",
                   [&](const Node& play) { ReadPlay(reader, play, rule.plays.emplace_back()); });
     }},
    {"then", &ReadThen},
};

void ReadRules(ScenarioReader& reader, const Node& node, Scenario& scenario) {
  reader.List(node, "rules", [&](const Node& rule) {
    Rule& into = scenario.rules.emplace_back();
    into.name = "rule " + std::to_string(scenario.rules.size());
    // A play may stand before the match that says which names it knows.
    if (!reader.known_good()) reader.SetMet(OperationsMetBy(rule["match"], reader.catalog()));
    reader.Map(rule, "a rule", kRuleKeys, into);
  });
  if (scenario.rules.size() > kMaxRules) {
    reader.Wrong(node.Item(kMaxRules),
                 "a scenario has at most " + std::to_string(kMaxRules) + " rules");
  }
  CheckRules(reader, node, scenario.rules);
}

// One match, or a list of them.
void ReadCounted(ScenarioReader& reader, const Node& node, Limit& limit) {
  if (!node.json().IsArray()) return ReadMatch(reader, node, limit.matches.emplace_back());
  if (node.json().IfArray()->empty()) reader.Wrong(node, "match names nothing");
  reader.List(node, "match",
              [&](const Node& match) { ReadMatch(reader, match, limit.matches.emplace_back()); });
}

void ReadAllow(ScenarioReader& reader, const Node& node, Limit& limit) {
  const std::int64_t allow = node.json().AsInteger(-1);
  if (!node.json().IsInteger() || allow < 0 ||
      allow > static_cast<std::int64_t>(Limit::kMaxAllow)) {
    return reader.Wrong(node,
                        "allow must be a number from 0 to " + std::to_string(Limit::kMaxAllow));
  }
  limit.allow = static_cast<std::uint64_t>(allow);
}

void ReadPer(ScenarioReader& reader, const Node& node, Limit& limit) {
  const auto per = reader.Wait(node, "per", kMaxWait);
  if (!per) return;
  if (*per == Duration(0)) reader.Wrong(node, "per must be longer than nothing");
  limit.per = *per;
}

constexpr ScenarioReader::Key<Limit> kLimitKeys[] = {
    {"match", &ReadCounted},
    {"allow", &ReadAllow},
    {"per", &ReadPer},
    {"variant", [](ScenarioReader& reader, const Node& node,
                   Limit& limit) { limit.variant = reader.Text(node, "variant"); }},
    {"told",
     [](ScenarioReader& reader, const Node& node, Limit& limit) {
       if (!node.json().IsBool()) return reader.Wrong(node, "told must be true or false");
       limit.told = node.json().AsBool();
     }},
    {"by",
     [](ScenarioReader& reader, const Node& node, Limit& limit) {
       const std::string word = reader.Word(node, "way to count", {"credential", "session"});
       limit.by = word == "session" ? Limit::By::kSession : Limit::By::kCredential;
     }},
};

void ReadLimits(ScenarioReader& reader, const Node& node, Scenario& scenario) {
  reader.List(node, "limits", [&](const Node& limit) {
    reader.Map(limit, "a limit", kLimitKeys, scenario.limits.emplace_back());
    if (!limit.json().IsObject()) return;
    for (const std::string_view key : {"allow", "per"}) {
      if (!limit[key]) reader.Wrong(limit, "a limit needs '" + std::string(key) + "'");
    }
  });
  CheckLimits(reader, node, scenario.limits);
}

void ReadEnds(ScenarioReader& reader, const Node& node, Course& course) {
  // Of any edition.
  const std::vector<std::string> ends = reader.catalog().EndingNames(course.lifecycle);
  const auto word = [&](const Node& end) {
    return reader.Word(end, "end of " + course.lifecycle, ends);
  };
  if (!node.json().IsArray()) {
    course.ends = word(node);
    return;
  }
  if (node.json().IfArray()->empty()) return reader.Wrong(node, "ends must name an end");
  for (std::size_t i = 0; i < node.json().IfArray()->size(); ++i) {
    course.ends_in_turn.push_back(word(node.Item(i)));
  }
  course.ends = course.ends_in_turn.front();
}

constexpr ScenarioReader::Key<Course> kCourseKeys[] = {
    {"takes", [](ScenarioReader& reader, const Node& node,
                 Course& course) { course.takes = reader.Wait(node, "takes", kMaxWait); }},
    {"after_polls",
     [](ScenarioReader& reader, const Node& node, Course& course) {
       const std::int64_t polls = node.json().AsInteger();
       if (!node.json().IsInteger() || polls < 1) {
         return reader.Wrong(node, "after_polls must be a number from 1 on");
       }
       course.after_polls = static_cast<std::uint64_t>(polls);
     }},
    {"ends", &ReadEnds},
    {"error", [](ScenarioReader& reader, const Node& node,
                 Course& course) { course.error = reader.Text(node, "error"); }},
};

// Whether that end of a lifecycle, in some edition, says somewhere what the error is.
bool TellsError(const Catalog& catalog, const std::string& name, const std::string& end) {
  for (const Vendor& vendor : catalog.vendors()) {
    for (const auto& contract : vendor.editions) {
      for (const auto& lifecycle : contract->lifecycles) {
        if (lifecycle->name != name) continue;
        const Lifecycle::Ending* ending = lifecycle->FindEnding(end);
        if (ending == nullptr || ending->tells_error) return true;
      }
    }
  }
  return false;
}

// One of the ends must say what the error is, else nobody is told of it.
void CheckError(ScenarioReader& reader, const Node& entry, const Course& course) {
  if (course.error.empty()) return;
  std::vector<std::string> ends = course.ends_in_turn;
  if (ends.empty()) ends.push_back(course.ends);
  const auto tells = [&](const std::string& end) {
    return TellsError(reader.catalog(), course.lifecycle, end);
  };
  if (std::ranges::any_of(ends, tells)) return;
  const auto lifecycle = reader.catalog().FindLifecycle(course.lifecycle);
  const Lifecycle::Ending* usual = lifecycle->FindEnding(ends.back());
  reader.WrongKey(entry["error"], "the end '" + (usual != nullptr ? usual->name : ends.back()) +
                                      "' of " + course.lifecycle +
                                      " tells of no error, so nothing would show it");
}

void ReadLifecycle(ScenarioReader& reader, const Node& node, Scenario& scenario) {
  if (!node.json().IsObject()) return reader.Wrong(node, "lifecycle must be a map");
  const auto known = reader.catalog().LifecycleNames();
  for (const JsonMember& member : *node.json().IfObject()) {
    if (std::ranges::find(known, member.key) == known.end()) {
      reader.WrongKey(node.Below(member.value),
                      "'" + member.key + "' is no lifecycle" + DidYouMean(member.key, known));
      continue;
    }
    Course& course = scenario.courses.emplace_back();
    course.lifecycle = member.key;
    const Node entry = node.Below(member.value);
    reader.Map(entry, "a lifecycle", kCourseKeys, course);
    CheckError(reader, entry, course);
    if (course.takes && course.after_polls > 0) {
      reader.WrongKey(entry["after_polls"], "a lifecycle goes by time or by polls, not by both");
    }
  }
}

void ReadPages(ScenarioReader& reader, const Node& node, Scenario& scenario) {
  const std::int64_t pages = node.json().AsInteger();
  if (!node.json().IsInteger() || pages < 1) {
    return reader.Wrong(node, "pages must be a number from 1 on: how many a page has at most");
  }
  scenario.pages = static_cast<std::size_t>(pages);
}

constexpr ScenarioReader::Key<Scenario> kScenarioKeys[] = {
    {"scenario", [](ScenarioReader& reader, const Node& node,
                    Scenario& scenario) { scenario.name = reader.Text(node, "scenario"); }},
    {"description",
     [](ScenarioReader& reader, const Node& node, Scenario& scenario) {
       scenario.description = reader.Text(node, "description");
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
  return Bounded(std::move(problems));
}

}  // namespace

Read<std::shared_ptr<const Scenario>> ReadScenario(const TextFile& file, const Catalog& catalog,
                                                   const PlayExtensions& extensions) {
  // The scenarios inside the binary go with the contracts there.
  const bool known_good = !file.json.empty() && catalog.has_all_opened();
  const auto document =
      known_good ? ReadDocument({file.path, std::string(file.json), true}) : ReadDocument(file);
  if (!document) return std::unexpected(document.error());
  ScenarioReader reader(catalog, extensions, known_good);
  Scenario scenario;
  scenario.name = StemOf(file.path);
  scenario.file = file.path;
  const Node root(*document);
  reader.Map(root, "a scenario", kScenarioKeys, scenario);
  const Node name = root["scenario"];
  if (!IsName(scenario.name) && (!name || name.IsText())) {
    reader.Wrong(name ? name : root,
                 "'" + scenario.name +
                     "' is no name; a name is made of a-z, 0-9, '.', '_' and '-', up to 64 of "
                     "them");
  }
  if (!reader.problems().empty()) return std::unexpected(InOrder(reader.problems()));
  scenario.text = file.text;
  return std::make_shared<const Scenario>(std::move(scenario));
}

Read<Match> ReadMatchOf(const TextFile& file, const Catalog& catalog) {
  const auto document = ReadDocument(file);
  if (!document) return std::unexpected(document.error());
  ScenarioReader reader(catalog);
  Match match;
  ReadMatch(reader, Node(*document), match);
  if (!reader.problems().empty()) return std::unexpected(InOrder(reader.problems()));
  return match;
}

}  // namespace mockduit
