#include "app/watcher.h"

#include <algorithm>
#include <iterator>

namespace mockduit {

Watcher::Watcher(std::vector<std::string> directories, const Files& files)
    : directories_(std::move(directories)), files_(files), seen_(Stamps()) {}

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
