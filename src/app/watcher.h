// Watcher: notices when files below directories are saved, added or removed. It looks, rather than
// being told: bind mounts of containers tell nothing.
#pragma once

#include <string>
#include <vector>

#include "base/file.h"

namespace mockduit {

class Watcher {
 public:
  // `files` must outlive it.
  explicit Watcher(std::vector<std::string> directories, const Files& files = DiskFiles());

  // True when something is different from the last time it was asked.
  bool Changed();

 private:
  std::vector<FileStamp> Stamps() const;

  std::vector<std::string> directories_;
  const Files& files_;
  std::vector<FileStamp> seen_;
};

}  // namespace mockduit
