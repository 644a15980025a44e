#include "verify/calls.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "http/headers.h"
#include "verify/hash.h"
#include "verify/identity.h"
#include "verify/likeness.h"

namespace mockduit {
namespace {

using Entries = History::Entries;

// Longer than a client waits between attempts where no answer announced a wait.
constexpr Duration kSilence = std::chrono::minutes(10);
// Several callers who begin at once come within this, or one after the other without a pause;
// whoever goes on with a call that has ended earlier has waited.
constexpr Duration kPause = std::chrono::milliseconds(75);
// A connection that is opened so soon after an answer may have been asked for before it.
constexpr Duration kUnseen = std::chrono::milliseconds(20);

bool IsSilence(const Entry& before, const Entry& next) {
  return next.at - before.answered > kSilence + 2 * before.retry_after.value_or(Duration(0));
}

bool ComesAfter(const Entry& before, const Entry& next) { return next.decided >= before.heard; }

// Whether its client may use the connection again, as far as the request says.
bool KeepsConnection(const Entry& entry) {
  return !EqualsIgnoringCase(entry.request().headers.Get("Connection"), "close");
}

// Whether the second came after the answer to the first, but may have been decided on before: on a
// connection that was opened although that of the first was kept and idle. A single caller would
// have used that one.
bool MayOverlap(const Entry& first, const Entry& second) {
  const auto& before = first.exchange->wire;
  const auto& after = second.exchange->wire;
  if (!before || !after || before->connection == after->connection || after->request != 1) {
    return false;
  }
  const bool idle = before->closed == Time{} || before->closed > after->opened;
  return idle && KeepsConnection(first) && after->opened >= before->ended &&
         after->opened - before->ended <= kUnseen;
}

// Whether two requests, which are all that there are, may be those of two callers who began at
// once. More of them, none of which overlaps, are one caller's.
bool MayBePair(const Entries& group) {
  return group.size() == 2 && group.front()->call == group.back()->call &&
         group.back()->at - group.front()->answered < kPause;
}

// --- which requests are alike -----------------------------------------------------------------

// Requests of one place whose bodies are alike; a retry whose body was spoilt belongs to what it
// repeats.
class Sorter {
 public:
  explicit Sorter(const History& history) : history_(history) {}

  void Add(const Entry& entry) {
    const std::uint64_t likeness = history_.LikenessOf(entry);
    std::vector<std::size_t>& here = at_place_[entry.place];
    std::optional<std::size_t> found;
    for (const std::size_t group : here) {
      const bool may_be = keys_[group] == likeness;
      if (may_be && IsSame(Compare(*groups_[group].back(), entry))) found = group;
    }
    if (!found) found = SpoiltOf(entry, here);
    if (!found) {
      found = groups_.size();
      groups_.emplace_back();
      keys_.push_back(likeness);
      here.push_back(*found);
    }
    groups_[*found].push_back(&entry);
  }
  std::vector<Entries> Take() { return std::move(groups_); }

 private:
  // Among the groups that were added last, one whose request failed and is repeated here with
  // another body.
  std::optional<std::size_t> SpoiltOf(const Entry& entry,
                                      const std::vector<std::size_t>& here) const {
    constexpr std::size_t kNewest = 8;
    const std::size_t first = here.size() - std::min(here.size(), kNewest);
    std::optional<std::size_t> found;
    for (std::size_t i = here.size(); i-- > first;) {
      const Entries& group = groups_[here[i]];
      if (!Repeats(group, entry)) continue;
      // A body that is lost fits many; who has waited longest comes first.
      const auto rank = [&](const Entries& one) {
        return std::pair(!one.back()->failed(), one.back()->answered);
      };
      if (!found || rank(group) < rank(groups_[*found])) found = here[i];
    }
    return found;
  }

  // Equal calls of others may lie in between.
  static bool Repeats(const Entries& group, const Entry& entry) {
    constexpr std::size_t kFar = 16;
    const std::size_t first = group.size() - std::min(group.size(), kFar);
    return std::any_of(
        group.begin() + static_cast<std::ptrdiff_t>(first), group.end(), [&](const Entry* before) {
          return before->failed() && ComesAfter(*before, entry) && !IsSilence(*before, entry) &&
                 Compare(*before, entry) >= Likeness::kAltered;
        });
  }

