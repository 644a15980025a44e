#include "scenario/reader.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/node.h"
#include "base/suggest.h"
#include "scenario/matcher.h"

namespace mockduit {
namespace {

std::string StemOf(std::string_view path) {
  path = path.substr(path.rfind('/') + 1);
  return std::string(path.substr(0, path.rfind('.')));
}

constexpr std::array<std::string_view, 5> kStatuses = {"PASSED", "SKIPPED", "WARNING", "FAILED",
                                                       "JOB_FAILED"};

class Reader {
 public:
  Reader(const YamlDocument& document, const Catalog& catalog)
      : document_(document), catalog_(catalog) {}

  std::vector<Problem> problems;
  Scenario scenario;

  void Run() {
    scenario.name = StemOf(document_.file);
    scenario.file = document_.file;
    ReadMap(Node(document_), "a scenario", kScenarioKeys, scenario);
    if (!IsName(scenario.name)) {
      Wrong(Node(document_)["scenario"],
            "'" + scenario.name +
                "' is no name; a name is made of a-z, 0-9, '.', '_' and '-', up to 64 of them");
    }
  }

 private:
  // A key of a map and what reads its value.
  template <class Into>
  struct Key {
    std::string_view name;
    void (Reader::*read)(const Node&, Into&);
  };

  void Wrong(const Node& node, std::string message) {
    problems.push_back(node.Wrong(std::move(message)));
  }

  template <class Into, std::size_t N>
  void ReadMap(const Node& node, std::string_view what, const Key<Into> (&keys)[N], Into& into) {
    const Json::Object* members = node ? node.json().IfObject() : nullptr;
    if (members == nullptr) return Wrong(node, std::string(what) + " must be a map");
    for (const JsonMember& member : *members) {
      const auto known = std::ranges::find(keys, std::string_view(member.key), &Key<Into>::name);
      if (known != std::end(keys)) {
        (this->*known->read)(node[member.key], into);
        continue;
      }
      std::vector<std::string> names;
      for (const Key<Into>& key : keys) names.emplace_back(key.name);
      problems.push_back(node[member.key].WrongKey("'" + member.key + "' is no key of " +
                                                   std::string(what) +
                                                   DidYouMean(member.key, names)));
    }
  }

  std::string Text(const Node& node, std::string_view what) {
    if (!node.IsText()) Wrong(node, std::string(what) + " must be text");
    return node.Text();
  }

  // A word out of a list, or a problem that names the nearest.
  std::string Word(const Node& node, std::string_view what, const std::vector<std::string>& known) {
    std::string word = Text(node, what);
    if (node.IsText() && std::ranges::find(known, word) == known.end()) {
      Wrong(node, "'" + word + "' is no " + std::string(what) + DidYouMean(word, known));
    }
    return word;
  }

  void ReadName(const Node& node, Scenario& into) { into.name = Text(node, "scenario"); }
  void ReadDescription(const Node& node, Scenario& into) {
    into.description = Text(node, "description");
  }
  void ReadRules(const Node& node, Scenario& into) {
    const Json::Array* rules = node.json().IfArray();
    if (rules == nullptr) return Wrong(node, "rules must be a list");
    for (std::size_t i = 0; i < rules->size(); ++i) {
      Rule rule;
      rule.name = "rule " + std::to_string(i + 1);
      ReadMap(node.Item(i), "a rule", kRuleKeys, rule);
      CheckPlays(node.Item(i), rule);
      into.rules.push_back(std::move(rule));
    }
  }

  void ReadRuleName(const Node& node, Rule& rule) { rule.name = Text(node, "name"); }
  void ReadMatch(const Node& node, Rule& rule) { ReadMap(node, "match", kMatchKeys, rule.match); }
  void ReadPlays(const Node& node, Rule& rule) {
    const Json::Array* plays = node.json().IfArray();
    if (plays == nullptr) return Wrong(node, "play must be a list");
    for (std::size_t i = 0; i < plays->size(); ++i) {
      Play play;
      const std::size_t before = problems.size();
      ReadMap(node.Item(i), "a play", kPlayKeys, play);
      if (play.outcome.empty() && play.status == 0 && problems.size() == before) {
        Wrong(node.Item(i), "a play needs an 'outcome' or a 'status'");
      }
      rule.plays.push_back(std::move(play));
    }
  }
  void ReadThen(const Node& node, Rule& rule) {
    const std::string word = Word(node, "then", {"pass", "repeat", "hold"});
    rule.then = word == "repeat" ? Rule::Then::kRepeat
                : word == "hold" ? Rule::Then::kHold
                                 : Rule::Then::kPass;
  }

