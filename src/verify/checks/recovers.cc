// A client must come through a failure that the scenario brings to an end: it tries again until
// something else than a failure comes. It may give up where trying again may do harm, since a
// request that is not idempotent may have taken effect (RFC 9110, section 9.2.2), and after an
// announced wait that is very long. A 429 says that nothing has happened, so giving up is a fault.
#include <algorithm>
#include <optional>
#include <string>

#include "verify/calls.h"
#include "verify/checks/all.h"
#include "verify/entry_index.h"
#include "verify/hash.h"
#include "verify/likeness.h"
#include "verify/overlap.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

// What may excuse that a call was given up. Put in order when it is first asked for.
class Excuses {
 public:
  explicit Excuses(const History& history) : history_(history) {}

  // Whether its caller looked at what the failed request is about, and saw what has become of it.
  bool IsLookedAt(const Entry& failed) {
    if (!failed.exchange->applied || failed.Reads()) return false;
    if (!looks_) {
      looks_.emplace();
      for (const Entry& entry : history_.entries()) {
        const bool shows = entry.reply == Reply::kSuccess || SaysGone(entry);
        if (shows && entry.request().method == "GET") looks_->Add(entry);
      }
    }
    return looks_->AnyAbout(failed, failed.index + 1, history_.entries().size(),
                            [&](const Entry* look) { return Shows(*look, failed); });
  }

  // Whether the same came through that was sent before this one was answered, or that was still
  // unanswered when this one was sent.
  bool ComesThroughBeside(const Entry& failed) {
    return AnyBeside(failed, [&](const Entry* other) { return MayBeHedge(failed, *other); });
  }

  // Whether its client left it as soon as the same, sent while it was unanswered, had come through:
  // it needed no more than one of the two.
  bool IsLeftForItsHedge(const Entry& failed) {
    constexpr Duration kSoon = std::chrono::milliseconds(200);
    return failed.exchange->abandoned && AnyBeside(failed, [&](const Entry* other) {
             return other->at > failed.at && MayBeHedge(failed, *other) &&
                    other->answered <= failed.answered &&
                    failed.answered - other->answered <= kSoon;
           });
  }

  // Whether the same came through later on with another credential, which was renewed meanwhile.
  bool ComesThroughRenewed(const Entry& failed) {
    if (!answered_) {
      answered_.emplace();
      for (const Entry& entry : history_.entries()) {
        if (!entry.failed()) answered_->Add(KeyOf(entry), entry);
      }
    }
    return std::ranges::any_of(answered_->After(KeyOf(failed), failed), [&](const Entry* later) {
      return later->caller != failed.caller && later->path == failed.path &&
             IsSame(Compare(failed, *later));
    });
  }

 private:
  // Of the same that came through.
  template <class Test>
  bool AnyBeside(const Entry& failed, const Test& test) {
    if (!calls_) {
      calls_.emplace();
      for (const Entry& entry : history_.entries()) {
        if (!entry.failed()) calls_->Add(entry.call, entry);
      }
    }
    return std::ranges::any_of(calls_->Around(failed.call, failed, kCrowd), test);
  }

  static bool SaysGone(const Entry& look) {
    const int status = look.exchange->response.status;
    return look.reply == Reply::kRefusal && (status == 404 || status == 410);
  }

  // A get shows nothing of what was made without its client's knowledge, but by the id of that.
  // That it finds nothing shows what was deleted, and nothing else.
  static bool Shows(const Entry& look, const Entry& failed) {
    if (SaysGone(look)) return failed.Asks(Effect::Does::kDelete) && look.path == failed.path;
    if (!failed.MakesNew() || !look.Asks(Effect::Does::kGet)) return true;
    const std::string id = "\"" + std::string(look.path.substr(look.path.rfind('/') + 1)) + "\"";
    return failed.exchange->response.body.contains(id);
  }

  // Whoever sends it.
  std::uint64_t KeyOf(const Entry& entry) const {
    const Request& request = entry.request();
    return Hash()
        .Add(request.method)
        .Add(entry.path)
        .Add(request.query)
        .Add(request.headers.Get("User-Agent"))
        .Add(history_.LikenessOf(entry))
        .value();
  }

  const History& history_;
  std::optional<PathIndex> looks_;      // that found something, or that it is gone
  std::optional<EntryIndex> calls_;     // that came through, by their call
  std::optional<EntryIndex> answered_;  // by what was sent
};

void EvaluateTries(Excuses& excuses, const ClientCall& tries, Evaluation& evaluation) {
  const auto is_passing = [](const Entry* entry) {
    return entry->failed() && entry->exchange->passing;
  };
  if (std::ranges::none_of(tries.attempts, is_passing)) return;
  const Entry& last = tries.last();
  const std::string attempts = Spell(tries.attempts.size(), "attempt");
  if (!last.failed()) {
    return evaluation.Exercise(RequestText(last) + " came through after " + attempts);
  }
  if (!last.exchange->passing) return;
  if (tries.attempts.size() >= evaluation.Count("attempts")) return;  // more are of no use
  if (last.retry_after.value_or(Duration(0)) > evaluation.Time("patience")) return;
  if (excuses.IsLookedAt(last)) {
    return evaluation.Exercise(RequestText(last) + " had taken effect, which its client looked up");
  }
  if (excuses.IsLeftForItsHedge(last)) {
    return evaluation.Exercise(RequestText(last) +
                               " was left when the same had come through beside it");
  }
  if (!last.IsRateLimited() && !last.IsIdempotent()) {
    return evaluation.Exercise(RequestText(last) +
                               " was given up safely, since it may have taken effect");
  }
  evaluation.Exercise();
  if (excuses.ComesThroughRenewed(last)) {
    return evaluation.Doubt(
        "one-or-two-callers",
        RequestText(last) + " was answered " + AnswerText(last) +
            ", and came through with another credential: of the same caller, who "
            "renewed it, or of another; give each call an identity "
            "(X-Mockduit-Call)",
        {&last});
  }
  if (excuses.ComesThroughBeside(last)) {
    return evaluation.Doubt("one-or-two-callers",
                            RequestText(last) + " was answered " + AnswerText(last) +
                                ", and the same came through that overlapped with it: of the same "
                                "caller, who sent it twice lest one be slow, or of another; give "
                                "each call an identity (X-Mockduit-Call)",
                            {&last});
  }
  evaluation.Fail(RequestText(last) + " was given up after " + attempts +
                      ", the last one answered " + AnswerText(last) +
                      ", though the failure was about to pass",
                  {&last});
}

void EvaluateRecovers(const History& history, Evaluation& evaluation) {
  Excuses excuses(history);
  JudgeCalls(history, evaluation, [&](const ClientCall& call, Evaluation& of_call) {
    for (const ClientCall& tries : Tries(call)) EvaluateTries(excuses, tries, of_call);
  });
}

}  // namespace

Check Recovers() {
  return {"recovers",
          "comes through failures that pass",
          "RFC 9110, sections 9.2.2 and 15.6.4: 503 is temporary; RFC 6585, section 4",
          {{"patience", "60s", "the longest announced wait after which giving up is a fault"},
           {"attempts", "10", "after which giving up is no fault", "1"}},
          &EvaluateRecovers};
}

}  // namespace mockduit