  const History& history_;
  std::vector<Entries> groups_;
  std::vector<std::uint64_t> keys_;  // of the groups: the likeness of their first requests
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> at_place_;
};

// --- which of them one caller made --------------------------------------------------------------

// How an attempt that may go on with several calls, or begin one, is read.
enum class Guess {
  kPatient,    // goes on with the call that has waited long enough, and longest
  kApart,      // goes on only with one that it has waited after
  kByTheTold,  // begins one where no call has waited as long as it was told
};

// The identity of an attempt, where it says something in this group: one that no other attempt has
// may be made anew for each.
class Identities {
 public:
  explicit Identities(const Entries& group) {
    for (const Entry* entry : group) {
      if (const auto identity = IdentityOf(*entry)) ++uses_[Key(*identity)];
    }
    for (const auto& [key, uses] : uses_) any_repeats_ = any_repeats_ || uses > 1;
  }

  // 0: none.
  std::uint64_t Of(const Entry& entry) const {
    const auto identity = IdentityOf(entry);
    if (!identity) return 0;
    const std::uint64_t key = Key(*identity);
    if (identity->is_ours) return key;
    if (!any_repeats_) return 0;
    if (identity->distinguishes) return key;
    return uses_.at(key) > 1 && uses_.size() > 1 ? key : 0;
  }

 private:
  static std::uint64_t Key(const Identity& identity) {
    return Hash().Add(identity.header).Add(identity.value).value() | 1U;
  }

  std::unordered_map<std::uint64_t, std::size_t> uses_;
  bool any_repeats_ = false;
};

// Whether one was sent again at once though it had succeeded: hardly by the same caller.
bool RepeatsSuccess(const Entries& group) {
  for (std::size_t i = 1; i < group.size(); ++i) {
    const Entry& before = *group[i - 1];
    if (before.reply == Reply::kSuccess && group[i]->at - before.answered < kPause &&
        before.call == group[i]->call) {
      return true;
    }
  }
  return false;
}

// Reads a group of like requests by one guess.
class Reader {
 public:
  Reader(const Entries& group, const Identities& identities, Guess guess)
      : identities_(identities), guess_(guess) {
    for (const Entry* entry : group) Take(*entry);
  }

  Reading TakeReading() { return std::move(calls_); }
  // Whether an attempt came while another was under way.
  bool overlaps() const { return overlaps_; }

 private:
  void Take(const Entry& entry) {
    const std::uint64_t identity = identities_.Of(entry);
    NoteOverlap(entry);
    if (latest_ == nullptr || entry.at - latest_->at >= kPause) last_pause_ = entry.at;
    latest_ = &entry;
    const std::size_t call = FindCall(entry, identity);
    if (call == calls_.size()) {
      calls_.emplace_back();
      identity_.push_back(identity);
    }
    calls_[call].attempts.push_back(&entry);
    if (ended_last_ == nullptr || entry.answered >= ended_last_->answered) ended_last_ = &entry;
    under_way_.push_back(&entry);
  }

  void NoteOverlap(const Entry& entry) {
    std::erase_if(under_way_, [&](const Entry* other) { return entry.decided >= other->answered; });
    overlaps_ = overlaps_ || !under_way_.empty() ||
                (ended_last_ != nullptr && MayOverlap(*ended_last_, entry));
  }

  bool MayGoOn(std::size_t call, const Entry& entry, std::uint64_t identity) const {
    const Entry& last = calls_[call].last();
    if (last.reply == Reply::kSuccess || !ComesAfter(last, entry) || IsSilence(last, entry)) {
      return false;
    }
    if (identity != identity_[call]) return false;
    const auto number = AttemptOf(entry);
    return !number || (*number > 0 && *number == AttemptOf(last).value_or(*number - 1) + 1);
  }

