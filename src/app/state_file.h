// StateFile: the sessions of a server, kept in a file from one run to the next. The server reads it
// at its start, and writes it at its end and when the control API is asked to. It knows nothing of
// what is in it but the version; docs/state-file.md describes the rest.
#pragma once

#include <string>
#include <vector>

#include "base/mutex.h"
#include "base/result.h"
#include "scenario/scenario_library.h"
#include "session/sessions.h"

namespace mockduit {

class StateFile {
 public:
  // With `ignore`, the file is not read, and the first save renames it to FILE.ignored.
  StateFile(std::string path, bool ignore) : path_(std::move(path)), put_aside_(ignore) {}

  // Fills `sessions` from the file, if it exists, and returns what could not be restored, a line
  // each. The error names the place of the mistake; the file and the sessions are then unchanged.
  Result<std::vector<std::string>> Restore(Sessions& sessions, const ScenarioLibrary& scenarios,
                                           const Catalog& catalog) EXCLUDES(mutex_);
  // Any thread may save.
  Result<void> Save(const Sessions& sessions);

 private:
  const std::string path_;
  Mutex mutex_;
  bool put_aside_ GUARDED_BY(mutex_);
};

}  // namespace mockduit
