// StateFile: the sessions of a server, kept in a file from one run to the next. The server reads it
// at its start, and writes it when something has changed, at its end, and when the control API is
// asked to. While it lives no other server can take the same file. It knows nothing of what is in
// it but the version; docs/state-file.md describes the rest.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/log.h"
#include "base/mutex.h"
#include "base/result.h"
#include "scenario/scenario_library.h"
#include "session/sessions.h"

namespace mockduit {

class StateFile {
 public:
  // Takes the file: follows links to what is to be written, locks it, and sees that it can be
  // written. The error, of kind kIo, says why not, and which process has it. With `ignore`, the
  // file is not read, and the first save renames it to FILE.ignored. `log` and `files` must outlive
  // it.
  static Result<std::unique_ptr<StateFile>> Open(const std::string& path, bool ignore, Log& log,
                                                 const Files& files = DiskFiles());

  // Fills `sessions` from the file, if it exists, and returns what could not be restored, a line
  // each. The error names the place of the mistake; the file and the sessions are then unchanged.
  Result<std::vector<std::string>> Restore(Sessions& sessions, const ScenarioLibrary& scenarios,
                                           const Catalog& catalog) EXCLUDES(mutex_);
  // Any thread may save. A save that fails leaves the file as it was, and no other file. It fails,
  // too, where somebody has removed the lock and another server has taken the file.
  Result<void> Save(const Sessions& sessions) EXCLUDES(mutex_);
  // Saves when something has changed since the last save. Logs a failure, once until it is over.
  void SaveIfChanged(const Sessions& sessions) EXCLUDES(mutex_);

 private:
  StateFile(std::string path, std::string target, bool ignore, Log& log, const Files& files)
      : path_(std::move(path)),
        target_(std::move(target)),
        log_(log),
        files_(files),
        lock_path_(target_ + ".lock"),
        put_aside_(ignore) {}

  Result<void> Take();
  // While the lock is held it is this server's file; where somebody has removed the lock, it is
  // taken again. The error says that another server has the file, or has written it meanwhile.
  Result<void> KeepLock() REQUIRES(mutex_);
  // Which process has it, for people.
  Error InUse() const;
  // Of the file; nothing when there is none.
  std::optional<FileStatus> StatusNow() const;
  Result<void> PutAside() REQUIRES(mutex_);
  Result<void> Replace(const std::string& text) REQUIRES(mutex_);
  Result<void> Overwrite(const std::string& text) REQUIRES(mutex_);

  const std::string path_;    // as it was given, and as messages name it
  const std::string target_;  // where its links lead
  Log& log_;
  const Files& files_;
  const std::string lock_path_;             // FILE.lock
  std::unique_ptr<Files::Lock> lock_;       // it; nullptr: there is none
  std::unique_ptr<Files::Lock> file_lock_;  // the file itself, for who has it by another name
  Mutex mutex_;
  bool put_aside_ GUARDED_BY(mutex_);
  bool in_place_ GUARDED_BY(mutex_) = false;  // it cannot be renamed over
  // The file as this server found it, or left it; nothing when there was none.
  std::optional<FileStatus> known_ GUARDED_BY(mutex_);
  bool failing_ GUARDED_BY(mutex_) = false;  // the last SaveIfChanged failed
  std::uint64_t saved_changes_ GUARDED_BY(mutex_) = 0;
};

}  // namespace mockduit
