// What messages say of kinds and members that a contract does not have. The readers of contracts
// and seeds use it, and the check of resources that users give.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "contract/language/kind.h"

namespace mockduit {

// Why there is no kind of that name, for a message that begins "'NAME' is no kind of …": what is
// nearest, or which kinds there are. Nothing where the kind may be there after all: it is one of
// these; or no kinds are declared and none is near, and a seed may bring it.
std::optional<std::string> WhyNoKind(const Kinds& kinds, const std::string& name);
// What a message says of a dotted path of which the kind lacks `member`: `at` has no such member,
// and stands at `passed` ("lock.", or "").
std::string NoMember(const std::string& kind, std::string_view path, const std::string& passed,
                     std::string_view member, const Shape& at);
// The same of a path at which a map must stand, since the kind declares members below it.
std::string NoMap(const std::string& kind, const std::string& path, const Shape& shape);

}  // namespace mockduit
