// Files by their text: the only door to the file system.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"

namespace mockduit {

struct TextFile {
  std::string path;  // as it is named in messages
  std::string text;
};

// Read whole. The error names the path and the system's reason.
Result<TextFile> ReadFile(const std::string& path);
// Every file beneath a directory whose name ends in `suffix`, sorted by path.
Result<std::vector<TextFile>> ReadFiles(const std::string& directory, const std::string& suffix);
// Writes a whole file, replacing what was there.
Result<void> WriteFile(const std::string& path, const std::string& text);

// The document in a file: JSON when the text begins with '{' (fast, no positions), else YAML.
Read<YamlDocument> ReadDocument(const TextFile& file);

}  // namespace mockduit
