// After a response with Retry-After, the next attempt of the call must wait until that time is
// over.
//
// Several callers may make the same call at the same time; the first attempt of one may then arrive
// while another waits. An early attempt counts as another caller's when it arrived on another
// connection, each of the two callers waits about as long as announced, and both end alike: in
// success, or after the same number of attempts.
#include <algorithm>
#include <map>
#include <utility>

#include "verify/checks/all.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

// The attempts that one caller seems to have made.
struct Chain {
  History::Entries attempts;
  Time due{};                        // the earliest time of a patient next attempt
  bool waited = false;               // it waited as long as announced …
  bool prompt = true;                // … and each time not much longer
  const Entry* early = nullptr;      // its first attempt, where that came too early after …
  const Entry* announced = nullptr;  // … this response, which announced a wait …
  std::size_t of = 0;                // … in this other chain
  std::size_t root = 0;              // the chain from which it branched off first, or itself
  bool outrun = false;               // an attempt that came too early for it succeeded

  const Entry& first() const { return *attempts.front(); }
  const Entry& last() const { return *attempts.back(); }
  bool done() const { return last().reply == Reply::kSuccess; }
};

bool AnnouncesWait(const Entry& entry) {
  return entry.retry_after && entry.exchange->response.status >= 400 && entry.reply != Reply::kLost;
}

Duration WaitOf(const Entry& entry) { return *entry.retry_after; }

bool Apart(const Chain& one, const Chain& other) {
  const std::uint64_t connection = one.first().exchange->marks.connection;
  return connection == 0 || connection != other.first().exchange->marks.connection;
}

bool AreTwoCallers(const Chain& one, const Chain& other) {
  const bool alike =
      one.done() ? other.done() : !other.done() && one.attempts.size() == other.attempts.size();
  return Apart(one, other) && alike && one.waited && one.prompt && other.waited && other.prompt;
}

// True when the first attempt of one caller may have succeeded at once, while another caller waited
// as announced. Reads are repeated anyway, so they prove nothing.
bool MayBeTwo(const Chain& lucky, const Chain& patient, bool truncated) {
  const std::string& method = lucky.first().request().method;
  const bool likely = truncated || (Apart(lucky, patient) && method != "GET" && method != "HEAD");
  return likely && lucky.attempts.size() == 1 && lucky.done() && patient.done() && patient.waited &&
         patient.prompt;
}

// Assigns the attempts of a call to callers and reports those that came too early.
class CallersOfCall {
 public:
  CallersOfCall(const History& history, Evaluation& evaluation)
      : history_(history), evaluation_(evaluation) {}

  void Evaluate(const History::Entries& attempts) {
    chains_.clear();
    for (const Entry* attempt : attempts) Take(*attempt);
    std::map<std::size_t, History::Entries> impatient;  // by root
    for (const Chain& chain : chains_) {
      if (chain.early == nullptr || AreTwoCallers(chain, chains_[chain.of])) continue;
      if (MayBeTwo(chain, chains_[chain.of], history_.truncated())) {
        evaluation_.Doubt(RequestText(*chain.early) +
                              " was made by one caller who did not wait, or by another one while "
                              "the first waited",
                          {chain.announced, chain.early, &chains_[chain.of].last()});
        continue;
      }
      History::Entries& attempts_of_one = impatient[chain.root];
      if (attempts_of_one.empty()) attempts_of_one = chains_[chain.root].attempts;
      attempts_of_one.insert(attempts_of_one.end(), chain.attempts.begin(), chain.attempts.end());
    }
    for (auto& [root, attempts_of_one] : impatient) ReportAll(attempts_of_one);
  }

 private:
  // The chains that the attempt may continue, among the newest kMaxCallers.
  std::vector<std::size_t> OpenBefore(const Entry& attempt) const {
    constexpr std::size_t kMaxCallers = 64;
    std::vector<std::size_t> open;
    for (std::size_t i = chains_.size() - std::min(chains_.size(), kMaxCallers); i < chains_.size();
         ++i) {
      const Chain& chain = chains_[i];
      const bool ended = chain.done() || (chain.outrun && attempt.at < chain.due);
      if (!ended && history_.Follows(chain.last(), attempt)) open.push_back(i);
    }
    return open;
  }

