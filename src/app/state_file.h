// StateFile: the sessions of a server, kept in a file from one run to the next.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "base/result.h"
#include "scenario/library.h"
#include "session/sessions.h"

namespace mockduit {

class StateFile {
 public:
  // With `ignore`, what the file says is not taken up; the first save puts it aside, as
  // FILE.ignored.
  StateFile(std::string path, bool ignore) : path_(std::move(path)), put_aside_(ignore) {}

  // Takes up what the file says; a file that is not there says nothing. Gives what was left out.
  // The error has the place of what is wrong; then the file and the sessions are as they were.
  Result<std::vector<std::string>> Restore(Sessions& sessions, const ScenarioLibrary& scenarios,
                                           const Catalog& catalog);
  // Any thread may save.
  Result<void> Save(const Sessions& sessions);

 private:
  const std::string path_;
  std::mutex mutex_;
  bool put_aside_;
};

}  // namespace mockduit
