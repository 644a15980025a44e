// Reads a scenario file. Every mistake is reported with its place and the nearest right word.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/file.h"
#include "base/result.h"
#include "contract/catalog.h"
#include "scenario/play_extension.h"
#include "scenario/scenario.h"

namespace mockduit {

// `file.path` names the scenario where the text does not. `catalog` says which operations,
// outcomes and variants there are, `extensions` which keys of plays beside the language's own.
Read<std::shared_ptr<const Scenario>> ReadScenario(const TextFile& file, const Catalog& catalog,
                                                   const PlayExtensions& extensions = {});

// A match that stands alone, as in the body of a count.
Read<Match> ReadMatchOf(const TextFile& file, const Catalog& catalog);

}  // namespace mockduit
