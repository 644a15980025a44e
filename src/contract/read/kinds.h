// What a contract that declares no kinds has of them: all that it stores. The catalog gathers it
// from all files of a vendor before it reads them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "contract/language/kind.h"

namespace mockduit {

// Adds the kinds that the effects and lifecycles of a document, or one of its parts, store.
void GatherKinds(const Json& document, Kinds& kinds);
// Adds the kinds of a seed's resources.
void GatherSeedKinds(const Json& seed, Kinds& kinds);

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
