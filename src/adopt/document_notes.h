// DocumentNotes: what is wrong in a foreign document though no operation has to be read to see it:
// references that lead nowhere, credentials of no known scheme, examples and defaults that their
// own schema refuses.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "adopt/whole_document.h"

namespace mockduit {

// By pointer. What schemas refer to is told when they are compiled.
std::vector<std::pair<std::string, std::string>> NotesOf(WholeDocument& document);

}  // namespace mockduit
