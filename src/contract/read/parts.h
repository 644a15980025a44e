// Parts: how the files of an edition become one document, and what a file says once for all of its
// answers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/yaml.h"

namespace mockduit {

// Writes out what a file, or a part of it, says once. `vendor_block` is the x-mockduit block of the
// whole. Each operation gets the `answers` of its file, where it does not list that status itself.
// An answer gets the outcome of its status, the source that its document makes of the operation and
// the status, and the headers of its class of outcome, each where it does not say it itself. The
// source of an answer in components that names a document stays a pattern.
void SpreadDefaults(Json& document, const Json& vendor_block);

// The source that a document's pattern makes of an answer of an operation.
std::string SourceOf(std::string pattern, const std::string& operation, const std::string& status);

// What a pattern of `documents` may hold in braces.
std::vector<std::string> DocumentWords();

// "get", "post" …: a key of a path that is an operation.
bool IsMethod(std::string_view key);

// The edition that a file is a part of; "" when it is none.
std::string PartOf(const Json& document);

}  // namespace mockduit
