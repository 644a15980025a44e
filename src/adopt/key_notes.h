// KeyNotes: the keys of a foreign document's paths, operations and answers that OpenAPI does not
// know, or that have what cannot stand there. Nothing is done by them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "adopt/whole_document.h"

namespace mockduit {

// By pointer. Parameters and schemas are told when an operation is read.
std::vector<std::pair<std::string, std::string>> KeyNotesOf(WholeDocument& document);

}  // namespace mockduit