  void ReadOperations(const Node& node, Match& match) {
    const auto take = [&](const Node& glob) {
      const std::string text = Text(glob, "operation");
      const auto known = catalog_.OperationNames();
      const auto fits = [&](const std::string& name) { return GlobMatches(text, name); };
      if (glob.IsText() && std::ranges::none_of(known, fits)) {
        Wrong(glob, "no operation is called '" + text + "'" + DidYouMean(text, known));
      }
      match.operations.push_back(text);
    };
    const Json::Array* globs = node.json().IfArray();
    if (globs == nullptr) return take(node);
    for (std::size_t i = 0; i < globs->size(); ++i) take(node.Item(i));
  }
  void ReadVendor(const Node& node, Match& match) {
    match.vendor = Word(node, "vendor", catalog_.VendorNames());
  }
  void ReadMethod(const Node& node, Match& match) {
    match.method =
        Word(node, "method", {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"});
  }
  void ReadPath(const Node& node, Match& match) {
    const std::string path = Text(node, "path");
    if (node.IsText() && !path.starts_with('/')) Wrong(node, "a path begins with '/'");
    match.path = UriTemplate(path);
  }

  void ReadOutcome(const Node& node, Play& play) {
    play.outcome = Word(node, "outcome", OutcomeNames());
  }
  void ReadVariant(const Node& node, Play& play) { play.variant = Text(node, "variant"); }
  void ReadStatus(const Node& node, Play& play) {
    play.status = static_cast<int>(node.json().AsInteger());
    if (!node.json().IsInteger() || play.status < 200 || play.status > 599) {
      Wrong(node, "status must be a number from 200 to 599");
    }
  }
  void ReadHeaders(const Node& node, Play& play) {
    const Json::Object* headers = node.json().IfObject();
    if (headers == nullptr) return Wrong(node, "headers must be a map");
    for (const JsonMember& header : *headers) {
      const Node value = node[header.key];
      if (header.value.IsNull()) {
        play.headers.emplace_back(header.key, std::nullopt);
        continue;
      }
      auto text = Template::Compile(value.IsText() ? value.Text() : header.value.Dump());
      if (!text) {
        Wrong(value, text.error().message);
      } else if (!IsHeader(header.key, value.Text())) {
        Wrong(value, "'" + header.key + "' cannot be sent as a header");
      } else {
        play.headers.emplace_back(header.key, std::move(*text));
      }
    }
  }
  static bool IsHeader(const std::string& name, const std::string& value) {
    const auto printable = [](char c) { return c > ' ' && c < 0x7f && c != ':'; };
    return !name.empty() && std::ranges::all_of(name, printable) &&
           value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos;
  }
  void ReadBody(const Node& node, Play& play) { play.body = Compile(node); }
  void ReadPatch(const Node& node, Play& play) {
    if (!node.json().IsObject()) Wrong(node, "patch must be a map");
    play.patch = Compile(node);
  }
  std::optional<JsonTemplate> Compile(const Node& node) {
    auto compiled = JsonTemplate::Compile(node.json());
    if (compiled) return std::move(*compiled);
    Wrong(node, compiled.error().message);
    return std::nullopt;
  }
  void ReadRetryAfter(const Node& node, Play& play) {
    const auto wait = ParseDuration(node.IsText() ? node.Text() : node.json().Dump());
    if (wait) {
      play.retry_after = *wait;
    } else {
      Wrong(node, wait.error().message);
    }
  }
  void ReadTimes(const Node& node, Play& play) {
    if (node.Text() == "forever") {
      play.times = Play::kForever;
    } else if (node.json().IsInteger() && node.json().AsInteger() >= 1) {
      play.times = static_cast<std::uint64_t>(node.json().AsInteger());
    } else {
      Wrong(node, "times must be a number from 1 on, or 'forever'");
    }
  }
  void ReadSetupTests(const Node& node, Play& play) {
    const Json::Object* tests = node.json().IfObject();
    if (tests == nullptr) return Wrong(node, "setup_tests must be a map of titles to statuses");
    for (const JsonMember& test : *tests) {
      const Node status = test.value.IsObject() ? node[test.key]["status"] : node[test.key];
      if (!status) {
        Wrong(node[test.key], "a scripted setup test needs a 'status'");
        continue;
      }
      Word(status, "setup test status", {kStatuses.begin(), kStatuses.end()});
    }
    play.setup_tests = node.json();
  }

  // The outcomes and variants that the rule's plays name must be documented for an operation that
  // the rule can meet; no play may stand behind one that never ends.
  void CheckPlays(const Node& node, const Rule& rule) {
    const std::vector<const Operation*> met = OperationsOf(rule.match);
    for (std::size_t i = 0; i < rule.plays.size(); ++i) {
      const Play& play = rule.plays[i];
      const Node place = node["play"].Item(i);
      if (play.times == Play::kForever && i + 1 < rule.plays.size()) {
        Wrong(node["play"].Item(i + 1),
              "this play is never reached: the one before is played forever");
      }
      const auto names = OutcomeNames();
      if (std::ranges::find(names, play.outcome) == names.end()) continue;
      CheckOutcome(place, rule, play, met);
    }
  }

  void CheckOutcome(const Node& place, const Rule& rule, const Play& play,
                    const std::vector<const Operation*>& met) {
    std::set<std::string> variants;
    bool documented = false;
    for (const Operation* operation : met) {
      const Outcome* outcome = operation->FindOutcome(play.outcome);
      if (outcome == nullptr) continue;
      documented = true;
      for (const Variant& variant : outcome->variants) variants.insert(variant.name);
    }
    if (!documented && !met.empty()) {
      return Wrong(place["outcome"],
                   "no operation that " + rule.name + " can meet documents '" + play.outcome + "'");
    }
    if (play.variant.empty() || variants.contains(play.variant)) return;
    Wrong(place["variant"], "'" + play.variant + "' is no variant of " + play.outcome +
                                DidYouMean(play.variant, {variants.begin(), variants.end()}));
  }

  std::vector<const Operation*> OperationsOf(const Match& match) const {
    std::vector<const Operation*> met;
    for (const Vendor& vendor : catalog_.vendors()) {
      for (const auto& contract : vendor.editions) {
        for (const auto& operation : contract->operations) {
          Request request;
          request.method = operation->method;
          Match without_path = match;
          without_path.path.reset();
          if (without_path.Matches({operation.get(), &request, ""})) met.push_back(operation.get());
        }
      }
    }
    return met;
  }

  static constexpr Key<Scenario> kScenarioKeys[] = {
      {"scenario", &Reader::ReadName},
      {"description", &Reader::ReadDescription},
      {"rules", &Reader::ReadRules},
  };
  static constexpr Key<Rule> kRuleKeys[] = {
      {"name", &Reader::ReadRuleName},
      {"match", &Reader::ReadMatch},
      {"play", &Reader::ReadPlays},
      {"then", &Reader::ReadThen},
  };
  static constexpr Key<Match> kMatchKeys[] = {
      {"operation", &Reader::ReadOperations},
      {"vendor", &Reader::ReadVendor},
      {"method", &Reader::ReadMethod},
      {"path", &Reader::ReadPath},
  };
  static constexpr Key<Play> kPlayKeys[] = {
      {"outcome", &Reader::ReadOutcome},
      {"variant", &Reader::ReadVariant},
      {"status", &Reader::ReadStatus},
      {"headers", &Reader::ReadHeaders},
      {"body", &Reader::ReadBody},
      {"patch", &Reader::ReadPatch},
      {"retry_after", &Reader::ReadRetryAfter},
      {"times", &Reader::ReadTimes},
      {"setup_tests", &Reader::ReadSetupTests},
  };

  const YamlDocument& document_;
  const Catalog& catalog_;
};

}  // namespace

Read<std::shared_ptr<const Scenario>> ReadScenario(const TextFile& file, const Catalog& catalog) {
  const auto document = ReadYaml(file.path, file.text);
  if (!document) return std::unexpected(document.error());
  Reader reader(*document, catalog);
  reader.Run();
  if (!reader.problems.empty()) return std::unexpected(std::move(reader.problems));
  reader.scenario.text = file.text;
  return std::make_shared<const Scenario>(std::move(reader.scenario));
}

}  // namespace mockduit
