// The fixtures and the built-in scenarios inside the binary. tools/bake.cc writes the source.
#pragma once

#include <string_view>
#include <vector>

namespace mockduit {

struct BakedFile {
  std::string_view path;  // "fixtures/fivetran/v1.yaml", "scenarios/rate-limited.yaml"
  std::string_view text;  // fixtures as JSON, scenarios as written
};

const std::vector<BakedFile>& BakedFiles();

}  // namespace mockduit
