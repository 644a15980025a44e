// The client must not send fields and query parameters that the contract does not know: vendors
// refuse them, or ignore them while the client believes that they work.
#include "verify/checks/all.h"
#include "verify/phrases.h"
#include "verify/sent_fields.h"

namespace mockduit {
namespace {

void EvaluateUnknownFields(const History& history, Evaluation& evaluation) {
  const FieldSurvey& survey = SurveySentFields(history);
  evaluation.Exercise(survey.surveyed);
  for (const SentField& member : survey.members) {
    if (member.use != Schema::Use::kUnknown) continue;
    evaluation.Fail(
        member.place + " is in no contract; it was sent " + Spell(member.entries.size(), "time"),
        member.entries);
  }
  if (!survey.cut.empty()) {
    evaluation.Doubt("some bodies were too long to be kept whole", survey.cut);
  }
}

}  // namespace

Check UnknownFields() {
  return {"unknown-fields",
          "sends nothing that the contract does not know",
          "each contract's schemas and parameters",
          {},
          &EvaluateUnknownFields};
}

}  // namespace mockduit
