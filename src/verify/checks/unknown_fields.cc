// Fields and query parameters that no contract knows: vendors refuse them, or ignore them, and then
// the client believes that they do something.
#include "verify/checks/all.h"
#include "verify/members.h"
#include "verify/words.h"

namespace mockduit {
namespace {

void Judge(const History& history, Judgement& judgement) {
  const MemberSurvey& survey = SurveyMembers(history);
  judgement.Exercise(survey.surveyed);
  for (const SentMember& member : survey.members) {
    if (member.use != Schema::Use::kUnknown) continue;
    judgement.Fail(
        member.place + " is in no contract; it was sent " + Spell(member.entries.size(), "time"),
        member.entries);
  }
  if (!survey.cut.empty()) {
    judgement.Doubt("some bodies were too long to be kept whole", survey.cut);
  }
}

}  // namespace

Check UnknownFields() {
  return {"unknown-fields",
          "sends nothing that the contract does not know",
          "each contract's schemas and parameters",
          {},
          &Judge};
}

}  // namespace mockduit
