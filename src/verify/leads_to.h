// Where an answer leads: whether a request goes where a redirect pointed.
#pragma once

#include <string_view>

#include "verify/entry.h"

namespace mockduit {

// "/boxes" of "http://host/@session/boxes?limit=1#top", as far as a path can end like that. Says
// nothing of the host.
bool LeadsTo(std::string_view location, const Entry& next);

}  // namespace mockduit
