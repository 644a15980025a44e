#include "base/file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace mockduit {

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

Read<YamlDocument> ReadDocument(const TextFile& file) {
  if (!file.text.starts_with('{')) return ReadYaml(file.path, file.text);
  auto json = Json::Parse(file.text);
  if (!json) return std::unexpected(std::vector{Problem{file.path, 0, 0, json.error().message}});
  return YamlDocument{file.path, std::move(*json), {}, {}};
}

}  // namespace mockduit
