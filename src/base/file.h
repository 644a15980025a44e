// Files by their text, read and saved whole. Nothing here throws. The last argument of each
// function is the file system, which tests replace.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "base/result.h"
#include "base/yaml.h"

namespace mockduit {

// How the names of the files end that hold contracts and scenarios.
inline constexpr std::string_view kDocumentEndings[] = {".yaml", ".yml", ".json"};

// Read whole. The error names the path and the system's reason.
Result<TextFile> ReadFile(const std::string& path, const Files& files = DiskFiles());
// Every document beneath a directory, by the ending of its name, sorted by path. Links are
// followed, each folder is read once, and what begins with a dot is passed over.
Result<std::vector<TextFile>> ReadFiles(const std::string& directory,
                                        const Files& files = DiskFiles());
// A problem for each file beneath it that looks like a document and is not read: for its name, or
// because it is a link that leads to no file, or to itself.
std::vector<Problem> FindLookAlikes(const std::string& directory, const Files& files = DiskFiles());
// Files of one folder whose names are the same but for the ending: "v1.yaml" and "v1.json".
std::vector<Problem> FindTwins(const std::vector<TextFile>& files);

// Writes a whole file, replacing what was there.
Result<void> WriteFile(const std::string& path, const std::string& text,
                       const Files& files = DiskFiles());
bool FileExists(const std::string& path, const Files& files = DiskFiles());
bool IsDirectory(const std::string& path, const Files& files = DiskFiles());

// What changes when a file does.
struct FileStamp {
  std::string path;
  std::int64_t modified = 0;  // in the file system's own ticks
  std::uintmax_t size = 0;

  bool operator==(const FileStamp&) const = default;
};
// As ReadFiles, without reading. A directory that cannot be read gives none.
std::vector<FileStamp> StampFiles(const std::string& directory, const Files& files = DiskFiles());

// "cannot read PATH: why", as an error of kind kIo.
std::unexpected<Error> CannotRead(const std::string& path, const std::error_code& why);
std::unexpected<Error> CannotWrite(const std::string& path, const std::error_code& why);
// The folder of a path; "." where it names none.
std::string FolderOf(const std::string& path);

// The document in a file: JSON where its name says so, or the text is JSON; else YAML.
Read<YamlDocument> ReadDocument(const TextFile& file);

}  // namespace mockduit
