// Parts: how the files of an edition become one document.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/yaml.h"

namespace mockduit {

// Gives every operation of a file the answers that its x-mockduit block has for all of them, where
// the operation does not list that status itself.
void SpreadAnswers(Json& document);

// "get", "post" …: a key of a path that is an operation.
bool IsMethod(std::string_view key);

// The edition that a file is a part of; "" when it is none.
std::string PartOf(const Json& document);

}  // namespace mockduit
