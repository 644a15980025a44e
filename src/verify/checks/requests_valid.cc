// Nothing must be sent that the contract refuses, also where the scenario answered before the
// vendor would have refused it.
#include <map>
#include <string>

#include "verify/checks/all.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

void EvaluateRequestsValid(const History& history, Evaluation& evaluation) {
  std::map<std::string, History::Entries> refused;  // by operation and violation
  std::uint64_t valid = 0;
  for (const Entry& entry : history.entries()) {
    if (entry.operation == nullptr) continue;
    if (entry.exchange->violation.empty()) {
      ++valid;
    } else {
      refused[entry.operation->name + " refuses it (" + entry.exchange->violation + ")"].push_back(
          &entry);
    }
  }
  evaluation.Exercise(valid);
  for (const auto& [what, entries] : refused) {
    evaluation.Exercise(entries.size());
    evaluation.Fail("refused",
                    RequestText(*entries.front()) + " was sent " + Spell(entries.size(), "time") +
                        ", but " + what,
                    entries);
  }
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