  std::size_t FindCall(const Entry& entry, std::uint64_t identity) const {
    constexpr std::size_t kNewest = 64;
    std::vector<std::size_t> open;
    for (std::size_t i = calls_.size() - std::min(calls_.size(), kNewest); i < calls_.size(); ++i) {
      if (MayGoOn(i, entry, identity)) open.push_back(i);
    }
    const bool certain = identity != 0 || AttemptOf(entry).has_value();
    const auto is_at_once = [&](std::size_t call) {
      const Time ended = calls_[call].last().answered;
      return entry.at - ended < kPause || ended >= last_pause_;
    };
    if (guess_ == Guess::kApart && !certain) std::erase_if(open, is_at_once);
    if (open.empty()) return calls_.size();
    const auto due = [&](std::size_t call) {
      const Entry& last = calls_[call].last();
      return last.answered + last.retry_after.value_or(Duration(0));
    };
    const auto last_attempt = [&](std::size_t call) { return calls_[call].last().answered; };
    std::vector<std::size_t> ready;
    std::ranges::copy_if(open, std::back_inserter(ready),
                         [&](std::size_t call) { return due(call) <= entry.at; });
    if (ready.empty() && guess_ == Guess::kByTheTold) return calls_.size();
    if (ready.empty()) return *std::ranges::min_element(open, {}, due);
    return *std::ranges::min_element(ready, {}, last_attempt);
  }

