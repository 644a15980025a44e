#include "contract/read/operation_block.h"

#include <algorithm>

#include "base/suggest.h"
#include "contract/read/call.h"
#include "contract/read/outcome_refs.h"
#include "contract/read/parts.h"
#include "contract/read/status.h"

namespace mockduit {
namespace {

bool IsOutcome(const std::string& name) {
  const std::vector<std::string> names = OutcomeNames();
  return std::ranges::find(names, name) != names.end();
}

void FillSource(Source& source, const std::string& operation, int status) {
  if (!source.is_pattern) return;
  source = {SourceOf(source.text, operation, std::to_string(status)), source.inferred};
}

// Behaviours in C++ may add names: any name to a failure, and any name to a success of an
// operation without an effect that says what it is about.
void KnowBehaviour(const OperationDetails& details, EffectNames& of_answers) {
  if (details.behaviour.empty()) return;
  of_answers.failure.Know(Root::kResult, Shape());
  if (details.effect) return;
  for (Names* answer : {&of_answers.success, &of_answers.failure}) {
    for (const Root root : {Root::kResult, Root::kFound, Root::kMade}) {
      answer->Know(root, Shape());
    }
  }
}

class BlockReader {
 public:
  BlockReader(ContractReading& reading, AnswerReader& answers, const OperationTrust& trust)
      : reading_(reading), answers_(answers), trust_(trust) {}

  void Read(const Node& node, Operation& operation, Names& names) {
    const Node block = node["x-mockduit"];
    if (block) reading_.Check(block, blocks::kOperation);
    OperationDetails& details = operation.details.Edit();
    details.behaviour = block["behaviour"].Text();
    details.opened_by_users = block["opened_by_users"].Flag();
    if (!details.behaviour.empty() && !trust_.is_known_good) {
      details.at_behaviour = block["behaviour"].Wrong("");
    }
    const bool is_known =
        details.behaviour.empty() || trust_.behaviours == nullptr ||
        std::ranges::find(*trust_.behaviours, details.behaviour) != trust_.behaviours->end();
    if (trust_.is_adopted && !details.behaviour.empty()) {
      details.behaviour.clear();
      reading_.WrongKey(block["behaviour"],
                        "behaviours are code that knows its own vendor's contracts; "
                        "an overlay has 'effect'");
    } else if (!is_known) {
      reading_.Wrong(block["behaviour"], "there is no behaviour '" + details.behaviour + "'" +
                                             DidYouMean(details.behaviour, *trust_.behaviours));
    }
    EffectNames of_answers{names, names};
    reading_.references.clear();
    if (const Node effect = block["effect"]) {
      details.effect = ReadEffect(reading_, effect, operation.path, names, of_answers);
    }
    KnowBehaviour(details, of_answers);
    for (Names* answer : {&of_answers.success, &of_answers.failure}) {
      CallReader::KnowAnswers(*answer);
      answer->SetPlace("in " + operation.name);
    }
    details.success_names = std::make_shared<const Names>(std::move(of_answers.success));
    details.failure_names = std::make_shared<const Names>(std::move(of_answers.failure));
    ReadResponses(node, operation);
    ReadConditions(reading_, block["conditions"], details.conditions);
    if (!trust_.is_known_good) {
      CheckConditions(reading_, block["conditions"], details.conditions, &operation);
    }
    if (const Node ways = block["credentials"]) {
      details.credentials = ReadCredentialWays(reading_, ways);
    }
    details.wording = reading_.contract->wording;
    ReadWording(reading_, block["wording"], details.wording);
  }

 private:
  void ReadResponses(const Node& node, Operation& operation) {
    bool has_success = false;
    bool all_are_read = true;
    std::size_t passed_over = 0;
    reading_.EachMember(node["responses"], [&](const std::string& key, const Node& response) {
      const int status = StatusOfAnswer(reading_, node["responses"], key, response);
      all_are_read = all_are_read && status != 0;
      if (status == kPassedOver) ++passed_over;
      if (status <= 0) return;
      const Outcome& outcome = answers_.Read(response, status);
      all_are_read = all_are_read && IsOutcome(outcome.name);
      const bool success = outcome.name == "success";
      has_success = has_success || success;
      answers_.Use(response, status,
                   success ? operation.success_names() : operation.failure_names(), operation.name);
      Outcome& own = operation.details.Edit().outcomes.emplace_back(outcome);
      FillSource(own.source, operation.id, status);
      for (Variant& variant : own.variants) FillSource(variant.source, operation.id, status);
    });
    // What cannot be read may be what is missing.
    const Json::Object* listed = node["responses"] ? node["responses"].json().IfObject() : nullptr;
    if (listed == nullptr || listed->empty()) return reading_.Missing(node, "responses");
    if (!all_are_read || listed->size() > operation.outcomes().size() + passed_over) return;
    if (!has_success) reading_.Wrong(node["responses"], operation.name + " documents no success");
    for (const ContractReading::Reference& reference : reading_.references) {
      CheckReference(reading_, reference.node, reference.ref, operation, "effect");
    }
  }

  ContractReading& reading_;
  AnswerReader& answers_;
  const OperationTrust& trust_;
};

}  // namespace

void ReadOperationBlock(ContractReading& reading, AnswerReader& answers,
                        const OperationTrust& trust, const Node& node, Operation& operation,
                        Names& names) {
  BlockReader(reading, answers, trust).Read(node, operation, names);
}

}  // namespace mockduit
