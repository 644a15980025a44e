// References: where a "$ref" of a document leads. Used wherever a document is read.
#pragma once

#include <optional>
#include <string>

#include "base/json.h"

namespace mockduit {

// Why a "$ref" leads nowhere in the document `root`, with the nearest that is there; nothing when
// it leads somewhere.
std::optional<std::string> WhyNowhere(const Json& ref, const Json& root);

}  // namespace mockduit
