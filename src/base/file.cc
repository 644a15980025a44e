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

namespace mockduit {

Problem AtOffset(const TextFile& file, const JsonError& error) {
  const std::string_view before = std::string_view(file.text).substr(0, error.offset);
  const auto lines = std::ranges::count(before, '\n');
  const std::size_t line_start = before.rfind('\n') + 1;  // 0 on the first line
  return ProblemAt(file, static_cast<int>(lines) + 1, before.size() - line_start, error.message);
}

Result<TextFile> ReadFile(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  std::string text;
  try {
    text.assign(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
  } catch (const std::ios_base::failure&) {  // of a directory, even with exceptions off
    stream.setstate(std::ios::badbit);
  }
  if (!stream) return Fail("cannot read " + path + ": " + std::strerror(errno));
  return TextFile{path, std::move(text)};
}

Result<std::vector<TextFile>> ReadFiles(const std::string& directory, const std::string& suffix) {
  std::error_code failure;
  std::vector<std::string> paths;
  std::filesystem::recursive_directory_iterator entry(directory, failure);
  for (; !failure && entry != std::filesystem::end(entry); entry.increment(failure)) {
    if (!entry->is_regular_file() || !entry->path().string().ends_with(suffix)) continue;
    paths.push_back(entry->path().string());
  }
  if (failure) return Fail("cannot read " + directory + ": " + failure.message());
  std::ranges::sort(paths);
  std::vector<TextFile> files;
  for (const std::string& path : paths) {
    auto file = ReadFile(path);
    if (!file) return std::unexpected(file.error());
    files.push_back(std::move(*file));
  }
  return files;
}

Result<void> WriteFile(const std::string& path, const std::string& text) {
  std::ofstream stream(path, std::ios::binary | std::ios::trunc);
  stream << text << std::flush;
  if (!stream) return Fail("cannot write " + path + ": " + std::strerror(errno));
  return {};
}

Result<void> WriteFileAtomically(const std::string& path, const std::string& text) {
  const auto failed = [&](const std::string& file) {
    return Fail("cannot write " + file + ": " + std::strerror(errno));
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
  return Fail("cannot rename " + from + " to " + to + ": " + std::strerror(errno));
}

std::vector<FileStamp> StampFiles(const std::string& directory, const std::string& suffix) {
  std::vector<FileStamp> stamps;
  std::error_code failure;
  std::filesystem::recursive_directory_iterator entry(directory, failure);
  for (; !failure && entry != std::filesystem::end(entry); entry.increment(failure)) {
    std::error_code gone;
    if (!entry->is_regular_file(gone) || !entry->path().string().ends_with(suffix)) continue;
    const auto modified = entry->last_write_time(gone).time_since_epoch().count();
    const std::uintmax_t size = entry->file_size(gone);
    if (!gone) stamps.push_back({entry->path().string(), modified, size});
  }
  std::ranges::sort(stamps, {}, &FileStamp::path);
  return stamps;
}

Read<YamlDocument> ReadDocument(const TextFile& file) {
  const bool json_text = file.text.starts_with('{') || file.text.starts_with('[');
  if (!json_text) return ReadYaml(file.path, file.text);
  auto json = Json::Parse(file.text);
  if (!json) return std::unexpected(std::vector{AtOffset(file, json.error())});
  return YamlDocument{file.path, std::move(*json), {}, {}};
}

}  // namespace mockduit
