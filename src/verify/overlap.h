// Overlap: what the times of two requests tell of whether one reacts to the other. Nothing reacts
// to an answer that it came before; the rest is a matter of how soon.
#pragma once

#include "verify/history.h"

namespace mockduit {

// Several callers who begin at once come within this, or one after the other without a pause;
// whoever goes on with a call that has ended earlier has waited.
inline constexpr Duration kPause = std::chrono::milliseconds(75);

// The same on a machine that is busy.
inline constexpr Duration kBusyPause = std::chrono::milliseconds(300);
// More callers seldom begin at once.
inline constexpr std::size_t kCrowd = 8;

// Whether its client may use the connection again, as far as the request says.
bool KeepsConnection(const Entry& entry);
// Whether the second may react to the answer to the first.
bool ComesAfter(const Entry& before, const Entry& next);
// Whether so much time lies between, beyond a wait that was told, that it begins anew.
bool IsSilence(const Entry& before, const Entry& next);
// Whether the second came after the answer to the first, but may have been decided on before: on a
// connection that was opened although that of the first was kept and idle. A single caller would
// have used that one.
bool MayOverlap(const Entry& first, const Entry& second);
// Whether one may be a hedge of the other: sent while that was still unanswered, but so much later
// that its client may have grown tired of waiting.
bool MayBeHedge(const Entry& one, const Entry& other);

// Of like requests. Whether two, which are all that there are, may be those of two callers who
// began at once.
bool MayBePair(const History::Entries& group);
// The same of a few. They come all at once, each on a new connection although the others are kept,
// or unevenly, as threads and programs start: one caller in a loop is paced by its own work, or by
// its waits. Whoever stops at the first success is one caller.
bool MayBeCrowd(const History::Entries& group);
// Whether no two share one.
bool AreEachOnItsOwnConnection(const History::Entries& group);
// Whether no more than a crowd came without a long pause.
bool ComeInSmallBursts(const History::Entries& group);
// Whether one was sent again at once though it had succeeded: hardly by the same caller.
bool RepeatsSuccess(const History::Entries& group);

}  // namespace mockduit
