// Watcher: notices when files below directories are saved, added or removed. It polls, because the
// bind mounts of containers send no notifications.
#pragma once

#include <string>
#include <vector>

#include "base/file.h"

namespace mockduit {

class Watcher {
 public:
  // Directories, and files that are watched with all of their folders. `files` must outlive the
  // watcher.
  explicit Watcher(std::vector<std::string> paths, const Files& files = DiskFiles());

  // Returns true when a file has changed since the last call, or since the watcher was made.
  bool Changed();

 private:
  std::vector<FileStamp> Stamps() const;

  std::vector<std::string> directories_;
  const Files& files_;
  std::vector<FileStamp> seen_;
};

}  // namespace mockduit
