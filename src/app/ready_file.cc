#include "app/ready_file.h"

#include <tuple>
#include <utility>

#include "base/file.h"

namespace mockduit {

Result<void> ReadyFile::Write(const std::string& url) {
  if (path_.empty()) return {};
  const std::string text = url + "\n";
  const auto status = files_.Status(path_);
  const auto link = files_.LinkTarget(path_);
  const bool is_plain = !status || status->kind == FileStatus::Kind::kFile;
  if (!is_plain || (link && *link)) return WriteFile(path_, text, files_);
  const std::string fresh = path_ + ".new";
  auto written = files_.Write(fresh, text);
  if (written) written = files_.Rename(fresh, path_);
  if (!written) {
    std::ignore = files_.Remove(fresh);
    return CannotWrite(path_, written.error());
  }
  text_ = text;
  return {};
}

void ReadyFile::Remove() {
  const std::string text = std::exchange(text_, {});
  if (text.empty()) return;
  const auto there = files_.Read(path_);
  if (there && *there == text) std::ignore = files_.Remove(path_);
}

}  // namespace mockduit
