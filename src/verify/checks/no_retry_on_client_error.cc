// A request that was refused must not be sent again unchanged: it would be refused again, unless
// something has changed meanwhile that it depends on.
#include <algorithm>
#include <array>

#include "verify/calls.h"
#include "verify/checks/all.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

bool IsWrite(const Entry& entry) {
  const std::string& method = entry.request().method;
  return !method.empty() && method != "GET" && method != "HEAD" && method != "OPTIONS";
}

const std::string* KindConcerned(const Entry& entry) {
  const bool known = entry.operation != nullptr && entry.operation->effect().has_value();
  return known ? &entry.operation->effect()->which.kind : nullptr;
}

// Whether one path is below the other: what happens to a thing happens to its parts.
bool IsAbout(const Entry& write, const Entry& refused) {
  const std::string* kind = KindConcerned(write);
  const std::string* other = KindConcerned(refused);
  if (kind != nullptr && other != nullptr && *kind == *other) return true;
  return refused.path.starts_with(write.path) || write.path.starts_with(refused.path);
}

// A write of the same caller that took effect in between, on what the request is about.
bool IsHealed(const History& history, const Entry& refused, const Entry& next) {
  constexpr std::size_t kUnderWay = 256;  // requests that came before and may have ended after
  const auto& entries = history.entries();
  const std::size_t first = refused.index - std::min(refused.index, kUnderWay);
  return std::any_of(
      entries.begin() + static_cast<std::ptrdiff_t>(first),
      entries.begin() + static_cast<std::ptrdiff_t>(next.index), [&](const Entry& write) {
        return write.answered > refused.at && write.exchange->applied && IsWrite(write) &&
               write.caller == refused.caller && IsAbout(write, refused);
      });
}

bool IsGone(const Entry& entry) {
  const int status = entry.exchange->response.status;
  return status == 404 || status == 410;
}

// Deleting what is gone is idempotent, and so is a second look whether it is gone.
bool MayRepeat(const History& history, const Entry& refused, std::size_t repeats) {
  if (!IsGone(refused)) return false;
  if (refused.request().method == "DELETE") return true;
  constexpr std::size_t kLooks = 1;
  return repeats <= kLooks && refused.request().method == "GET" &&
         std::ranges::any_of(history.entries(), [&](const Entry& entry) {
           return entry.request().method == "DELETE" && entry.path == refused.path &&
                  entry.index < refused.index;
         });
}

void EvaluateRefusals(const History& history, const ClientCall& call, Evaluation& evaluation) {
  const Duration within = evaluation.Time("within");
  History::Entries repeated;
  std::uint64_t refusals = 0;
  for (std::size_t i = 0; i < call.attempts.size(); ++i) {
    const Entry& refused = *call.attempts[i];
    if (refused.reply != Reply::kRefusal) continue;
    ++refusals;
    if (i + 1 == call.attempts.size()) continue;
    const Entry& next = *call.attempts[i + 1];
    if (refused.retry_after) continue;  // it is said to pass; retry-after-honoured holds the wait
    const bool other_token = refused.exchange->marks.credential != next.exchange->marks.credential;
    if (call.WaitAfter(i) > within || other_token || IsHealed(history, refused, next)) continue;
    if (repeated.empty()) repeated.push_back(&refused);
    repeated.push_back(&next);
  }
  if (refusals == 0) return;
  if (repeated.empty() || MayRepeat(history, *repeated.front(), repeated.size() - 1)) {
    const bool again = refusals > (call.last().reply == Reply::kRefusal ? 1U : 0U);
    return evaluation.Exercise(
        RequestText(call.first()) +
        (again ? " was refused, and sent again when something else, or much time, lay between"
               : " was refused and left at that"));
  }
  evaluation.Exercise(refusals);
  const Entry& refused = *repeated.front();
  if (refused.exchange->marks.body == 0) {
    return evaluation.Doubt(
        "from-state-file",
        "a journal from a state file does not show whether the credential or the body differed",
        repeated);
  }
  const std::string again =
      RequestText(refused) + " was answered " + AnswerText(refused) +
      ", and the same request was sent again " +
      (repeated.size() == 2 ? "" : Spell(repeated.size() - 1, "time") + ", first ") +
      Spell(std::max(repeated[1]->at - refused.answered, Duration(0))) + " later";
  if (MayBeCrowd(call)) {
    return evaluation.Doubt("one-or-two-callers",
                            again +
                                ", each time on a new connection: by one caller, or by as many "
                                "that were refused alike; give each call an identity "
                                "(X-Mockduit-Call), or each test a session",
                            repeated);
  }
  evaluation.Fail("sent-again", again, repeated);
}

void EvaluateNoRetryOnClientError(const History& history, Evaluation& evaluation) {
  JudgeCalls(history, evaluation, [&](const ClientCall& call, Evaluation& of_call) {
    EvaluateRefusals(history, call, of_call);
  });
}

}  // namespace

Check NoRetryOnClientError() {
  return {"no-retry-on-client-error",
          "does not repeat a request that was refused",
          "RFC 9110, section 15.5",
          {{"within", "30s", "after which the same request is taken for a new one"}},
          &EvaluateNoRetryOnClientError};
}

}  // namespace mockduit
