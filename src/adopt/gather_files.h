// GatherFiles: an OpenAPI document and the files that its "$ref"s lead to, as one document that
// leads to itself alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/yaml.h"

namespace mockduit {

struct OneDocument {
  YamlDocument yaml;
  std::vector<Problem> notes;           // references that lead nowhere, which were left as they are
  std::vector<std::string> others;      // the paths of the files that were taken in
  std::optional<YamlDocument> overlay;  // what people have added to it, where they have
};

// Bytes of all files of a document together.
inline constexpr std::size_t kMaxOpenApiBytes = 32 * 1024UZ * 1024;

// What stands in other files is put below components/files. Files are taken only from the folder
// of the document and those below it, never from the network; a reference elsewhere is a note.
// What is nested too deep is left out, which is a note.
// The error is a document that cannot be read, or that is not OpenAPI 3. One that cannot be opened
// is a problem of no file, whose words name it.
Read<OneDocument> ReadOpenApi(const std::string& path, const Files& files = DiskFiles());

}  // namespace mockduit
