// ReadCutDocument: a document of other people, of which what is nested too deep is left out rather
// than the whole refused.
#pragma once

#include <vector>

#include "base/problem.h"
#include "base/result.h"
#include "base/yaml.h"

namespace mockduit {

struct CutDocument {
  YamlDocument document;
  // The maps and lists that stand deeper than Json::kMaxDepth: each is a 0 in it.
  std::vector<Problem> cut;
};

// As ReadDocument reads it, but for those.
Read<CutDocument> ReadCutDocument(const TextFile& file);

// For ReadCutDocument: YAML of that kind. Nested deeper than yaml-cpp goes, it is refused.
Read<CutDocument> ReadCutYaml(std::string file, std::string_view text);

}  // namespace mockduit
