// Gather: what is said here and there in a contract's document, put together. The reader of
// contracts uses it; it reports no mistakes.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "contract/language/names.h"

namespace mockduit {

// The headers that some parameter, credential or demand of the contract names, and those that every
// client may send. Where the contract names none, any may come.
Shape HeadersOf(const Json& document);
// The hosts of its `servers`, in small letters.
std::vector<std::string> HostsOf(const Json& document);
// The members and parameters whose schemas say that they, or what is in them, are read back by
// nobody, added to `secrets`.
void GatherSecrets(const Json& json, std::vector<std::string>& secrets);

}  // namespace mockduit
