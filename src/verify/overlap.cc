#include "verify/overlap.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "http/headers.h"
#include "verify/likeness.h"

namespace mockduit {
namespace {

// Longer than a client waits between attempts where no answer announced a wait.
constexpr Duration kSilence = std::chrono::minutes(10);
// Two on connections of their own, such as programs, start so far apart on a busy machine.
constexpr Duration kApartPause = std::chrono::milliseconds(100);
// The end of a connection is seen so much later than it came.
constexpr Duration kSeenLate = std::chrono::milliseconds(5);
// A connection that is opened so soon after an answer may have been asked for before it.
constexpr Duration kUnseen = std::chrono::milliseconds(20);

std::vector<Duration> GapsOf(const History::Entries& group) {
  std::vector<Duration> gaps;
  for (std::size_t i = 1; i < group.size(); ++i) {
    gaps.push_back(std::max(group[i]->at - group[i - 1]->answered, Duration(0)));
  }
  return gaps;
}

// A program that is started anew for each takes longer than this.
constexpr Duration kStart = std::chrono::milliseconds(5);

// Whether each came on a new connection although the others were kept.
bool OpenConnectionsBesideKeptOnes(const History::Entries& group) {
  return std::ranges::all_of(group, [](const Entry* entry) {
    const auto& wire = entry->exchange->wire;
    return wire && wire->request == 1 && KeepsConnection(*entry);
  });
}

// Whoever opens a connection for each, one after the other, takes longer than this from one request
// to the next, with its own work.
constexpr Duration kRoundTrip = std::chrono::microseconds(300);

// On the whole.
Duration GapBetween(const History::Entries& group) {
  return (group.back()->at - group.front()->at) / (std::ssize(group) - 1);
}

// Longer waits than before are meant; all others differ by chance. A single one that is longer is
// of one caller whom the machine has kept waiting for once.
bool AreUneven(const std::vector<Duration>& gaps) {
  static constexpr Duration kUneven = std::chrono::milliseconds(6);
  if (gaps.size() < 3 || std::ranges::is_sorted(gaps)) return false;
  const auto [shortest, longest] = std::ranges::minmax(gaps);
  const auto long_ones = std::ranges::count_if(gaps, [](Duration gap) { return gap >= kUneven; });
  return long_ones > 1 && longest >= 4 * shortest;
}

}  // namespace

bool KeepsConnection(const Entry& entry) {
  return !EqualsIgnoringCase(entry.request().headers.Get("Connection"), "close");
}

bool ComesAfter(const Entry& before, const Entry& next) { return next.decided >= before.heard; }

bool IsSilence(const Entry& before, const Entry& next) {
  return next.at - before.answered > kSilence + 2 * before.retry_after.value_or(Duration(0));
}

bool MayOverlap(const Entry& first, const Entry& second) {
  const auto& before = first.exchange->wire;
  const auto& after = second.exchange->wire;
  if (!before || !after || before->connection == after->connection || after->request != 1) {
    return false;
  }
  const bool idle = before->closed == Time{} || before->closed > after->opened + kSeenLate;
  return idle && KeepsConnection(first) && ComesAfter(first, second) &&
         second.decided - first.answered <= kUnseen;
}

bool MayBeHedge(const Entry& one, const Entry& other) {
  const auto& [first, second] = one.at <= other.at ? std::tie(one, other) : std::tie(other, one);
  return first.call == second.call && second.at - first.at >= kPause && !ComesAfter(first, second);
}

bool MayBePair(const History::Entries& group) {
  if (group.size() != 2) return false;
  const Entry& first = *group.front();
  const Entry& second = *group.back();
  const Duration gap = second.at - first.at;  // whoever comes behind a slow answer reacts to it
  if (first.connection == second.connection) return first.call == second.call && gap < kPause;
  return IsSame(Compare(first, second)) && gap < kApartPause;
}

bool MayBeCrowd(const History::Entries& group) {
  if (group.size() < 3 || group.size() > kCrowd) return false;
  const auto succeeds = [](const Entry* entry) { return entry->reply == Reply::kSuccess; };
  if (std::ranges::find_if(group, succeeds) == group.end() - 1) return false;
  const std::vector<Duration> gaps = GapsOf(group);
  const auto short_ones = std::ranges::count_if(gaps, [](Duration gap) { return gap < kPause; });
  const auto all = std::ranges::ssize(gaps);
  const Duration longest = std::ranges::max(gaps);
  if (longest >= kBusyPause || short_ones * 3 < all * 2) return false;
  if (AreEachOnItsOwnConnection(group) && GapBetween(group) < kRoundTrip) return true;
  const bool at_once = longest < kPause && std::ranges::min(gaps) < kStart;
  return (at_once && OpenConnectionsBesideKeptOnes(group)) || AreUneven(gaps);
}

bool AreEachOnItsOwnConnection(const History::Entries& group) {
  std::set<std::uint64_t> connections{0};  // 0: unknown
  return std::ranges::all_of(
      group, [&](const Entry* entry) { return connections.insert(entry->connection).second; });
}

bool ComeInSmallBursts(const History::Entries& group) {
  std::size_t burst = 0;
  for (std::size_t i = 0; i < group.size(); ++i) {
    burst = i > 0 && group[i]->at - group[i - 1]->at < kBusyPause ? burst + 1 : 1;
    if (burst > kCrowd) return false;
  }
  return true;
}

bool RepeatsSuccess(const History::Entries& group) {
  for (std::size_t i = 1; i < group.size(); ++i) {
    const Entry& before = *group[i - 1];
    if (before.reply == Reply::kSuccess && ComesAfter(before, *group[i]) &&
        group[i]->at - before.answered < kPause && before.call == group[i]->call) {
      return true;
    }
  }
  return false;
}

}  // namespace mockduit
