#include "verify/readings.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <unordered_map>
#include <utility>

#include "verify/hash.h"
#include "verify/identity.h"
#include "verify/overlap.h"

namespace mockduit {
namespace {

using Entries = History::Entries;

// How an attempt that may go on with several calls, or begin one, is read.
enum class Guess {
  kPatient,    // goes on with the call that has waited long enough, and longest
  kApart,      // goes on only with one that it has waited after, by kPause
  kFarApart,   // the same, by kBusyPause
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

// Reads a group of like requests by one guess.
class Reader {
 public:
  Reader(const AlikeRequests& alike, const Identities& identities, Guess guess)
      : alike_(alike),
        identities_(identities),
        guess_(guess),
        pause_(guess == Guess::kFarApart ? kBusyPause : kPause) {
    for (const Entry* entry : alike.entries) Take(*entry);
  }

  Reading TakeReading() { return std::move(calls_); }
  // Whether an attempt came while another was under way.
  bool overlaps() const { return overlaps_; }

 private:
  void Take(const Entry& entry) {
    const std::uint64_t identity = identities_.Of(entry);
    NoteOverlap(entry);
    if (latest_ == nullptr || entry.at - latest_->at >= pause_) last_pause_ = entry.at;
    latest_ = &entry;
    const std::size_t call = FindCall(entry, identity);
    if (call == calls_.size()) {
      calls_.push_back({.attempts = {}, .identified = identity != 0});
      identity_.push_back(identity);
    }
    calls_[call].attempts.push_back(&entry);
    if (ended_last_ == nullptr || entry.answered >= ended_last_->answered) ended_last_ = &entry;
    under_way_.push_back(&entry);
  }

