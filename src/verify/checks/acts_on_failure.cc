// A success may carry a failure: a connection is made, but its setup tests failed. A client must
// not carry on as if all was well.
#include <algorithm>
#include <optional>
#include <string>

#include "base/json_places.h"
#include "base/text.h"
#include "verify/checks/all.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

bool Says(const Json& json, const CarriedFailure& failure) {
  bool says = false;
  VisitPlaces(json, failure.at, [&](const Json& value) {
    const bool named = std::ranges::find(failure.values, value.AsString()) != failure.values.end();
    says = says || (value.IsString() && named);
  });
  return says;
}

// The failure that a success carries; nullptr: none.
const CarriedFailure* CarriedBy(const Entry& entry) {
  if (entry.operation == nullptr || entry.reply != Reply::kSuccess) return nullptr;
  const auto& known = entry.operation->contract->carried_failures;
  if (known.empty()) return nullptr;
  const auto body = Json::Parse(entry.exchange->response.body);
  if (!body) return nullptr;
  const auto found = std::ranges::find_if(
      known, [&](const CarriedFailure& failure) { return Says(*body, failure); });
  return found != known.end() ? &*found : nullptr;
}

// The id of what the answer is about.
std::string IdIn(const Entry& entry) {
  const auto body = Json::Parse(entry.exchange->response.body);
  if (!body) return "";
  for (const char* path : {"data.id", "id"}) {
    const Json* id = body->AtPath(path);
    if (id != nullptr && id->IsString()) return std::string(id->AsString());
  }
  return "";
}

bool ConcernsId(const Entry& entry, const std::string& id) {
  return entry.path.contains("/" + id + "/") || entry.path.ends_with("/" + id);
}

void EvaluateSuccess(const History& history, const Entry& success, const CarriedFailure& failure,
                     Evaluation& evaluation) {
  const std::string id = IdIn(success);
  const std::string said = RequestText(success) + " was answered " + AnswerText(success) +
                           ", with a failure in " + failure.at;
  const auto& entries = history.entries();
  const auto next = std::find_if(
      entries.begin() + static_cast<std::ptrdiff_t>(success.index) + 1, entries.end(),
      [&](const Entry& entry) {
        const bool look = entry.request().method == "GET" || entry.request().method == "HEAD";
        const bool uses =
            entry.operation != nullptr &&
            std::ranges::find(failure.uses, entry.operation->id) != failure.uses.end();
        // A change that came to nothing mends nothing.
        const bool counts = uses || entry.reply == Reply::kSuccess;
        return !look && counts && entry.operation != nullptr && entry.caller == success.caller &&
               !id.empty() && ConcernsId(entry, id);
      });
  evaluation.Exercise(next == entries.end() ? "" : said + "; then came " + RequestText(*next));
  if (next == entries.end()) {
    return evaluation.Doubt("nothing-followed",
                            said +
                                "; nothing followed that shows whether its client saw it: let the "
                                "test go on to what it does next",
                            {&success});
  }
  if (std::ranges::find(failure.uses, next->operation->id) == failure.uses.end()) return;
  evaluation.Fail("carried-on", said + ", and its client carried on with " + RequestText(*next),
                  {&success, &*next});
}

void EvaluateActsOnFailure(const History& history, Evaluation& evaluation) {
  for (const Entry& entry : history.entries()) {
    if (entry.request().method == "GET") continue;
    if (const CarriedFailure* failure = CarriedBy(entry)) {
      EvaluateSuccess(history, entry, *failure, evaluation);
    }
  }
}

}  // namespace

Check ActsOnFailure() {
  return {"acts-on-failure",
          "does not take a success that carries a failure for one",
          "what each contract has in carried_failures",
          {},
          &EvaluateActsOnFailure};
}

}  // namespace mockduit
