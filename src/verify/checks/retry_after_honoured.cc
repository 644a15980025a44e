// After an answer with Retry-After, no attempt of the same call before that time is over.
//
// Several callers may make the very same call at the same time, and then one's first attempt comes
// while another waits. That is told from impatience by what both do: an attempt that came too soon
// is believed to be another caller's when it came on another connection, each of the two waits
// about as long as it is told, and both end alike: in success, or after equally many attempts.
#include <algorithm>
#include <map>
#include <utility>

#include "verify/checks/all.h"
#include "verify/words.h"

namespace mockduit {
namespace {

// The attempts of one caller, as far as they can be told apart.
struct Chain {
  History::Entries attempts;
  Time due{};                    // when the next attempt is welcome
  bool waited = false;           // it was told to wait, and did
  bool prompt = true;            // … and not for much longer
  const Entry* early = nullptr;  // the attempt that began it, where that was too soon for …
  const Entry* told = nullptr;   // … this answer
  std::size_t of = 0;            // … of this other chain
  std::size_t root = 0;          // the chain that all began with, itself or another
  bool outrun = false;           // an attempt that was too soon for it has succeeded

  const Entry& first() const { return *attempts.front(); }
  const Entry& last() const { return *attempts.back(); }
  bool done() const { return last().reply == Reply::kSuccess; }
};

bool Tells(const Entry& entry) {
  return entry.told && entry.exchange->response.status >= 400 && entry.reply != Reply::kLost;
}

Duration Told(const Entry& entry) { return *entry.told; }

bool Apart(const Chain& one, const Chain& other) {
  const std::uint64_t connection = one.first().exchange->marks.connection;
  return connection == 0 || connection != other.first().exchange->marks.connection;
}

bool AreTwoCallers(const Chain& one, const Chain& other) {
  const bool alike =
      one.done() ? other.done() : !other.done() && one.attempts.size() == other.attempts.size();
  return Apart(one, other) && alike && one.waited && one.prompt && other.waited && other.prompt;
}

// Somebody's first attempt succeeded at once, while another came back when it was told to. Reads
// are made again and again, so theirs say nothing.
bool MayBeTwo(const Chain& lucky, const Chain& told, bool truncated) {
  const std::string& method = lucky.first().request().method;
  const bool likely = truncated || (Apart(lucky, told) && method != "GET" && method != "HEAD");
  return likely && lucky.attempts.size() == 1 && lucky.done() && told.done() && told.waited &&
         told.prompt;
}

class Judging {
 public:
  Judging(const History& history, Judgement& judgement)
      : history_(history), judgement_(judgement) {}

  void Judge(const History::Entries& attempts) {
    chains_.clear();
    for (const Entry* attempt : attempts) Take(*attempt);
    std::map<std::size_t, History::Entries> impatient;  // by the chain that it began with
    for (const Chain& chain : chains_) {
      if (chain.early == nullptr || AreTwoCallers(chain, chains_[chain.of])) continue;
      if (MayBeTwo(chain, chains_[chain.of], history_.truncated())) {
        judgement_.Doubt(Called(*chain.early) +
                             " was made by one caller who did not wait, or by another one while "
                             "the first waited",
                         {chain.told, chain.early, &chains_[chain.of].last()});
        continue;
      }
      History::Entries& attempts_of_one = impatient[chain.root];
      if (attempts_of_one.empty()) attempts_of_one = chains_[chain.root].attempts;
      attempts_of_one.insert(attempts_of_one.end(), chain.attempts.begin(), chain.attempts.end());
    }
    for (auto& [root, attempts_of_one] : impatient) TellAll(attempts_of_one);
  }

 private:
  // The chains that the attempt may go on: those that have not come to their end. So many callers
  // at the same time are told apart; of more, the oldest chains are left as they are.
  std::vector<std::size_t> OpenBefore(const Entry& attempt) const {
    constexpr std::size_t kMostCallers = 64;
    std::vector<std::size_t> open;
    for (std::size_t i = chains_.size() - std::min(chains_.size(), kMostCallers);
         i < chains_.size(); ++i) {
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
      if (Tells(chain.last())) {
        judgement_.Exercise();
        chain.waited = true;
        chain.prompt = chain.prompt && attempt.at <= LateFor(chain.last());
      }
      GoOn(chain, attempt);
    } else {
      judgement_.Exercise();
      const std::size_t of = *std::ranges::max_element(open, [&](std::size_t a, std::size_t b) {
        return chains_[a].last().at < chains_[b].last().at;
      });
      Chain chain{
          .early = &attempt, .told = &chains_[of].last(), .of = of, .root = chains_[of].root};
      GoOn(chain, attempt);
      if (chain.done()) chains_[of].outrun = true;
      chains_.push_back(std::move(chain));
    }
  }

  // Half as long again as it was told, and a moment.
  static Time LateFor(const Entry& told) {
    return told.answered + Told(told) * 3 / 2 + std::chrono::seconds(1);
  }

  // When an attempt after this one is welcome.
  Time DueAfter(const Entry& attempt) const {
    if (!Tells(attempt)) return attempt.at;
    const auto share = static_cast<double>(Told(attempt).count()) * judgement_.Share("tolerance");
    const Duration tolerance =
        std::max(judgement_.Time("grace"), Duration(static_cast<Duration::rep>(share)));
    return attempt.answered + std::max(Told(attempt) - tolerance, Duration(0));
  }

  void GoOn(Chain& chain, const Entry& attempt) const {
    chain.attempts.push_back(&attempt);
    chain.due = DueAfter(attempt);
  }

  // Of attempts that one caller has made after all.
  void TellAll(History::Entries& attempts) {
    std::ranges::sort(attempts, {}, &Entry::index);
    for (std::size_t i = 1; i < attempts.size(); ++i) {
      const Entry& before = *attempts[i - 1];
      if (Tells(before) && attempts[i]->at < DueAfter(before)) Tell(before, *attempts[i]);
    }
  }

  void Tell(const Entry& told, const Entry& early) {
    if (history_.NoTimeBetween(told, early)) {
      return judgement_.Doubt(
          "the session's clock stood still between an answer with Retry-After and the next "
          "attempt; "
          "advance it as the client waits, or let it run",
          {&told, &early});
    }
    judgement_.Fail(Called(early) + " was tried again " + Spell(early.at - told.answered) +
                        " after " + Answered(told) + " with Retry-After " + Spell(Told(told)),
                    {&told, &early});
  }

  const History& history_;
  Judgement& judgement_;
  std::vector<Chain> chains_;
};

void Judge(const History& history, Judgement& judgement) {
  Judging judging(history, judgement);
  for (const History::Entries& attempts : history.calls()) judging.Judge(attempts);
}

}  // namespace

Check RetryAfterHonoured() {
  return {"retry-after-honoured",
          "waits as long as Retry-After says before it tries again",
          "RFC 9110, section 10.2.3; RFC 6585, section 4",
          {{"tolerance", "10%", "of the wait that may be missing"},
           {"grace", "50ms", "that may be missing of a short wait"}},
          &Judge};
}

}  // namespace mockduit
