// The version of the format in which sessions are kept in a file; docs/state-file.md describes the
// format. Whoever writes or reads such a file calls this around Sessions::Save and Restore.
#pragma once

#include "base/json.h"
#include "base/result.h"

namespace mockduit {

// Rises when a program that knows the version before would take the file up wrongly. Files of
// earlier versions must stay readable.
inline constexpr int kStateVersion = 1;

// What Sessions::Save gave, with the version in front.
Json WithStateVersion(Json state);
// The error says why this program does not read that state.
Result<void> CheckStateVersion(const Json& state);

}  // namespace mockduit
