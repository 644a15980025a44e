#include "app/watcher.h"

#include <algorithm>
#include <iterator>

namespace mockduit {

Watcher::Watcher(std::vector<std::string> directories)
    : directories_(std::move(directories)), seen_(Stamps()) {}

bool Watcher::Changed() {
  std::vector<FileStamp> now = Stamps();
  if (now == seen_) return false;
  seen_ = std::move(now);
  return true;
}

std::vector<FileStamp> Watcher::Stamps() const {
  std::vector<FileStamp> stamps;
  for (const std::string& directory : directories_) {
    std::ranges::move(StampFiles(directory), std::back_inserter(stamps));
  }
  return stamps;
}

}  // namespace mockduit