  const Identities& identities_;
  const Guess guess_;
  Reading calls_;
  std::vector<std::uint64_t> identity_;  // of the calls; 0: none
  std::vector<const Entry*> under_way_;
  const Entry* ended_last_ = nullptr;
  const Entry* latest_ = nullptr;
  Time last_pause_{};  // when the latest one ended in which nothing came
  bool overlaps_ = false;
};

bool Same(const Reading& one, const Reading& other) {
  return std::ranges::equal(one, other, {}, &ClientCall::attempts, &ClientCall::attempts);
}

// Two callers that never overlapped, each on a connection of its own, of which the first one was
// kept open while the second came: a single caller would have used it again. Both readings are
// possible where each caller ended alike.
std::optional<Reading> ByConnection(const Entries& group) {
  std::unordered_map<std::uint64_t, std::size_t> known;
  Reading calls;
  for (const Entry* entry : group) {
    if (entry->connection == 0) return std::nullopt;
    const auto [found, fresh] = known.try_emplace(entry->connection, calls.size());
    if (fresh) calls.emplace_back();
    calls[found->second].attempts.push_back(entry);
  }
  if (calls.size() < 2) return std::nullopt;
  const ClientCall& first = calls.front();
  const bool alike = std::ranges::all_of(calls, [&](const ClientCall& call) {
    return call.attempts.size() > 1 && call.succeeded() == first.succeeded() &&
           (first.succeeded() || call.attempts.size() == first.attempts.size()) &&
           std::ranges::none_of(call.attempts.begin(), call.attempts.end() - 1,
                                [](const Entry* entry) { return entry->reply == Reply::kSuccess; });
  });
  return alike ? std::optional(std::move(calls)) : std::nullopt;
}

// Whether the caller waited each time about as long as it was told, and came through.
bool IsPrompt(const ClientCall& call) {
  for (std::size_t i = 0; i + 1 < call.attempts.size(); ++i) {
    const Duration told = call.attempts[i]->retry_after.value_or(Duration(0));
    if (call.WaitAfter(i) > told * 3 / 2 + std::chrono::seconds(1)) return false;
  }
  return call.succeeded();
}

// Whether a call that came through at once may be another caller's. What only reads is read again
// for many reasons.
bool MayBeLucky(const ClientCall& call, const ClientCall& other, bool truncated) {
  const std::string& method = call.first().request().method;
  const bool apart = call.first().connection != other.first().connection;
  return call.attempts.size() > 1 || truncated || (apart && method != "GET" && method != "HEAD");
}

// Callers that never overlapped, of whom each waited about as long as it was told, and came
// through. One caller who did not wait would have come through once.
std::optional<Reading> ByTheTold(const Entries& group, const Identities& identities,
                                 bool truncated) {
  Reading calls = Reader(group, identities, Guess::kByTheTold).TakeReading();
  const bool likely = calls.size() > 1 && std::ranges::all_of(calls, [&](const ClientCall& call) {
                        return IsPrompt(call) && MayBeLucky(call, calls.front(), truncated);
                      });
  return likely ? std::optional(std::move(calls)) : std::nullopt;
}

LikeRequests ReadAll(const Entries& group, bool truncated) {
  const Identities identities(group);
  LikeRequests read;
  Reader patient(group, identities, Guess::kPatient);
  const bool pair = MayBePair(group);
  const bool repeats = RepeatsSuccess(group);
  const std::string& method = group.front()->request().method;
  const bool reads = method == "GET" || method == "HEAD";
  read.overlap = patient.overlaps() || (repeats && !reads) ||
                 (pair && group.front()->connection != group.back()->connection);
  read.readings.push_back(patient.TakeReading());
  const auto add = [&](Reading reading) {
    const auto same = [&](const Reading& known) { return Same(known, reading); };
    if (std::ranges::none_of(read.readings, same)) read.readings.push_back(std::move(reading));
  };
  if (read.overlap || pair || repeats) {
    add(Reader(group, identities, Guess::kApart).TakeReading());
  }
  if (read.overlap) return read;
  if (auto apart = ByConnection(group)) add(std::move(*apart));
  if (auto apart = ByTheTold(group, identities, truncated)) add(std::move(*apart));
  return read;
}

}  // namespace

bool MayBeCrowd(const ClientCall& call) {
  constexpr std::size_t kCrowd = 8;
  if (call.attempts.size() > kCrowd) return false;
  for (std::size_t i = 0; i < call.attempts.size(); ++i) {
    const auto& wire = call.attempts[i]->exchange->wire;
    if (!wire || wire->request != 1) return false;
    if (i + 1 < call.attempts.size() && call.WaitAfter(i) >= kPause) return false;
  }
  return true;
}

std::vector<ClientCall> Tries(const ClientCall& call) {
  std::vector<ClientCall> parts(1);
  for (const Entry* attempt : call.attempts) {
    if (!parts.back().attempts.empty() && !parts.back().last().failed()) parts.emplace_back();
    parts.back().attempts.push_back(attempt);
  }
  return parts;
}

Duration ClientCall::WaitAfter(std::size_t attempt) const {
  const Entry& before = *attempts[attempt];
  const Entry& next = *attempts[attempt + 1];
  const bool still = before.exchange->clock.rate == 0 && next.exchange->clock.rate == 0;
  const Duration moved = next.exchange->clock.moved - before.exchange->clock.moved;
  if (still && moved > Duration(0)) return moved;
  return std::max(next.at - before.answered, Duration(0));
}

CallBook::CallBook(const History& history) {
  Sorter sorter(history);
  for (const Entry& entry : history.entries()) sorter.Add(entry);
  for (const Entries& group : sorter.Take()) groups_.push_back(ReadAll(group, history.truncated()));
}

const CallBook& CallsOf(const History& history) {
  if (history.calls_ == nullptr) history.calls_ = std::make_shared<const CallBook>(history);
  return *history.calls_;
}

void JudgeCalls(const History& history, Evaluation& evaluation, const JudgeCall& judge) {
  for (const LikeRequests& group : CallsOf(history).groups()) {
    std::vector<Evaluation> judged;
    for (const Reading& reading : group.readings) {
      Evaluation& of_reading = judged.emplace_back(evaluation.Fresh());
      for (const ClientCall& call : reading) judge(call, of_reading);
      if (!group.overlap && !judged.front().failed()) break;
    }
    const auto failed = [](const Evaluation& one) { return one.failed(); };
    const auto faulty = std::ranges::count_if(judged, failed);
    if (faulty == 0 || faulty == std::ssize(judged)) {
      evaluation.Add(std::move(judged.front()));
      continue;
    }
    evaluation.AddDoubtful(*std::ranges::find_if(judged, failed));
  }
}

}  // namespace mockduit
