// The client must not use paths, operations, parameters and fields that the vendor has deprecated.
#include <map>
#include <string>

#include "verify/checks/all.h"
#include "verify/phrases.h"
#include "verify/sent_fields.h"

namespace mockduit {
namespace {

// The deprecated path by which the operation was called, or "".
std::string DeprecatedPath(const Entry& entry) {
  const Operation& operation = *entry.operation;
  std::string_view path = entry.path;
  const bool takes_slash = operation.contract->TakesSlash(operation.path.text());
  if (takes_slash && path.ends_with('/')) path.remove_suffix(1);
  if (operation.path.Matches(path)) return "";
  for (const Alias& alias : operation.aliases) {
    if (!alias.path.Matches(path)) continue;
    return alias.deprecated ? alias.path.text() : "";
  }
  return "";
}

void EvaluateDeprecatedUsed(const History& history, Evaluation& evaluation) {
  std::map<std::string, History::Entries> used;
  for (const Entry& entry : history.entries()) {
    if (entry.operation == nullptr) continue;
    evaluation.Exercise();
    if (entry.operation->deprecated) used[entry.operation->name].push_back(&entry);
    if (const std::string path = DeprecatedPath(entry); !path.empty()) {
      used[entry.request().method + " " + path + ", now " + entry.operation->path.text() + ","]
          .push_back(&entry);
    }
  }
  const FieldSurvey& survey = SurveySentFields(history);
  for (const SentField& member : survey.members) {
    if (member.use == Schema::Use::kDeprecated) used[member.place] = member.entries;
  }
  for (auto& [what, entries] : used) {
    evaluation.Fail(what + " is deprecated; it was used " + Spell(entries.size(), "time"), entries);
  }
  if (!survey.cut.empty()) {
    evaluation.Doubt("some bodies were too long to be kept whole", survey.cut);
  }
}

}  // namespace

Check DeprecatedUsed() {
  return {"deprecated-used",
          "uses nothing that the vendor has deprecated",
          "what each contract marks as deprecated",
          {},
          &EvaluateDeprecatedUsed};
}

}  // namespace mockduit
