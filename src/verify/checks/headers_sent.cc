// Requests must have the headers that the vendor asks for, and Content-Type where they have a body.
#include <map>
#include <string>

#include "base/text.h"
#include "verify/checks/all.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

using Faults = std::map<std::string, History::Entries>;  // the mistake → the requests

void Look(const Entry& entry, Faults& faults) {
  const Headers& headers = entry.request().headers;
  const bool has_body = entry.exchange->request_bytes > 0;
  if (has_body && !headers.Find("Content-Type")) {
    faults["with a body, but without Content-Type"].push_back(&entry);
  }
  for (const AskedHeader& asked : entry.operation->contract->asks_for) {
    if (asked.with_body && !has_body) continue;
    const auto sent = headers.Find(asked.name);
    if (!sent) {
      if (has_body && EqualsIgnoringCase(asked.name, "Content-Type")) continue;  // reported above
      faults["without " + asked.name + ", which should be " + asked.written + " (" +
             asked.source.Text() + ")"]
          .push_back(&entry);
    } else if (!asked.pattern.Matches(*sent)) {
      faults["with " + asked.name + ": " + std::string(*sent) + ", which should be " +
             asked.written + " (" + asked.source.Text() + ")"]
          .push_back(&entry);
    }
  }
}

void EvaluateHeadersSent(const History& history, Evaluation& evaluation) {
  Faults faults;
  for (const Entry& entry : history.entries()) {
    if (entry.operation == nullptr) continue;
    evaluation.Exercise();
    Look(entry, faults);
  }
  for (auto& [what, entries] : faults) {
    evaluation.Fail(Spell(entries.size(), "request") + " " + what + ", such as " +
                        RequestText(*entries.front()),
                    entries);
  }
}

}  // namespace

Check HeadersSent() {
  return {"headers-sent",
          "sends the headers that the vendor asks for",
          "RFC 9110, section 8.3, and what each contract has in asks_for",
          {},
          &EvaluateHeadersSent};
}

}  // namespace mockduit
