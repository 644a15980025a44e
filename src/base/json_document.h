// JSON read as a document: with the place of every key and value, as YAML is.
#pragma once

#include "base/problem.h"
#include "base/result.h"
#include "base/yaml.h"

namespace mockduit {

// Reports text that is no JSON, with its byte, and every repeated key.
Read<YamlDocument> ReadJsonDocument(const TextFile& file);

}  // namespace mockduit
