// The fixtures, the built-in scenarios, the control API's description, docs/checks.md and the
// page's files inside the binary. tools/bake.cc writes the source.
#pragma once

#include <string_view>
#include <vector>

namespace mockduit {

struct BakedFile {
  std::string_view path;  // "fixtures/acme/v1.yaml", "scenarios/rate-limited.yaml"
  std::string_view text;  // other documents than scenarios as JSON, the rest as written
};

const std::vector<BakedFile>& BakedFiles();

}  // namespace mockduit
