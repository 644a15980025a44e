// Files by their text: the only door to the file system. Nothing here throws.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"

namespace mockduit {

// How the names of the files end that hold contracts and scenarios.
inline constexpr std::string_view kDocumentEndings[] = {".yaml", ".yml", ".json"};

// Read whole. The error names the path and the system's reason.
Result<TextFile> ReadFile(const std::string& path);
// Every document beneath a directory, by the ending of its name, sorted by path. Links are
// followed, each folder is read once, and what begins with a dot is passed over.
Result<std::vector<TextFile>> ReadFiles(const std::string& directory);
// A problem for each file beneath it that looks like a document and is not read, for its name.
std::vector<Problem> FindLookAlikes(const std::string& directory);
// Files of one folder whose names are the same but for the ending: "v1.yaml" and "v1.json".
std::vector<Problem> FindTwins(const std::vector<TextFile>& files);

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
std::vector<FileStamp> StampFiles(const std::string& directory);

// The document in a file: JSON where its name says so, or the text is JSON; else YAML.
Read<YamlDocument> ReadDocument(const TextFile& file);

}  // namespace mockduit
