// A request that was refused must not be sent again unchanged: it would be refused again, unless
// something has changed meanwhile that it depends on.
#include <algorithm>
#include <optional>

#include "verify/calls.h"
#include "verify/checks/all.h"
#include "verify/entry_index.h"
#include "verify/hash.h"
#include "verify/likeness.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

bool IsWrite(const Entry& entry) {
  const std::string& method = entry.request().method;
  return !method.empty() && method != "GET" && method != "HEAD" && method != "OPTIONS";
}

bool IsConflict(const Entry& entry) { return entry.exchange->response.status == 409; }

bool IsGone(const Entry& entry) {
  const int status = entry.exchange->response.status;
  return status == 404 || status == 410;
}

// What was done that a refused request may depend on.
class Reasons {
 public:
  explicit Reasons(const History& history) {
    for (const Entry& entry : history.entries()) {
      const std::string& method = entry.request().method;
      if (method == "GET" && entry.reply == Reply::kSuccess) looks_.Add(entry);
      if (method == "DELETE") deletes_.Add(Hash().Add(entry.path).value(), entry);
      if (!IsWrite(entry)) continue;
      if (entry.exchange->applied) {
        writes_.Add(entry);
      } else if (entry.failed()) {
        unsure_.Add(entry);
      }
    }
  }

  // Whether a write of the same caller took effect in between, on what the request is about: on its
  // kind, or on a path above or below, for what happens to a thing happens to its parts. What
  // stands in the way of a delete may be of any kind.
  bool IsHealed(const Entry& refused, const Entry& next) const {
    constexpr std::size_t kUnderWay = 256;  // requests that came before and may have ended after
    const std::size_t first = refused.index - std::min(refused.index, kUnderWay);
    const auto counts = [&](const Entry* write) { return write->answered > refused.at; };
    if (IsConflict(refused) && refused.request().method == "DELETE" &&
        std::ranges::any_of(writes_.by_caller.Between(refused.caller, first, next.index), counts)) {
      return true;
    }
    return writes_.AnyAbout(refused, first, next.index, counts);
  }

  // Whether its caller found nothing, then sent a write there that failed, and looks again what has
  // become of it.
  bool IsLookedAfter(const Entry& refused, const Entry& next) const {
    const auto any = [](const Entry*) { return true; };
    return IsGone(refused) && refused.request().method == "GET" &&
           unsure_.AnyAbout(refused, refused.index + 1, next.index, any);
  }

  // Whether its caller saw something go on there that was in conflict with it, and then go on no
  // more.
  bool IsWaitedOut(const Entry& refused, const Entry& next) const {
    if (!IsConflict(refused)) return false;
    const auto any = [&](bool going_on) {
      return looks_.AnyAbout(refused, refused.index + 1, next.index, [&](const Entry* look) {
        return look->exchange->going_on == going_on;
      });
    };
    return any(true) && any(false);
  }

  bool IsDeletedBefore(const Entry& refused) const {
    return !deletes_.Between(Hash().Add(refused.path).value(), 0, refused.index).empty();
  }

 private:
  static std::optional<std::uint64_t> KindKey(const Entry& entry) {
    if (entry.operation == nullptr || !entry.operation->effect()) return std::nullopt;
    return Hash().Add(entry.caller).Add(entry.operation->effect()->which.kind).value();
  }

  struct Writes {
    EntryIndex by_caller;
    EntryIndex by_kind;
    PathIndex by_path;

    void Add(const Entry& entry) {
      by_caller.Add(entry.caller, entry);
      by_path.Add(entry);
      if (const auto kind = KindKey(entry)) by_kind.Add(*kind, entry);
    }
    // Of the same caller, on the same kind, or on a path above or below.
    template <class Test>
    bool AnyAbout(const Entry& entry, std::size_t first, std::size_t end, const Test& test) const {
      const auto kind = KindKey(entry);
      return (kind && std::ranges::any_of(by_kind.Between(*kind, first, end), test)) ||
             by_path.AnyAbout(entry, first, end, test);
    }
  };

