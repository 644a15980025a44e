#include "engine/play.h"

#include "base/text.h"
#include "engine/conditions.h"
#include "engine/prefer.h"
#include "engine/problems.h"

namespace mockduit {
namespace {

// What the templates of a success know where it did not happen: what its example shows, enveloped
// or bare.
Facts FactsOfExample(const Variant& variant) {
  const Json& data = variant.body->example.Get("data");
  return {.result = data.IsObject() ? data : variant.body->example};
}

}  // namespace

std::optional<Answer> ReadPreference(Call& call) {
  const auto headers = call.request().headers.All("Prefer");
  if (headers.empty()) return std::nullopt;
  const auto preference = ReadPrefer(Join(headers, ","));
  if (!preference) return BadPreference(preference.error().message);
  if (!*preference) return std::nullopt;
  const Outcome* outcome = call.operation().FindStatus((*preference)->code);
  if (outcome == nullptr) return UndocumentedCode(call.operation(), (*preference)->code);
  if (outcome->FindVariant((*preference)->example) == nullptr) {
    return UndocumentedExample(*outcome, (*preference)->example);
  }
  Decision& decision = call.decision;
  decision.preferred_outcome = outcome;
  decision.preferred = std::make_shared<const Play>(
      Play{.outcome = outcome->name, .variant = (*preference)->example});
  decision.play = decision.preferred.get();
  return std::nullopt;
}

std::optional<Answer> TakePlay(Call& call) {
  if (call.decision.play != nullptr || call.visit.scenario->rules.empty()) return std::nullopt;
  const auto session = call.visit.session->Enter();
  if (call.visit.IsOvertaken(*session)) return Overtaken();
  const Taken taken = session->ScriptOf(call.visit.scenario).Take(call.Input(), session->Now());
  call.decision = {taken.rule, taken.play, taken.attempt, taken.delay, taken.ends_in};
  return std::nullopt;
}

Answer AnswerPlay(const Call& call, const Play& play, Facts unseen) {
  if (play.outcome.empty()) return PlayedAnswer{play, std::move(unseen)};
  // Of several answers with one name, a request may prefer any by its status.
  const Outcome* preferred = call.decision.preferred_outcome;
  const Outcome* outcome =
      preferred != nullptr ? preferred : FindOutcome(call.operation(), play.outcome);
  if (outcome == nullptr) return UndocumentedPlay(call.operation(), play);
  const OutcomeChoice choice(*outcome, play.variant);
  if (outcome->name != "success") {
    return DocumentedAnswer{choice, DocumentedAnswer::Form::kScripted, std::move(unseen)};
  }
  // A success that did not happen can only be the documented example.
  return DocumentedAnswer{choice, DocumentedAnswer::Form::kExample,
                          FactsOfExample(choice.variant())};
}

}  // namespace mockduit
