// ReadyFile: the file that tells scripts where the server listens. It is there, whole, from the
// moment that the server takes requests until it takes no more.
#pragma once

#include <string>
#include <utility>

#include "base/files.h"
#include "base/result.h"

namespace mockduit {

class ReadyFile {
 public:
  // "": there is none.
  explicit ReadyFile(std::string path, const Files& files = DiskFiles())
      : path_(std::move(path)), files_(files) {}
  ~ReadyFile() { Remove(); }
  ReadyFile(const ReadyFile&) = delete;
  ReadyFile& operator=(const ReadyFile&) = delete;

  // Nobody sees half of it. What is no plain file, such as a named pipe, is written to as it is.
  Result<void> Write(const std::string& url);
  // Leaves one that another server has written meanwhile.
  void Remove();

 private:
  std::string path_;
  const Files& files_;
  std::string text_;  // that was written; "": none
};

}  // namespace mockduit
