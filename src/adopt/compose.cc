#include "adopt/compose.h"

#include <algorithm>
#include <utility>

#include "adopt/attempt.h"
#include "adopt/compose_advice.h"
#include "adopt/composer.h"
#include "base/text.h"
#include "contract/schema.h"

namespace mockduit {
namespace {

// How many schemas may be asked of one value. Where it stands in a document, that is a moment; a
// request is worth more of them.
constexpr std::size_t kEffort = 500'000;
constexpr int kMaxRounds = 12;
constexpr int kLate = 9;  // the round from which on what is wrong is left out

bool IsOfEffort(const Violation& violation) { return violation.keyword == "effort"; }

std::string InWords(const Violation& violation) {
  if (IsOfEffort(violation)) return "holding a value against it takes too long";
  return Join(violation.path, ".") + " breaks " + violation.keyword +
         (violation.limit.empty() ? "" : " " + violation.limit);
}

// Tries until a value is good; where none is, the first one that was made.
Composed ComposeNew(const Json& schema, WholeDocument& document, const std::string& name) {
  const auto compiled = document.parts.compiler.Compile(schema);
  Advice advice;
  Composed first;
  for (int round = 0; round < kMaxRounds; ++round) {
    Attempt attempt(document, advice);
    auto value = ValueOf(schema, name, attempt, document);
    if (!value) {
      if (round == 0) first.objection = attempt.WhyNone();
      return first;
    }
    const auto violations = compiled->Validate(*value, "body", Side::kAnswer, kEffort);
    Composed composed{*std::move(value), attempt.fill(),
                      violations.empty() ? "" : InWords(violations.front())};
    if (violations.empty()) return composed;
    if (round == 0) first = std::move(composed);
    // A value that takes too long to look at tells nothing, and the next one would take as long.
    const auto effort = std::ranges::find_if(violations, IsOfEffort);
    if (effort != violations.end()) {
      first.objection = InWords(*effort);
      return first;
    }
    if (!Learn(violations, attempt.from_examples(), round >= kLate, advice)) return first;
  }
  return first;
}

}  // namespace

Composed Compose(const Json& schema, WholeDocument& document, const std::string& name) {
  const Json& place = document.PlaceOf(schema);
  if (const Composed* known = document.FindComposed(place, name)) return *known;
  Composed composed = ComposeNew(schema, document, name);
  document.Keep(place, name, composed);
  return composed;
}

std::string ObjectionTo(const Json& value, const Json& schema, WholeDocument& document,
                        std::string_view place, Side side) {
  const auto violations =
      document.parts.compiler.Compile(schema)->Validate(value, place, side, kEffort);
  return violations.empty() ? "" : InWords(violations.front());
}

}  // namespace mockduit
