#include "app/watcher.h"

#include <algorithm>
#include <iterator>

namespace mockduit {

Watcher::Watcher(std::vector<std::string> paths, const Files& files)
    : directories_(std::move(paths)), files_(files) {
  // A document may lead to the files beside it.
  for (std::string& path : directories_) {
    const auto status = files.Status(path);
    if (status && status->kind == FileStatus::Kind::kFile) path = FolderOf(path);
  }
  seen_ = Stamps();
}

bool Watcher::Changed() {
  std::vector<FileStamp> now = Stamps();
  if (now == seen_) return false;
  seen_ = std::move(now);
  return true;
}

std::vector<FileStamp> Watcher::Stamps() const {
  std::vector<FileStamp> stamps;
  for (const std::string& directory : directories_) {
    std::ranges::move(StampFiles(directory, files_), std::back_inserter(stamps));
  }
  return stamps;
}

}  // namespace mockduit
