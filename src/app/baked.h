// The fixtures, the built-in scenarios and the control API's description inside the binary.
// tools/bake.cc writes the source.
#pragma once

#include <string_view>
#include <vector>

namespace mockduit {

struct BakedFile {
  std::string_view path;  // "fixtures/acme/v1.yaml", "scenarios/rate-limited.yaml"
  std::string_view text;  // scenarios as written, the others as JSON
};

const std::vector<BakedFile>& BakedFiles();

}  // namespace mockduit
