// The fixtures, the built-in scenarios, the control API's description, docs/checks.md and the
// page's files inside the binary. tools/bake.cc writes the source.
#pragma once

#include <string_view>
#include <vector>

#include "contract/read/pieces.h"

namespace mockduit {

struct BakedFile {
  std::string_view path;  // "scenarios/rate-limited.yaml"
  std::string_view text;  // other documents than scenarios as JSON, the rest as written
  std::string_view json;  // what a scenario says
};

const std::vector<BakedFile>& BakedFiles();
// Below fixtures/, the files of a vendor behind each other.
const std::vector<FilePieces>& BakedFixtures();

}  // namespace mockduit
