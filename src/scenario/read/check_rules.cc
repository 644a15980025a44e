// What only shows when rules are seen side by side, and beside the contracts: outcomes that no
// operation documents, plays and rules that are never reached.
#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <set>

#include "base/text.h"
#include "scenario/read/reader.h"

namespace mockduit {
namespace {

using Operations = ScenarioReader::Operations;  // by address

// "rule 2", or "the rule 'creates fail'" where it has a name of its own.
std::string Called(const Rule& rule, std::size_t index) {
  const std::string by_place = "rule " + std::to_string(index + 1);
  return rule.name == by_place ? by_place : "the rule '" + rule.name + "'";
}

Operations OperationsOf(const Match& match, const Catalog& catalog) {
  Operations met;
  for (const Vendor& vendor : catalog.vendors()) {
    for (const auto& contract : vendor.editions) {
      for (const auto& operation : contract->operations) {
        if (match.CanMeet(*operation)) met.push_back(operation.get());
      }
    }
  }
  std::ranges::sort(met);
  return met;
}

// The outcomes and variants that a play names must be documented for an operation that it can meet.
void CheckOutcome(ScenarioReader& reader, const Node& node, const std::string& rule,
                  const Play& play, const Operations& met) {
  const auto names = OutcomeNames();
  if (std::ranges::find(names, play.outcome) == names.end()) return;
  const auto documents = [&](const Operation* operation) {
    return operation->FindOutcome(play.outcome) != nullptr;
  };
  if (std::ranges::none_of(met, documents)) {
    return reader.Wrong(node["outcome"],
                        "no operation that " + rule + " can meet documents '" + play.outcome + "'");
  }
  if (play.variant.empty()) return;
  std::set<std::string> variants;
  for (const Operation* operation : met) {
    const Outcome* outcome = operation->FindOutcome(play.outcome);
    if (outcome == nullptr) continue;
    for (const Variant& variant : outcome->variants) variants.insert(variant.name);
  }
  reader.Word(node["variant"], "variant of " + play.outcome, {variants.begin(), variants.end()});
}

// True when some operation has that place in its request: a query parameter, or tokens of a pointer
// into the body. Adds the names that are there in its stead to `known`, where that is not nullptr.
bool IsAPlace(const Operations& met, Root root, std::string_view pointer,
              std::vector<std::string>* known = nullptr) {
  return std::ranges::any_of(met, [&](const Operation* operation) {
    const Shape* at = operation->success_names().Find(root);
    std::string passed;
    for (std::string_view rest = pointer; at != nullptr && !rest.empty();) {
      const std::string_view token = TakeUntil(rest, "/");
      const Shape* below = at->Find(token);
      if (below == nullptr && known != nullptr) {
        for (const std::string& name : at->MemberNames()) known->push_back(passed + name);
      }
      passed += std::string(token) + ".";
      at = below;
    }
    return at != nullptr;
  });
}

// "; did you mean …?". Not more often than mistakes are told, since it looks at all names there
// are.
std::string AdviceOnPlace(ScenarioReader& reader, const Operations& met, Root root,
                          std::string_view pointer, std::string_view name) {
  if (reader.problems().size() >= kMaxProblemsOfAFile) return "";
  std::vector<std::string> known;
  IsAPlace(met, root, pointer, &known);
  return DidYouMean(name, known);
}

// What a match asks of requests must be a part that some of them have.
void CheckPlaces(ScenarioReader& reader, const Node& node, const Match& match,
                 const Operations& met) {
  for (const Match::Part& part : match.query) {
    // "filter[a]" is a part of `filter`.
    const std::string name = part.name.substr(0, part.name.find('['));
    if (IsAPlace(met, Root::kRequestQuery, name)) continue;
    reader.WrongKey(node["query"][part.name],
                    "no operation of this match has the query parameter '" + part.name + "'" +
                        AdviceOnPlace(reader, met, Root::kRequestQuery, name, part.name));
  }
  for (const Match::Part& part : match.body) {
    if (part.pointer.empty() || part.pointer.find('~') != std::string::npos) continue;
    const std::string_view pointer = std::string_view(part.pointer).substr(1);
    if (IsAPlace(met, Root::kRequestBody, pointer)) continue;
    reader.WrongKey(node["body"][part.name],
                    "no operation of this match has '" + part.name + "' in its body" +
                        AdviceOnPlace(reader, met, Root::kRequestBody, pointer, part.name));
  }
}

void CheckOrder(ScenarioReader& reader, const Node& plays, const Rule& rule) {
  bool endless = false;
  for (std::size_t i = 0; i < rule.plays.size(); ++i) {
    if (endless) {
      reader.Wrong(plays.Item(i), "this play is never reached: the one before is played forever");
    }
    // What chance may pass over leaves room for what stands behind it.
    endless = rule.plays[i].times == Play::kForever && rule.plays[i].chance >= 1;
  }
}

bool IsSoundMatch(const Node& match, const Catalog& catalog) {
  ScenarioReader again(catalog);
  Match read;
  ReadMatch(again, match, read);
  return again.problems().empty();
}

// True when all that decides what a rule can meet was read well.
bool IsSound(const Node& rule, const Catalog& catalog) {
  if (!rule.json().IsObject()) return false;
  for (const JsonMember& member : *rule.json().IfObject()) {
    static constexpr std::array<std::string_view, 5> kKeys = {"name", "match", "when", "play",
                                                              "then"};
    // A key that is misspelt may have been meant to be any of them.
    if (std::ranges::find(kKeys, member.key) == kKeys.end()) return false;
  }
  const Node match = rule["match"];
  return !match || IsSoundMatch(match, catalog);
}

// True when every part of `wider` stands in `narrower` just so.
bool Among(const std::vector<Match::Part>& wider, const std::vector<Match::Part>& narrower) {
  return std::ranges::all_of(wider, [&](const Match::Part& part) {
    return std::ranges::any_of(narrower, [&](const Match::Part& other) {
      return other.name == part.name && other.matcher.source() == part.matcher.source();
    });
  });
}

// True when `wider` matches whatever `narrower` does. May miss a case, never claims a wrong one.
bool Covers(const Rule& wider, const Operations& widely, const Rule& narrower,
            const Operations& narrowly) {
  if (wider.when) {
    if (!narrower.when || narrower.when->after < wider.when->after) return false;
    if (wider.when->until &&
        (!narrower.when->until || *narrower.when->until > *wider.when->until)) {
      return false;
    }
  }
  const Match& match = wider.match;
  const Match& other = narrower.match;
  // Where an operation is a GET, a HEAD may come as well.
  const auto is_get = [](const Operation* operation) { return operation->method == "GET"; };
  if (!match.method.empty() && match.method != other.method &&
      std::ranges::any_of(narrowly, is_get)) {
    return false;
  }
  if (match.path && (!other.path || other.path->text() != match.path->text())) return false;
  return Among(match.query, other.query) && Among(match.headers, other.headers) &&
         Among(match.body, other.body) && std::ranges::includes(widely, narrowly);
}

}  // namespace

ScenarioReader::Operations OperationsMetBy(const Node& match, const Catalog& catalog) {
  Match read;
  ScenarioReader again(catalog);
  if (match) ReadMatch(again, match, read);
  if (read.operations.empty() || !again.problems().empty()) return {};
  return OperationsOf(read, catalog);
}

void CheckLimits(ScenarioReader& reader, const Node& limits_node,
                 const std::vector<Limit>& limits) {
  if (reader.known_good()) return;
  for (std::size_t i = 0; i < limits.size(); ++i) {
    const Node match = limits_node.Item(i)["match"];
    const bool listed = match && match.json().IsArray();
    Operations met;
    for (std::size_t k = 0; k < std::max<std::size_t>(limits[i].matches.size(), 1); ++k) {
      const Node one = listed ? match.Item(k) : match;
      if (one && !IsSoundMatch(one, reader.catalog())) continue;
      const Match counted = limits[i].matches.empty() ? Match() : limits[i].matches[k];
      const Operations fit = OperationsOf(counted, reader.catalog());
      if (fit.empty()) {
        reader.Wrong(one, "this limit never matches: no operation fits all of its keys");
        continue;
      }
      CheckPlaces(reader, one, counted, fit);
      Operations both;
      std::ranges::set_union(met, fit, std::back_inserter(both));
      met = std::move(both);
    }
    if (!limits[i].variant.empty() && !met.empty()) {
      const Play play{.outcome = "rate_limited", .variant = limits[i].variant};
      CheckOutcome(reader, limits_node.Item(i), "this limit", play, met);
    }
  }
}

void CheckRules(ScenarioReader& reader, const Node& rules_node, const std::vector<Rule>& rules) {
  if (rules.size() > kMaxRules || reader.known_good()) return;
  // What a rule can meet is known only where its match was read well.
  std::vector<Operations> met(rules.size());
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const Node node = rules_node.Item(i);
    CheckOrder(reader, node["play"], rules[i]);
    if (!IsSound(node, reader.catalog())) continue;
    met[i] = OperationsOf(rules[i].match, reader.catalog());
    if (met[i].empty()) {
      reader.Wrong(node["match"],
                   Called(rules[i], i) + " never matches: no operation fits all of its keys");
      continue;
    }
    CheckPlaces(reader, node["match"], rules[i].match, met[i]);
    for (std::size_t j = 0; j < rules[i].plays.size(); ++j) {
      CheckOutcome(reader, node["play"].Item(j), Called(rules[i], i), rules[i].plays[j], met[i]);
    }
    for (std::size_t j = 0; j < i; ++j) {
      if (met[j].empty() || !Covers(rules[j], met[j], rules[i], met[i])) continue;
      reader.Wrong(node, Called(rules[i], i) + " never matches: " + Called(rules[j], j) +
                             " stands before it and takes every request that it could");
      break;
    }
  }
}

}  // namespace mockduit
