#include "base/file.h"

#include <algorithm>
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

constexpr std::string_view kMisspeltEndings[] = {".jsn", ".jso",  ".josn", ".yam",
                                                 ".yal", ".yalm", ".ymal", ".ylm"};

// "mine.YAML", "mine.yaml~", "mine.yml.txt", "mine.jsn": somebody may think that it is read.
bool LooksLikeDocument(std::string_view name) {
  const std::string lower = LowerCase(name);
  const auto ends = [&](std::string_view ending) { return lower.ends_with(ending); };
  if (std::ranges::any_of(kMisspeltEndings, ends)) return true;
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
  explicit Walk(const Files& files) : files_(files) {}

  struct LookAlike {
    std::string path;
    std::error_code failure;  // why there is no telling what it is
  };
  std::vector<FileStamp> documents;
  std::vector<LookAlike> look_alikes;

  // The error is a folder that cannot be read.
  Result<void> Through(const std::string& folder, int depth = 0) {
    const auto real = files_.Resolve(folder);
    if (!real) return CannotRead(folder, real.error());
    // By another way it may have been here already.
    if (!seen_.insert(*real).second) return {};
    auto names = files_.Names(folder);
    if (!names) return CannotRead(folder, names.error());
    std::ranges::sort(*names);
    for (const std::string& name : *names) {
      if (name.starts_with('.')) continue;
      const std::string path = folder.ends_with('/') ? folder + name : folder + "/" + name;
      const auto status = files_.Status(path);
      if (status && status->kind == FileStatus::Kind::kFolder) {
        if (depth == kMaxFolders) continue;
        if (auto below = Through(path, depth + 1); !below) return below;
      } else if (status && EndsAsDocument(name) && status->kind == FileStatus::Kind::kFile) {
        documents.push_back({path, status->modified, status->size});
      } else if (LooksLikeDocument(name)) {
        look_alikes.push_back({path, status ? std::error_code() : status.error()});
      }
    }
    return {};
  }

 private:
  const Files& files_;
  std::set<std::string> seen_;
};

std::string WhyNotRead(const std::string& path, const std::error_code& failure) {
  if (!failure && EndsAsDocument(path)) return "it is no file";
  if (!failure) return "only what ends in .yaml, .yml or .json is";
  if (failure == std::errc::no_such_file_or_directory) return "the link leads to no file";
  if (failure == std::errc::too_many_symbolic_link_levels) return "the link leads to itself";
  return failure.message();
}

std::string WithoutEnding(const std::string& path) { return path.substr(0, path.rfind('.')); }

}  // namespace

std::unexpected<Error> CannotRead(const std::string& path, const std::error_code& why) {
  const bool is_idle = why == std::errc::no_message_available;
  return Fail(ErrorKind::kIo, "cannot read " + path + ": " +
                                  (is_idle ? "nobody writes to this pipe" : why.message()));
}

std::unexpected<Error> CannotWrite(const std::string& path, const std::error_code& why) {
  const bool is_unread = why == std::errc::no_such_device_or_address;
  return Fail(ErrorKind::kIo, "cannot write " + path + ": " +
                                  (is_unread ? "it is a pipe that nobody reads" : why.message()));
}

std::string FolderOf(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, std::max(slash, 1UZ));
}

Result<TextFile> ReadFile(const std::string& path, const Files& files) {
  auto text = files.Read(path);
  if (!text) return CannotRead(path, text.error());
  return TextFile{path, std::move(*text)};
}

Result<std::vector<TextFile>> ReadFiles(const std::string& directory, const Files& files) {
  Walk walk(files);
  if (const auto walked = walk.Through(directory); !walked) {
    return std::unexpected(walked.error());
  }
  std::vector<TextFile> texts;
  for (const FileStamp& document : walk.documents) {
    auto file = ReadFile(document.path, files);
    if (!file) return std::unexpected(file.error());
    texts.push_back(std::move(*file));
  }
  std::ranges::sort(texts, {}, &TextFile::path);
  return texts;
}

std::vector<Problem> FindLookAlikes(const std::string& directory, const Files& files) {
  Walk walk(files);
  std::vector<Problem> problems;
  if (!walk.Through(directory)) return problems;
  for (const Walk::LookAlike& file : walk.look_alikes) {
    problems.push_back(
        {file.path, 0, 0, "not read: " + WhyNotRead(file.path, file.failure), {}, {}});
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

Result<void> WriteFile(const std::string& path, const std::string& text, const Files& files) {
  if (const auto written = files.Write(path, text); !written) {
    return CannotWrite(path, written.error());
  }
  return {};
}

bool FileExists(const std::string& path, const Files& files) {
  return files.Status(path).has_value();
}

bool IsDirectory(const std::string& path, const Files& files) {
  const auto status = files.Status(path);
  return status && status->kind == FileStatus::Kind::kFolder;
}

std::vector<FileStamp> StampFiles(const std::string& directory, const Files& files) {
  Walk walk(files);
  if (!walk.Through(directory)) return {};
  std::ranges::sort(walk.documents, {}, &FileStamp::path);
  return walk.documents;
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
