// Nothing must be sent that the contract refuses, also where the scenario answered before the
// vendor would have refused it.
#include <array>
#include <map>
#include <string>

#include "verify/checks/all.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

// What is refused by one document alone is the client's fault only if it goes by that one, which
// nothing shows.
void EvaluateRefused(const History::Entries& entries, Evaluation& evaluation) {
  const Entry& first = *entries.front();
  const std::string& edition = first.exchange->edition;
  const std::string& allowed_by = first.exchange->allowed_by;
  const std::string refused = RequestText(first) + " was sent " + Spell(entries.size(), "time") +
                              ", but " + first.operation->name + " refuses it (" +
                              first.exchange->violation + ")";
  evaluation.Exercise(entries.size());
  if (allowed_by.empty()) {
    return evaluation.Fail("refused", refused + ": the client's fault", entries);
  }
  evaluation.Doubt("refused-by-one-edition",
                   refused + " in edition " + edition + ", and edition " + allowed_by +
                       " takes it: the documents contradict each other; pin the session to the "
                       "edition that the client goes by",
                   entries);
}

void EvaluateRequestsValid(const History& history, Evaluation& evaluation) {
  // By operation, violation, and the editions that refuse and take it.
  std::map<std::array<std::string, 4>, History::Entries> refused;
  std::uint64_t valid = 0;
  for (const Entry& entry : history.entries()) {
    const Exchange& exchange = *entry.exchange;
    if (entry.operation == nullptr) continue;
    if (exchange.violation.empty()) {
      ++valid;
      continue;
    }
    const std::string edition = exchange.allowed_by.empty() ? "" : exchange.edition;
    refused[{entry.operation->name, exchange.violation, edition, exchange.allowed_by}].push_back(
        &entry);
  }
  evaluation.Exercise(valid);
  for (const auto& [what, entries] : refused) EvaluateRefused(entries, evaluation);
}

}  // namespace

Check RequestsValid() {
  return {"requests-valid",
          "sends nothing that the contract refuses",
          "each contract's schemas, parameters and media types",
          {},
          &EvaluateRequestsValid};
}

}  // namespace mockduit
