#include "app/state_file.h"

#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "base/file.h"
#include "session/state_version.h"

namespace mockduit {
namespace {

constexpr std::string_view kAdvice = "; --ignore-state starts without it";
constexpr int kMaxLinks = 40;  // one to another, as the system counts

// Where the links lead from `path`, to what may not be there yet.
Result<std::string> FollowLinks(const std::string& path, const Files& files) {
  std::string at = path;
  for (int i = 0; i < kMaxLinks; ++i) {
    const auto target = files.LinkTarget(at);
    if (!target && target.error() == std::errc::no_such_file_or_directory) return at;
    if (!target) return CannotRead(path, target.error());
    if (!*target) return at;
    at = (*target)->starts_with('/') ? **target : FolderOf(at) + "/" + **target;
  }
  return CannotRead(path, std::make_error_code(std::errc::too_many_symbolic_link_levels));
}

// Of file systems that know no locks.
bool KnowsNoLocks(const std::error_code& failure) {
  return failure == std::errc::no_lock_available || failure == std::errc::not_supported ||
         failure == std::errc::function_not_supported;
}

// The file may be written in its place where it cannot be replaced: it is a mount of its own, or
// nothing may be made in its folder.
bool MayOverwrite(const std::error_code& failure) {
  return failure == std::errc::device_or_resource_busy || failure == std::errc::cross_device_link ||
         failure == std::errc::permission_denied || failure == std::errc::operation_not_permitted ||
         failure == std::errc::read_only_file_system;
}

// What Sessions::Save would give, with its version, as text: one session at a time, for all of them
// as one Json would take several times the memory of the text.
std::string StateText(const Sessions& sessions) {
  const Json head = WithStateVersion(Json::MakeObject({{"sessions", Json::MakeArray()}}));
  std::string text = head.Dump();
  text.resize(text.size() - 2);  // "]}"
  bool first = true;
  for (const auto& session : sessions.List()) {
    auto captured = session->Enter()->Capture();
    if (!std::exchange(first, false)) text += ',';
    text += std::move(captured).ToJson().Dump();
  }
  return text + "]}\n";
}

}  // namespace

Result<std::unique_ptr<StateFile>> StateFile::Open(const std::string& path, bool ignore, Log& log,
                                                   const Files& files) {
  const auto fail = [](const Error& error) {
    return Fail(error.kind, "--state: " + error.message);
  };
  auto target = FollowLinks(path, files);
  if (!target) return fail(target.error());
  std::unique_ptr<StateFile> file(new StateFile(path, std::move(*target), ignore, log, files));
  if (const auto taken = file->Take(); !taken) return fail(taken.error());
  return file;
}

Error StateFile::InUse() const {
  std::string owner = files_.Read(lock_path_).value_or("");
  owner = owner.substr(0, owner.find('\n'));
  return {path_ + " is the state of another mockduit that runs" +
              (owner.empty() ? "" : ", process " + owner) + "; two servers need two files",
          ErrorKind::kIo};
}

Result<void> StateFile::Take() {
  const auto status = files_.Status(target_);
  if (status && status->kind == FileStatus::Kind::kFolder) {
    return CannotWrite(path_, std::make_error_code(std::errc::is_a_directory));
  }
  // A save would put a file in its place: as root even in that of /dev/null.
  if (status && status->kind == FileStatus::Kind::kOther) {
    return Fail(ErrorKind::kIo, path_ + " is no file but a device, a pipe or a socket");
  }
  if (status) {
    auto locked = files_.LockFile(target_);
    if (!locked && locked.error() == std::errc::resource_unavailable_try_again)
      return std::unexpected(InUse());
    if (locked) file_lock_ = std::move(*locked);
  }
  auto made = files_.MakeLock(lock_path_, std::to_string(getpid()) + "\n");
  if (made) {
    lock_ = std::move(*made);
    // What a save that was killed has left.
    std::ignore = files_.Remove(target_ + ".new");
    return {};
  }
  if (made.error() == std::errc::resource_unavailable_try_again) return std::unexpected(InUse());
  if (KnowsNoLocks(made.error())) {
    log_.Warning("state: the file system of " + path_ +
                 " knows no locks; see to it yourself that no other server uses it");
    return {};
  }
  // The lock on the file itself says that it may be written.
  if (file_lock_ && MayOverwrite(made.error())) return {};
  return CannotWrite(path_, made.error());
}

Result<void> StateFile::KeepLock() {
  if (!lock_ || lock_->IsInPlace()) return {};
  auto made = files_.MakeLock(lock_path_, std::to_string(getpid()) + "\n");
  if (!made && made.error() == std::errc::resource_unavailable_try_again) {
    return std::unexpected(InUse());
  }
  if (!made) return CannotWrite(path_, made.error());
  if (const auto now = StatusNow(); now && now != known_) {
    return Fail(ErrorKind::kIo, path_ + " was written by somebody else after its lock, " +
                                    lock_path_ + ", was removed; it is left alone");
  }
  lock_ = std::move(*made);
  log_.Warning("state: " + lock_path_ + " was removed, and is made again");
  return {};
}

std::optional<FileStatus> StateFile::StatusNow() const {
  const auto status = files_.Status(target_);
  return status ? std::optional(*status) : std::nullopt;
}

Result<std::vector<std::string>> StateFile::Restore(Sessions& sessions,
                                                    const ScenarioLibrary& scenarios,
                                                    const Catalog& catalog) {
  const MutexLock lock(mutex_);
  known_ = StatusNow();
  if (put_aside_ || !FileExists(target_, files_)) {
    saved_changes_ = sessions.CountChanges();
    return {};
  }
  auto file = ReadFile(target_, files_);
  if (!file) return Fail(file.error().message + std::string(kAdvice));
  file->path = path_;
  // As it is made to be mounted, before anything was saved.
  if (file->text.empty()) {
    saved_changes_ = sessions.CountChanges();
    return {};
  }
  const auto json = Json::Parse(file->text);
  if (!json) {
    return Fail(ProblemAtByte(*file, json.error().offset, json.error().message).Text() +
                std::string(kAdvice));
  }
  if (const auto checked = CheckStateVersion(*json); !checked) {
    return Fail(path_ + ": " + checked.error().message + std::string(kAdvice));
  }
  auto lost = sessions.Restore(*json, scenarios, catalog);
  if (!lost) return Fail(path_ + ": " + lost.error().message + std::string(kAdvice));
  saved_changes_ = sessions.CountChanges();
  return lost;
}

// A file that cannot be renamed is copied.
Result<void> StateFile::PutAside() {
  const std::string aside = target_ + ".ignored";
  if (!put_aside_ || !FileExists(target_, files_)) return {};
  const auto renamed = files_.Rename(target_, aside);
  if (renamed) return {};
  if (!MayOverwrite(renamed.error())) return CannotWrite(aside, renamed.error());
  const auto text = files_.Read(target_);
  if (!text) return CannotRead(path_, text.error());
  const auto copied = files_.WriteForGood(aside, *text);
  if (copied) return {};
  std::ignore = files_.Remove(aside);
  return CannotWrite(aside, copied.error());
}

Result<void> StateFile::Overwrite(const std::string& text) {
  const auto written = files_.Overwrite(target_, text);
  if (!written) return CannotWrite(path_, written.error());
  return {};
}

Result<void> StateFile::Replace(const std::string& text) {
  if (in_place_) return Overwrite(text);
  const std::string temporary = target_ + ".new";
  auto written = files_.WriteForGood(temporary, text);
  if (written) written = files_.Rename(temporary, target_);
  if (written) {
    // The new name lasts only once the folder is on the disk, too.
    const auto synced = files_.SyncFolder(FolderOf(target_));
    if (!synced) return CannotWrite(path_, synced.error());
    return {};
  }
  std::ignore = files_.Remove(temporary);
  if (!MayOverwrite(written.error()) || !FileExists(target_, files_)) {
    return CannotWrite(path_, written.error());
  }
  if (const auto overwritten = Overwrite(text); !overwritten) return overwritten;
  in_place_ = true;
  log_.Warning("state: " + path_ + " cannot be replaced by a new file (" +
               written.error().message() +
               "), so it is written in its place; a crash meanwhile can leave half of it");
  return {};
}

Result<void> StateFile::Save(const Sessions& sessions) {
  const MutexLock lock(mutex_);
  if (const auto kept = KeepLock(); !kept) return kept;
  // What changes while the text is made is saved the next time, too.
  const std::uint64_t changes = sessions.CountChanges();
  const std::string text = StateText(sessions);
  if (const auto aside = PutAside(); !aside) return aside;
  put_aside_ = false;
  if (const auto replaced = Replace(text); !replaced) return replaced;
  known_ = StatusNow();
  saved_changes_ = changes;
  return {};
}

void StateFile::SaveIfChanged(const Sessions& sessions) {
  {
    const MutexLock lock(mutex_);
    if (sessions.CountChanges() == saved_changes_) return;
  }
  const auto saved = Save(sessions);
  const MutexLock lock(mutex_);
  const bool failed_before = std::exchange(failing_, !saved);
  if (!saved && !failed_before) {
    log_.Warning("state: " + saved.error().message + "; it will be tried again");
  } else if (saved && failed_before) {
    log_.Info("state: " + path_ + " is saved again");
  }
}

}  // namespace mockduit
