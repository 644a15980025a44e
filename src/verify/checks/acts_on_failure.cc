// A success may carry a failure: a connection is made, but its setup tests failed. A client must
// not carry on as if all was well.
#include <algorithm>
#include <optional>
#include <string>

#include "base/json_places.h"
#include "base/text.h"
#include "verify/checks/all.h"
#include "verify/entry_index.h"
#include "verify/hash.h"
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

// Whether an answer shows a place where failures stand, and none there.
bool ShowsNone(const Entry& entry) {
  const auto body = Json::Parse(entry.exchange->response.body);
  if (!body || CarriedBy(entry) != nullptr) return false;
  bool shows = false;
  for (const CarriedFailure& failure : entry.operation->contract->carried_failures) {
    VisitPlaces(*body, failure.at, [&](const Json&) { shows = true; });
  }
  return shows;
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

// A change that does no more than set going what failed, such as one that ends a pause.
bool Starts(const Entry& entry, const CarriedFailure& failure) {
  if (!failure.starts.IsObject() || entry.request().method == "GET") return false;
  return Json::Parse(entry.request().body) == failure.starts;
}

bool IsUse(const Entry& entry, const CarriedFailure& failure) {
  return std::ranges::find(failure.uses, entry.operation->id) != failure.uses.end() ||
         Starts(entry, failure);
}

bool IsUseAfterAny(const Entry& entry) {
  return std::ranges::any_of(entry.operation->contract->carried_failures,
                             [&](const CarriedFailure& failure) { return IsUse(entry, failure); });
}

bool IsLook(const Entry& entry) { return entry.request().method == "GET"; }

// What callers did to things and saw of them, by the ids in the paths.
class Deeds {
 public:
  explicit Deeds(const History& history) {
    for (const Entry& entry : history.entries()) {
      if (entry.operation == nullptr || entry.request().method == "HEAD") continue;
      // A change that came to nothing mends nothing.
      if (entry.reply == Reply::kSuccess || IsUseAfterAny(entry)) Add(entry);
    }
  }

  // The first that shows how the caller took the failure; nullptr: none does.
  const Entry* NextTo(const std::string& id, const Entry& success,
                      const CarriedFailure& failure) const {
    if (id.empty()) return nullptr;
    const auto later = by_id_.After(KeyOf(success, id), success);
    const auto next = std::ranges::find_if(later, [&](const Entry* entry) {
      if (IsLook(*entry)) return ShowsNone(*entry);
      return entry->reply == Reply::kSuccess || IsUse(*entry, failure);
    });
    return next != later.end() ? *next : nullptr;
  }

 private:
  static std::uint64_t KeyOf(const Entry& entry, std::string_view id) {
    return Hash().Add(entry.caller).Add(id).value();
  }
  void Add(const Entry& entry) {
    std::string_view rest = entry.path;
    TakeUntil(rest, "/");
    while (!rest.empty()) by_id_.Add(KeyOf(entry, TakeUntil(rest, "/")), entry);
  }

  EntryIndex by_id_;
};

void EvaluateSuccess(const Deeds& deeds, const Entry& success, const CarriedFailure& failure,
                     Evaluation& evaluation) {
  const std::string said = RequestText(success) + " was answered " + AnswerText(success) +
                           ", with a failure in " + failure.at;
  const Entry* next = deeds.NextTo(IdIn(success), success, failure);
  evaluation.Exercise(next == nullptr ? "" : said + "; then came " + RequestText(*next));
  if (next == nullptr) {
    return evaluation.Doubt("nothing-followed",
                            said +
                                "; nothing followed that shows whether its client saw it: let the "
                                "test go on to what it does next",
                            {&success});
  }
  if (!IsUse(*next, failure)) return;
  evaluation.Fail("carried-on", said + ", and its client carried on with " + RequestText(*next),
                  {&success, next});
}

void EvaluateActsOnFailure(const History& history, Evaluation& evaluation) {
  std::optional<Deeds> deeds;
  for (const Entry& entry : history.entries()) {
    if (IsLook(entry)) continue;
    if (const CarriedFailure* failure = CarriedBy(entry)) {
      if (!deeds) deeds.emplace(history);
      EvaluateSuccess(*deeds, entry, *failure, evaluation);
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
