// Files by their text: the only door to the file system.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"

namespace mockduit {

// A JSON error with its place in the file.
Problem AtOffset(const TextFile& file, const JsonError& error);

// Read whole. The error names the path and the system's reason.
Result<TextFile> ReadFile(const std::string& path);
// Every file beneath a directory whose name ends in `suffix`, sorted by path.
Result<std::vector<TextFile>> ReadFiles(const std::string& directory, const std::string& suffix);
// Writes a whole file, replacing what was there.
Result<void> WriteFile(const std::string& path, const std::string& text);
// The same, in one step and for good: whoever reads the file, even after a crash, finds the old
// text or the new one, whole.
Result<void> WriteFileAtomically(const std::string& path, const std::string& text);
bool FileExists(const std::string& path);
bool IsDirectory(const std::string& path);
// Replaces `to`.
Result<void> RenameFile(const std::string& from, const std::string& to);

// What changes when a file does.
struct FileStamp {
  std::string path;
  std::int64_t modified = 0;  // in the file system's own ticks
  std::uintmax_t size = 0;

  bool operator==(const FileStamp&) const = default;
};
// As ReadFiles, without reading. A directory that cannot be read gives none.
std::vector<FileStamp> StampFiles(const std::string& directory, const std::string& suffix);

// The document in a file: JSON when the text begins with '{' or '[' (fast, no positions), else
// YAML.
Read<YamlDocument> ReadDocument(const TextFile& file);

}  // namespace mockduit
