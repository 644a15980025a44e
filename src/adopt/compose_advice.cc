#include "adopt/compose_advice.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "base/text.h"

namespace mockduit {
namespace {

std::string PointerTo(const Violation& violation) {
  std::string pointer;
  for (std::size_t i = 1; i < violation.path.size(); ++i) {
    pointer += "/" + PointerToken(violation.path[i]);
  }
  return pointer;
}

bool IsOneOf(std::string_view keyword, std::initializer_list<std::string_view> keywords) {
  return std::ranges::find(keywords, keyword) != keywords.end();
}

}  // namespace

std::size_t Advice::ChoiceAt(const std::string& pointer) const {
  const auto known = choices.find(pointer);
  return known != choices.end() ? known->second : 0;
}

std::size_t Advice::TriedAbove(const std::string& pointer) const {
  std::size_t most = 0;
  for (const auto& [at, tried] : choices) {
    const bool is_above =
        pointer.starts_with(at) && (pointer.size() == at.size() || pointer[at.size()] == '/');
    if (is_above) most = std::max(most, tried);
  }
  return most;
}

bool Learn(const std::vector<Violation>& violations, const std::set<std::string>& from_examples,
           bool is_late, Advice& advice) {
  bool learned = false;
  std::set<std::string> others;  // of these, another choice was taken
  for (const Violation& violation : violations) {
    const std::string pointer = PointerTo(violation);
    // What is wrong may be the example of something above.
    for (std::string at = pointer;; at.resize(at.rfind('/'))) {
      if (from_examples.contains(at)) learned |= advice.no_example.insert(at).second;
      if (at.empty()) break;
    }
    if (IsOneOf(violation.keyword, {"oneOf", "anyOf", "not"})) {
      if (others.insert(pointer).second) ++advice.choices[pointer];
      learned = true;
    }
    if (violation.keyword == "required") {
      auto& members = advice.needed[pointer.substr(0, pointer.rfind('/'))];
      learned |= members.insert(violation.path.back()).second;
    }
    if (IsOneOf(violation.keyword, {"additionalProperties", "unevaluatedProperties"})) {
      learned |= advice.left_out.insert(pointer).second;
    }
  }
  for (const Violation& violation : violations) {
    if (learned && !is_late) break;
    const std::string pointer = PointerTo(violation);
    learned |= !pointer.empty() && advice.left_out.insert(pointer).second;
  }
  return learned;
}

}  // namespace mockduit
