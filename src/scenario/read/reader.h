// ScenarioReader: what every part of the reader of scenarios needs: the catalog, the extensions of
// vendors, the problems found so far, and the ways to read a map by a table of its keys, a text, a
// word out of a list.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/node.h"
#include "base/suggest.h"
#include "base/time.h"
#include "contract/catalog.h"
#include "contract/language/names.h"
#include "scenario/play_extension.h"
#include "scenario/scenario.h"

namespace mockduit {

class ScenarioReader {
 public:
  // Of what is `known_good`, nothing is held against the operations, which it would read.
  explicit ScenarioReader(const Catalog& catalog, const PlayExtensions& extensions = {},
                          bool known_good = false)
      : catalog_(catalog), extensions_(extensions), known_good_(known_good) {}

  bool known_good() const { return known_good_; }
  const Catalog& catalog() const { return catalog_; }
  const PlayExtensions& extensions() const { return extensions_; }
  std::vector<Problem>& problems() { return problems_; }

  // The operations that the rule which is read names in its match; none where it names none.
  using Operations = std::vector<const Operation*>;
  const Operations& met() const { return met_; }
  void SetMet(Operations met) {
    met_ = std::move(met);
    names_ = {};
  }
  // What the templates know of all its plays that go on, or that do not.
  const Names& NamesOfPlays(bool go_on);

  void Wrong(const Node& node, std::string message) {
    problems_.push_back(node.Wrong(std::move(message)));
  }
  // The same, at the key where the node is a member.
  void WrongKey(const Node& node, std::string message) {
    problems_.push_back(node.WrongKey(std::move(message)));
  }

  // Mistakes in the templates of a value, each at its own place; those that are only counted in the
  // end at the value.
  void WrongTemplates(const Node& node, const std::vector<TemplateMistake>& mistakes) {
    for (std::size_t i = 0; i < mistakes.size(); ++i) {
      const TemplateMistake& mistake = mistakes[i];
      problems_.push_back(
          i < kMaxProblemsOfAFile
              ? node.WrongBelow(mistake.pointer, mistake.at_key, mistake.offset, mistake.message)
              : node.Wrong(mistake.message + " (" + std::to_string(i) + ")"));
    }
  }

  // A key of a map and what reads its value.
  template <class Into>
  struct Key {
    std::string_view name;
    void (*read)(ScenarioReader&, const Node&, Into&);
  };

  // Reads each member by its key's function. `what` is how messages name the map: "a rule". A key
  // of `others` is left to the caller.
  template <class Into, std::size_t N>
  void Map(const Node& node, std::string_view what, const Key<Into> (&keys)[N], Into& into,
           const std::vector<std::string>& others = {}) {
    if (!node || !node.json().IsObject()) return Wrong(node, std::string(what) + " must be a map");
    std::vector<std::string> names = others;
    for (const Key<Into>& key : keys) names.emplace_back(key.name);
    for (const JsonMember& member : *node.json().IfObject()) {
      const auto known = std::ranges::find(keys, std::string_view(member.key), &Key<Into>::name);
      if (known != std::end(keys)) {
        known->read(*this, node.Below(member.value), into);
      } else if (std::ranges::find(others, member.key) == others.end()) {
        UnknownKey(node.Below(member.value), member.key, what, names);
      }
    }
  }
  void UnknownKey(const Node& node, const std::string& key, std::string_view what,
                  const std::vector<std::string>& known) {
    WrongKey(node, "'" + key + "' is no key of " + std::string(what) + DidYouMean(key, known));
  }

  // Calls `read` with each item; `what` is how messages name the list: "rules".
  template <class ReadItem>
  void List(const Node& node, std::string_view what, ReadItem read) {
    const Json::Array* items = node.json().IfArray();
    if (items == nullptr) return Wrong(node, std::string(what) + " must be a list");
    for (std::size_t i = 0; i < items->size(); ++i) read(node.Item(i));
  }

  std::string Text(const Node& node, std::string_view what) {
    if (!node.IsText()) Wrong(node, std::string(what) + " must be text");
    return node.Text();
  }
  // A word out of a list, or a problem that names the nearest, or all of a few.
  std::string Word(const Node& node, std::string_view what, const std::vector<std::string>& known) {
    constexpr std::size_t kFew = 8;
    std::string word = Text(node, what);
    if (!node.IsText() || std::ranges::find(known, word) != known.end()) return word;
    std::string advice = DidYouMean(word, known);
    if (advice.empty() && known.size() <= kFew) advice = "; it is " + OrList(known);
    Wrong(node, "'" + word + "' is no " + std::string(what) + advice);
    return word;
  }
  // A duration from 0 to `maximum`.
  std::optional<Duration> Wait(const Node& node, std::string_view what, Duration maximum) {
    const auto wait = ParseDuration(node.IsText() ? node.Text() : node.json().Dump());
    if (!wait) {
      Wrong(node, wait.error().message);
      return std::nullopt;
    }
    if (*wait > maximum) {
      Wrong(node, std::string(what) + " is at most " + FormatDuration(maximum));
      return std::nullopt;
    }
    return *wait;
  }

 private:
  const Catalog& catalog_;
  PlayExtensions extensions_;
  const bool known_good_;
  Operations met_;
  std::array<std::optional<Names>, 2> names_;  // made when they are first asked for
  std::vector<Problem> problems_;
};

// The parts of a scenario. Each reads what it can and reports the rest.
void ReadMatch(ScenarioReader& reader, const Node& node, Match& match);
void ReadPlay(ScenarioReader& reader, const Node& node, Play& play);
void ReadFault(ScenarioReader& reader, const Node& node, Play& play);
// The operations that a match can meet; none where it names none, or is not read well.
ScenarioReader::Operations OperationsMetBy(const Node& match, const Catalog& catalog);
// What only shows when rules are seen side by side, and beside the contracts.
void CheckRules(ScenarioReader& reader, const Node& rules_node, const std::vector<Rule>& rules);
void CheckLimits(ScenarioReader& reader, const Node& limits_node, const std::vector<Limit>& limits);

// Of a scenario. A request is held against each, and each against those before it.
inline constexpr std::size_t kMaxRules = 1'000;
// Longer waits are mistakes.
inline constexpr Duration kMaxWait = std::chrono::days(366);

}  // namespace mockduit