  EntryIndex deletes_;  // by path, whoever sent them
  Writes writes_;       // that took effect
  Writes unsure_;       // that failed or got lost, so that their callers do not know
  PathIndex looks_;
};

// Headers by which a request asks for something else than before: what it brings, what it takes,
// and under which conditions (RFC 9110, sections 8, 12.5 and 13.1). Of a token against forgery the
// journal keeps only whether it was there.
constexpr const char* kAskingHeaders[] = {
    "Content-Type",      "Content-Encoding",    "Content-Language", "Accept",
    "Accept-Encoding",   "Accept-Language",     "If-Match",         "If-None-Match",
    "If-Modified-Since", "If-Unmodified-Since", "X-CSRF-Token",     "X-XSRF-Token"};

bool Differ(const Entry& first, const Entry& second, std::string_view header) {
  return first.request().headers.All(header) != second.request().headers.All(header);
}

// Whether the next one is another request although its path and its body are the same: by what it
// asks for, by a header that the vendor documents, or by a credential. A cookie that the refusal
// itself set shows no login.
bool AsksOtherwise(const Entry& refused, const Entry& next) {
  const Marks& before = refused.exchange->marks;
  const Marks& after = next.exchange->marks;
  if (before.credential != after.credential) return true;
  const bool sets_cookie = refused.exchange->response.headers.Find("Set-Cookie").has_value();
  if (before.cookie != after.cookie && !sets_cookie) return true;
  const auto differs = [&](std::string_view header) { return Differ(refused, next, header); };
  if (std::ranges::any_of(kAskingHeaders, differs)) return true;
  return refused.operation != nullptr &&
         std::ranges::any_of(refused.operation->parameters(), [&](const Parameter& parameter) {
           return parameter.in == "header" && !NamesAttempt(parameter.name) &&
                  differs(parameter.name);
         });
}

// Deleting what is gone is idempotent, and so is a second look whether it is gone.
bool MayRepeat(const Reasons& reasons, const Entry& refused, std::size_t repeats) {
  if (!IsGone(refused)) return false;
  if (refused.request().method == "DELETE") return true;
  constexpr std::size_t kLooks = 1;
  return repeats <= kLooks && refused.request().method == "GET" && reasons.IsDeletedBefore(refused);
}

void EvaluateRefusals(const Reasons& reasons, const ClientCall& call, Evaluation& evaluation) {
  const Duration within = evaluation.Time("within");
  History::Entries repeated;
  std::uint64_t refusals = 0;
  for (std::size_t i = 0; i < call.attempts.size(); ++i) {
    const Entry& refused = *call.attempts[i];
    if (refused.reply != Reply::kRefusal) continue;
    ++refusals;
    if (i + 1 == call.attempts.size()) continue;
    const Entry& next = *call.attempts[i + 1];
    if (refused.TellsWhen()) continue;  // it is said to pass; retry-after-honoured holds the wait
    if (call.WaitAfter(i) > within || AsksOtherwise(refused, next) ||
        reasons.IsHealed(refused, next) || reasons.IsWaitedOut(refused, next) ||
        reasons.IsLookedAfter(refused, next)) {
      continue;
    }
    if (repeated.empty()) repeated.push_back(&refused);
    repeated.push_back(&next);
  }
  if (refusals == 0) return;
  if (repeated.empty() || MayRepeat(reasons, *repeated.front(), repeated.size() - 1)) {
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
  evaluation.Fail("sent-again", again, repeated);
}

void EvaluateNoRetryOnClientError(const History& history, Evaluation& evaluation) {
  const Reasons reasons(history);
  JudgeCalls(history, evaluation, [&](const ClientCall& call, Evaluation& of_call) {
    EvaluateRefusals(reasons, call, of_call);
  });
}

}  // namespace

Check NoRetryOnClientError() {
  return {"no-retry-on-client-error",
          "does not repeat a request that was refused",
          "RFC 9110, section 15.5",
          {{"within", "30s", "after which the same request is taken for a new one", "1ms"}},
          &EvaluateNoRetryOnClientError};
}

}  // namespace mockduit
