// JSON read as a document: with the place of every key and value, as YAML is.
#pragma once

#include "base/problem.h"
#include "base/result.h"
#include "base/yaml.h"

namespace mockduit {

// Reports text that is no JSON, with its byte, and every repeated key. A key that is too long is a
// mistake where `cut` is nullptr, else its member is left out and told there.
Read<YamlDocument> ReadJsonDocument(const TextFile& file, std::vector<Problem>* cut = nullptr);

}  // namespace mockduit