  void NoteOverlap(const Entry& entry) {
    if (overlaps_) return;  // once is enough
    std::erase_if(under_way_, [&](const Entry* other) { return entry.decided >= other->answered; });
    overlaps_ = !under_way_.empty() || (ended_last_ != nullptr && MayOverlap(*ended_last_, entry));
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
    const bool certain =
        identity != 0 || AttemptOf(entry).has_value() || alike_.spoilt.contains(&entry);
    const auto is_at_once = [&](std::size_t call) {
      const Time ended = calls_[call].last().answered;
      return entry.at - ended < pause_ || ended >= last_pause_;
    };
    const bool apart = guess_ == Guess::kApart || guess_ == Guess::kFarApart;
    if (apart && !certain) std::erase_if(open, is_at_once);
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

  const AlikeRequests& alike_;
  const Identities& identities_;
  const Guess guess_;
  const Duration pause_;
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

// Whether each tried several times, and all ended alike.
bool EndAlike(const Reading& calls) {
  const ClientCall& first = calls.front();
  return std::ranges::all_of(calls, [&](const ClientCall& call) {
    return call.attempts.size() > 1 && call.succeeded() == first.succeeded() &&
           (first.succeeded() || call.attempts.size() == first.attempts.size()) &&
           std::ranges::none_of(call.attempts.begin(), call.attempts.end() - 1,
                                [](const Entry* entry) { return entry->reply == Reply::kSuccess; });
  });
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
  return calls.size() > 1 && EndAlike(calls) ? std::optional(std::move(calls)) : std::nullopt;
}

// Each of them by itself.
Reading Alone(const Entries& group) {
  Reading calls;
  for (const Entry* entry : group) calls.push_back({.attempts = {entry}});
  return calls;
}

// A few, of whom some overlapped, each on a connection of its own, and none came through: programs
// that make one call each. Those that came later may be further ones, and no attempts of the first.
std::optional<Reading> EachItsOwn(const Entries& group, const Identities& identities) {
  const bool tells_apart = std::ranges::any_of(group, [&](const Entry* entry) {
    return identities.Of(*entry) != 0 || entry->reply == Reply::kSuccess;
  });
  if (group.size() > kCrowd || tells_apart) return std::nullopt;
  if (!AreEachOnItsOwnConnection(group)) return std::nullopt;
  return Alone(group);
}

// Many callers that never overlapped, who went on in turn after a pause. Of a few, one caller who
// paused in the middle of trying again at once looks the same.
std::optional<Reading> ByPauses(const AlikeRequests& alike, const Identities& identities) {
  if (alike.entries.size() < 2 * kCrowd) return std::nullopt;
  Reading calls = Reader(alike, identities, Guess::kApart).TakeReading();
  return calls.size() >= kCrowd && EndAlike(calls) ? std::optional(std::move(calls)) : std::nullopt;
}

// The same where they pause too seldom to tell each round of theirs from the next: as many as come
// in the last one, and a multiple of that in each before. One caller in a loop pauses by chance.
std::optional<Reading> ByRounds(const Entries& group) {
  std::vector<std::size_t> rounds;
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (i == 0 || group[i]->at - group[i - 1]->at >= kPause) rounds.push_back(0);
    ++rounds.back();
  }
  const std::size_t callers = rounds.back();
  const auto is_whole = [&](std::size_t round) { return round % callers == 0; };
  if (callers < kCrowd || rounds.size() < 2 || !std::ranges::all_of(rounds, is_whole)) {
    return std::nullopt;
  }
  Reading calls(callers);
  for (std::size_t i = 0; i < group.size(); ++i) calls[i % callers].attempts.push_back(group[i]);
  return EndAlike(calls) ? std::optional(std::move(calls)) : std::nullopt;
}

// Of requests with several credentials, each used too seldom to tell whether one client renews it
// or several have one each.
std::optional<Reading> ByCredential(const Entries& group) {
  std::unordered_map<std::uint64_t, std::size_t> known;
  Reading calls;
  for (const Entry* entry : group) {
    const auto [found, fresh] = known.try_emplace(entry->exchange->marks.credential, calls.size());
    if (fresh) calls.emplace_back();
    ClientCall& call = calls[found->second];
    if (!call.attempts.empty() && call.succeeded()) return std::nullopt;
    call.attempts.push_back(entry);
  }
  return calls.size() > 1 ? std::optional(std::move(calls)) : std::nullopt;
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
  const bool apart = call.first().connection != other.first().connection;
  return call.attempts.size() > 1 || truncated || (apart && !call.first().Reads());
}

// Callers that never overlapped, of whom each waited about as long as it was told, and came
// through. One caller who did not wait would have come through once.
std::optional<Reading> ByTheTold(const AlikeRequests& alike, const Identities& identities,
                                 bool truncated) {
  Reading calls = Reader(alike, identities, Guess::kByTheTold).TakeReading();
  const bool likely = calls.size() > 1 && std::ranges::all_of(calls, [&](const ClientCall& call) {
                        return IsPrompt(call) && MayBeLucky(call, calls.front(), truncated);
                      });
  return likely ? std::optional(std::move(calls)) : std::nullopt;
}

// Whether several began together, and whoever failed, and nobody else, came again after a pause,
// and so on: what comes in the later rounds is tried again, and no call that begins late.
bool TryAgainInRounds(const Entries& group) {
  std::size_t round = 0;   // requests in this one
  std::size_t failed = 0;  // of which have not come through
  std::optional<std::size_t> due;
  Time heard{};  // the first answer to the first round
  const auto is_whole = [&] { return due ? round == *due : round > 1; };
  for (std::size_t i = 0; i < group.size(); ++i) {
    const Entry& entry = *group[i];
    if (i > 0 && entry.at - group[i - 1]->at >= kPause) {
      if (!is_whole()) return false;
      due = std::exchange(failed, 0);
      round = 0;
    }
    if (i == 0 || (!due && entry.heard < heard)) heard = entry.heard;
    if (!due && entry.decided >= heard) return false;
    ++round;
    if (entry.reply != Reply::kSuccess) ++failed;
  }
  return due && is_whole();
}

// Every way that is possible beside the patient one, the likely ones first.
LikeRequests ReadGroup(const AlikeRequests& alike, bool one_client, bool truncated) {
  const Entries& group = alike.entries;
  const Identities identities(group);
  LikeRequests read;
  Reader patient(alike, identities, Guess::kPatient);
  const bool pair = !one_client && MayBePair(group);
  const bool crowd = !one_client && MayBeCrowd(group);
  const bool repeats = RepeatsSuccess(group);
  const bool reads = group.front()->Reads();
  const bool overlaps = patient.overlaps();
  read.overlap = overlaps || crowd || (repeats && !reads) || alike.renamed ||
                 (pair && group.front()->connection != group.back()->connection);
  read.renamed = alike.renamed;
  read.readings.push_back(patient.TakeReading());
  const auto add = [&](Reading reading) {
    const auto same = [&](const Reading& known) { return Same(known, reading); };
    if (std::ranges::none_of(read.readings, same)) read.readings.push_back(std::move(reading));
  };
  if (alike.renamed) add(Alone(group));
  if (read.overlap || repeats || pair) {
    add(Reader(alike, identities, Guess::kApart).TakeReading());
  }
  const bool programs = overlaps && AreEachOnItsOwnConnection(group);
  const bool begins_late = repeats && !TryAgainInRounds(group);
  if ((programs || crowd || begins_late || pair) && ComeInSmallBursts(group)) {
    add(Reader(alike, identities, Guess::kFarApart).TakeReading());
  }
  if (overlaps) {
    if (auto apart = EachItsOwn(group, identities)) add(std::move(*apart));
  }
  if (auto apart = ByPauses(alike, identities)) add(std::move(*apart));
  if (auto apart = ByRounds(group)) add(std::move(*apart));
  if (auto apart = ByConnection(group)) add(std::move(*apart));
  if (auto apart = ByCredential(group)) add(std::move(*apart));
  if (auto apart = ByTheTold(alike, identities, truncated)) add(std::move(*apart));
  return read;
}

}  // namespace

LikeRequests ReadCalls(const AlikeRequests& alike, bool one_client, bool truncated) {
  LikeRequests read = ReadGroup(alike, one_client, truncated);
  for (Reading& reading : read.readings) {
    for (ClientCall& call : reading) call.certain = read.readings.size() == 1;
  }
  return read;
}

}  // namespace mockduit