  void Take(const Entry& attempt) {
    const auto open = OpenBefore(attempt);
    const auto due_first = [&](std::size_t a, std::size_t b) {
      return chains_[a].due < chains_[b].due;
    };
    const auto first = std::ranges::min_element(open, due_first);
    if (first == open.end()) {
      Chain chain{.root = chains_.size()};
      GoOn(chain, attempt);
      chains_.push_back(std::move(chain));
    } else if (chains_[*first].due <= attempt.at) {
      Chain& chain = chains_[*first];
      if (AnnouncesWait(chain.last())) {
        evaluation_.Exercise();
        chain.waited = true;
        chain.prompt = chain.prompt && attempt.at <= LateFor(chain.last());
      }
      GoOn(chain, attempt);
    } else {
      evaluation_.Exercise();
      const std::size_t of = *std::ranges::max_element(open, [&](std::size_t a, std::size_t b) {
        return chains_[a].last().at < chains_[b].last().at;
      });
      Chain chain{
          .early = &attempt, .announced = &chains_[of].last(), .of = of, .root = chains_[of].root};
      GoOn(chain, attempt);
      if (chain.done()) chains_[of].outrun = true;
      chains_.push_back(std::move(chain));
    }
  }

  // One and a half times the announced wait, plus a second.
  static Time LateFor(const Entry& announced) {
    return announced.answered + WaitOf(announced) * 3 / 2 + std::chrono::seconds(1);
  }

  // The earliest time of a patient attempt after this one.
  Time DueAfter(const Entry& attempt) const {
    if (!AnnouncesWait(attempt)) return attempt.at;
    const auto share =
        static_cast<double>(WaitOf(attempt).count()) * evaluation_.Share("tolerance");
    const Duration tolerance =
        std::max(evaluation_.Time("grace"), Duration(static_cast<Duration::rep>(share)));
    return attempt.answered + std::max(WaitOf(attempt) - tolerance, Duration(0));
  }

  void GoOn(Chain& chain, const Entry& attempt) const {
    chain.attempts.push_back(&attempt);
    chain.due = DueAfter(attempt);
  }

  // Reports the early ones of attempts that a single caller made.
  void ReportAll(History::Entries& attempts) {
    std::ranges::sort(attempts, {}, &Entry::index);
    for (std::size_t i = 1; i < attempts.size(); ++i) {
      const Entry& before = *attempts[i - 1];
      if (AnnouncesWait(before) && attempts[i]->at < DueAfter(before)) Report(before, *attempts[i]);
    }
  }

  void Report(const Entry& announced, const Entry& early) {
    if (history_.NoTimeBetween(announced, early)) {
      return evaluation_.Doubt(
          "the session's clock stood still between an answer with Retry-After and the next "
          "attempt; "
          "advance it as the client waits, or let it run",
          {&announced, &early});
    }
    evaluation_.Fail(RequestText(early) + " was tried again " +
                         Spell(early.at - announced.answered) + " after " + AnswerText(announced) +
                         " with Retry-After " + Spell(WaitOf(announced)),
                     {&announced, &early});
  }

  const History& history_;
  Evaluation& evaluation_;
  std::vector<Chain> chains_;
};

void EvaluateRetryAfterHonoured(const History& history, Evaluation& evaluation) {
  CallersOfCall callers(history, evaluation);
  for (const History::Entries& attempts : history.calls()) callers.Evaluate(attempts);
}

}  // namespace

Check RetryAfterHonoured() {
  return {"retry-after-honoured",
          "waits as long as Retry-After says before it tries again",
          "RFC 9110, section 10.2.3; RFC 6585, section 4",
          {{"tolerance", "10%", "of the wait that may be missing"},
           {"grace", "50ms", "that may be missing of a short wait"}},
          &EvaluateRetryAfterHonoured};
}

}  // namespace mockduit
