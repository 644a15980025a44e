// ReadCutDocument: a document of other people, of which what is nested too deep is left out rather
// than the whole refused.
#pragma once

#include "base/file.h"
#include "base/result.h"
#include "base/yaml.h"

namespace mockduit {

// As ReadDocument reads it, but for those.
Read<CutDocument> ReadCutDocument(const TextFile& file);

}  // namespace mockduit
