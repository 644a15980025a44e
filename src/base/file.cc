#include "base/file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "base/json_document.h"
#include "base/text.h"

namespace mockduit {

namespace {

constexpr int kMaxFolders = 32;  // one in another

bool EndsAsDocument(std::string_view name) {
  return std::ranges::any_of(kDocumentEndings,
                             [&](std::string_view ending) { return name.ends_with(ending); });
}

// "mine.YAML", "mine.yaml~", "mine.yml.txt": somebody may think that it is read.
bool LooksLikeDocument(std::string_view name) {
  const std::string lower = LowerCase(name);
  return std::ranges::any_of(kDocumentEndings, [&](std::string_view ending) {
    const std::size_t found = lower.rfind(ending);
    if (found == std::string::npos || found == 0) return false;
    const std::size_t end = found + ending.size();
    return end == lower.size() || std::string_view("~.-_# ").contains(lower[end]);
  });
}

// Finds the documents below a folder. Names that begin with a dot are passed over: they are not
// meant to be seen, such as the folders from which a ConfigMap's links lead to its files.
class Walk {
 public:
  std::vector<std::filesystem::directory_entry> documents;
  std::vector<std::filesystem::directory_entry> look_alikes;

  // The error is a folder that cannot be read.
  Result<void> Through(const std::filesystem::path& folder, int depth = 0) {
    std::error_code failure;
    // By another way it may have been here already.
    if (!seen_.insert(std::filesystem::canonical(folder, failure)).second) return {};
    std::vector<std::filesystem::directory_entry> entries;
    std::filesystem::directory_iterator entry(folder, failure);
    for (; !failure && entry != std::filesystem::end(entry); entry.increment(failure)) {
      if (!entry->path().filename().string().starts_with('.')) entries.push_back(*entry);
    }
    if (failure) return Fail("cannot read " + folder.string() + ": " + failure.message());
    std::ranges::sort(entries);
    for (const auto& found : entries) {
      std::error_code gone;
      const std::string name = found.path().filename().string();
      if (found.is_directory(gone)) {
        if (depth == kMaxFolders) continue;
        if (auto below = Through(found.path(), depth + 1); !below) return below;
      } else if (EndsAsDocument(name) && found.is_regular_file(gone)) {
        documents.push_back(found);
      } else if (LooksLikeDocument(name)) {
        look_alikes.push_back(found);
      }
    }
    return {};
  }

 private:
  std::set<std::filesystem::path> seen_;
};

std::string WithoutEnding(const std::string& path) { return path.substr(0, path.rfind('.')); }

}  // namespace

Result<TextFile> ReadFile(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  std::string text;
  try {
    text.assign(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
  } catch (const std::ios_base::failure&) {  // of a directory, even with exceptions off
    stream.setstate(std::ios::badbit);
  }
  if (!stream) return Fail(ErrorKind::kIo, "cannot read " + path + ": " + std::strerror(errno));
  return TextFile{path, std::move(text)};
}

Result<std::vector<TextFile>> ReadFiles(const std::string& directory) {
  Walk walk;
  if (const auto walked = walk.Through(directory); !walked) {
    return std::unexpected(walked.error());
  }
  std::vector<TextFile> files;
  for (const auto& document : walk.documents) {
    auto file = ReadFile(document.path().string());
    if (!file) return std::unexpected(file.error());
    files.push_back(std::move(*file));
  }
  std::ranges::sort(files, {}, &TextFile::path);
  return files;
}

std::vector<Problem> FindLookAlikes(const std::string& directory) {
  Walk walk;
  std::vector<Problem> problems;
  if (!walk.Through(directory)) return problems;
  for (const auto& file : walk.look_alikes) {
    std::error_code gone;
    const bool lost = file.is_symlink(gone) && !file.exists(gone);
    const char* why = lost ? "not read: the link leads to no file"
                           : "not read: only what ends in .yaml, .yml or .json is";
    problems.push_back({file.path().string(), 0, 0, why, {}, {}});
  }
  return problems;
}

std::vector<Problem> FindTwins(const std::vector<TextFile>& files) {
  std::vector<Problem> twins;
  std::map<std::string, std::string> seen;  // by the path without its ending
  for (const TextFile& file : files) {
    const auto [first, is_new] = seen.emplace(WithoutEnding(file.path), file.path);
    if (is_new || first->second == file.path) continue;
    twins.push_back({file.path,
                     0,
                     0,
                     "this stands beside " + first->second + "; two files need two names",
                     {},
                     {}});
  }
  return twins;
}

Result<void> WriteFile(const std::string& path, const std::string& text) {
  std::ofstream stream(path, std::ios::binary | std::ios::trunc);
  stream << text << std::flush;
  if (!stream) return Fail(ErrorKind::kIo, "cannot write " + path + ": " + std::strerror(errno));
  return {};
}

Result<void> WriteFileAtomically(const std::string& path, const std::string& text) {
  const auto failed = [&](const std::string& file) {
    return Fail(ErrorKind::kIo, "cannot write " + file + ": " + std::strerror(errno));
  };
  const std::string temporary = path + ".new";
  const int file = open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return failed(temporary);
  std::string_view left = text;
  while (!left.empty()) {
    const ssize_t written = write(file, left.data(), left.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) break;
    left.remove_prefix(static_cast<std::size_t>(written));
  }
  const bool whole = left.empty() && fsync(file) == 0;
  if (close(file) != 0 || !whole) return failed(temporary);
  if (std::rename(temporary.c_str(), path.c_str()) != 0) return failed(path);
  // The new name lasts only once the directory is on the disk, too.
  const std::string directory = std::filesystem::path(path).parent_path().string();
  const int folder = open(directory.empty() ? "." : directory.c_str(), O_RDONLY | O_CLOEXEC);
  if (folder < 0) return failed(directory);
  const bool lasts = fsync(folder) == 0;
  close(folder);
  if (!lasts) return failed(directory);
  return {};
}

bool FileExists(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

bool IsDirectory(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::is_directory(path, ignored);
}

Result<void> RenameFile(const std::string& from, const std::string& to) {
  if (std::rename(from.c_str(), to.c_str()) == 0) return {};
  return Fail(ErrorKind::kIo, "cannot rename " + from + " to " + to + ": " + std::strerror(errno));
}

std::vector<FileStamp> StampFiles(const std::string& directory) {
  Walk walk;
  std::vector<FileStamp> stamps;
  if (!walk.Through(directory)) return stamps;
  for (const auto& document : walk.documents) {
    std::error_code gone;
    const auto modified = document.last_write_time(gone).time_since_epoch().count();
    const std::uintmax_t size = document.file_size(gone);
    if (!gone) stamps.push_back({document.path().string(), modified, size});
  }
  std::ranges::sort(stamps, {}, &FileStamp::path);
  return stamps;
}

Read<YamlDocument> ReadDocument(const TextFile& file) {
  if (file.path.ends_with(".json")) return ReadJsonDocument(file);
  const std::string_view text = file.text;
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  const bool may_be_json =
      first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
  if (may_be_json && Json::Parse(text)) return ReadJsonDocument(file);
  return ReadYaml(file.path, file.text);
}

}  // namespace mockduit
