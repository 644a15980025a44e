// Files: the file system as its users see it, so that they can be tested in memory, with every
// failure and a clock that tests move. DiskFiles is the real one. It throws nothing: each error is
// the system's code. Who reads or saves whole files uses base/file.h instead.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

namespace mockduit {

// A value, or the system's error.
template <class T>
using Tried = std::expected<T, std::error_code>;

struct FileStatus {
  enum class Kind : std::uint8_t { kFile, kFolder, kOther };
  Kind kind = Kind::kOther;
  std::int64_t modified = 0;  // in the file system's own ticks
  std::uintmax_t size = 0;

  bool operator==(const FileStatus&) const = default;
};

class Files {
 public:
  // Held as long as it lives.
  class Lock {
   public:
    Lock() = default;
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;
    virtual ~Lock() = default;
    // False when another file, or none, stands where the locked one was, so that it keeps nobody
    // from anything.
    virtual bool IsInPlace() const = 0;
  };

  Files() = default;
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;
  virtual ~Files() = default;

  // A pipe is read as long as somebody writes to it; one that nobody writes to is
  // std::errc::no_message_available.
  virtual Tried<std::string> Read(const std::string& path) const = 0;
  // Of what a link leads to.
  virtual Tried<FileStatus> Status(const std::string& path) const = 0;
  // Where a link leads, as it says it; nothing when the path is there and no link.
  virtual Tried<std::optional<std::string>> LinkTarget(const std::string& path) const = 0;
  // What stands in a folder, in no order.
  virtual Tried<std::vector<std::string>> Names(const std::string& folder) const = 0;
  // The one path by which a file is known, whatever links lead to it.
  virtual Tried<std::string> Resolve(const std::string& path) const = 0;

  // Writes a whole file, in place of one that is there. Another process may see half of it. A named
  // pipe that nobody reads is std::errc::no_such_device_or_address; it is not waited for.
  virtual Tried<void> Write(const std::string& path, const std::string& text) const = 0;
  // The same for the owner's eyes alone, and on the disk when it returns.
  virtual Tried<void> WriteForGood(const std::string& path, const std::string& text) const = 0;
  // Gives a file that is there another text, in the same place of the disk. Where there is no room
  // for it nothing changes; a crash may leave half of it.
  virtual Tried<void> Overwrite(const std::string& path, const std::string& text) const = 0;
  // Makes a folder, and those that it stands in; one that is there is good.
  virtual Tried<void> MakeFolder(const std::string& path) const = 0;
  // Replaces `to`.
  virtual Tried<void> Rename(const std::string& from, const std::string& to) const = 0;
  virtual Tried<void> Remove(const std::string& path) const = 0;
  // What was renamed in a folder lasts, even after a crash.
  virtual Tried<void> SyncFolder(const std::string& folder) const = 0;
  // Makes a file that holds `owner` and keeps others from doing so, until the lock goes or the
  // process ends. std::errc::resource_unavailable_try_again where another one holds it.
  virtual Tried<std::unique_ptr<Lock>> MakeLock(const std::string& path,
                                                const std::string& owner) const = 0;
  // The same with a file that is there, of which nothing changes.
  virtual Tried<std::unique_ptr<Lock>> LockFile(const std::string& path) const = 0;
};

const Files& DiskFiles();

}  // namespace mockduit
