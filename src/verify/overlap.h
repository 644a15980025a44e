// Overlap: what the times of two requests tell of whether one reacts to the other. Nothing reacts
// to an answer that it came before; the rest is a matter of how soon.
#pragma once

#include "verify/history.h"

namespace mockduit {

// Several callers who begin at once come within this, or one after the other without a pause;
// whoever goes on with a call that has ended earlier has waited.
inline constexpr Duration kPause = std::chrono::milliseconds(75);

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

// Of like requests. Whether two, which are all that there are, may be those of two callers who
// began at once. More of them, none of which overlaps, are one caller's, but for a crowd
// (client_call.h).
bool MayBePair(const History::Entries& group);
// Whether one was sent again at once though it had succeeded: hardly by the same caller.
bool RepeatsSuccess(const History::Entries& group);

}  // namespace mockduit
