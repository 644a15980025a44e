// Play: what the client's Prefer header, or the scenario, says of the answer.
#pragma once

#include <optional>

#include "engine/answer.h"
#include "engine/call.h"

namespace mockduit {

// Reads the client's Prefer header into the call's decision. Gives an answer when it asks for what
// is not there.
std::optional<Answer> ReadPreference(Call& call);

// Finds the play that is due by the scenario's rules and consumes it, in one step. Gives an answer
// when the session was reset meanwhile.
std::optional<Answer> TakePlay(Call& call);

// What the call's play says, to the letter. `unseen` are the facts of an operation that happened
// although the answer does not say so.
Answer AnswerPlay(const Call& call, const Play& play, Facts unseen);

}  // namespace mockduit
