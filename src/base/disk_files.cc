// The real file system. The only file that calls it.
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <filesystem>

#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "base/files.h"

namespace mockduit {
namespace {

// What is no regular file, such as a pipe, is read up to here: /dev/zero must not take all memory.
constexpr std::size_t kMaxStream = 64UZ * 1024 * 1024;

std::error_code LastError() { return {errno, std::generic_category()}; }
std::unexpected<std::error_code> Failed() { return std::unexpected(LastError()); }

// A file descriptor, closed at the end.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (number_ >= 0) close(number_);
  }

  explicit operator bool() const { return number_ >= 0; }
  int number() const { return number_; }
  // False when what was written did not arrive, which some file systems say only now.
  bool Close() { return close(std::exchange(number_, -1)) == 0; }

 private:
  int number_;
};

Descriptor Open(const std::string& path, int flags, mode_t mode = 0) {
  int number = -1;
  do {
    number = open(path.c_str(), flags | O_CLOEXEC, mode);
  } while (number < 0 && errno == EINTR);
  return Descriptor(number);
}

// How long a pipe's reader may read nothing.
constexpr int kPatience = 2'000;  // milliseconds

// False, with errno, when the pipe has no room for too long.
bool AwaitRoom(int file) {
  pollfd entry{file, POLLOUT, 0};
  if (poll(&entry, 1, kPatience) != 0) return true;
  errno = ETIMEDOUT;
  return false;
}

// Waits until a pipe has something to read, or nobody writes to it any more.
void AwaitText(int file) {
  pollfd entry{file, POLLIN, 0};
  poll(&entry, 1, -1);
}

bool WriteAll(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(file, text.data(), text.size());
    if (written < 0 && (errno == EINTR || (errno == EAGAIN && AwaitRoom(file)))) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// Room for so many bytes. 0, or the error.
int Reserve(int file, std::size_t size) {
  int failure = 0;
  do {
    failure = posix_fallocate(file, 0, static_cast<off_t>(size));
  } while (failure == EINTR);
  return failure;
}

// True when the path still leads to the file that is open.
bool IsAt(int file, const std::string& path) {
  struct stat opened{};
  struct stat found{};
  return fstat(file, &opened) == 0 && stat(path.c_str(), &found) == 0 &&
         opened.st_dev == found.st_dev && opened.st_ino == found.st_ino;
}

class DiskLock : public Files::Lock {
 public:
  // With `made` the lock made the file, and removes it.
  DiskLock(Descriptor file, std::string path, bool made)
      : file_(std::move(file)), path_(std::move(path)), made_(made) {}
  // While the lock is held: whoever opened the file before sees that it has gone, and makes
  // another.
  ~DiskLock() override {
    if (made_ && IsInPlace()) unlink(path_.c_str());
  }
  bool IsInPlace() const override { return IsAt(file_.number(), path_); }

 private:
  const Descriptor file_;
  const std::string path_;
  const bool made_;
};

class Disk : public Files {
 public:
  Tried<std::string> Read(const std::string& path) const override {
    // To open a pipe that nobody writes to would take until somebody does.
    const Descriptor file = Open(path, O_RDONLY | O_NONBLOCK);
    struct stat found{};
    if (!file || fstat(file.number(), &found) != 0) return Failed();
    const bool is_regular = S_ISREG(found.st_mode);
    std::string text;
    char block[64 * 1024];
    for (;;) {
      const ssize_t count = read(file.number(), block, sizeof block);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0 && errno == EAGAIN) {
        AwaitText(file.number());
        continue;
      }
      if (count < 0) return Failed();
      if (count == 0 && text.empty() && S_ISFIFO(found.st_mode))
        return std::unexpected(std::make_error_code(std::errc::no_message_available));
      if (count == 0) return text;
      if (!is_regular && text.size() > kMaxStream)
        return std::unexpected(std::make_error_code(std::errc::file_too_large));
      text.append(block, static_cast<std::size_t>(count));
    }
  }

  Tried<FileStatus> Status(const std::string& path) const override {
    struct stat found{};
    if (stat(path.c_str(), &found) != 0) return Failed();
    constexpr std::int64_t kNanosecondsOfASecond = 1'000'000'000;
    using Kind = FileStatus::Kind;
    return FileStatus{S_ISREG(found.st_mode)   ? Kind::kFile
                      : S_ISDIR(found.st_mode) ? Kind::kFolder
                                               : Kind::kOther,
                      (found.st_mtim.tv_sec * kNanosecondsOfASecond) + found.st_mtim.tv_nsec,
                      static_cast<std::uintmax_t>(found.st_size)};
  }

  Tried<std::optional<std::string>> LinkTarget(const std::string& path) const override {
    char target[PATH_MAX];
    const ssize_t length = readlink(path.c_str(), target, sizeof target);
    if (length >= 0) return std::string(target, static_cast<std::size_t>(length));
    if (errno == EINVAL) return std::nullopt;
    return Failed();
  }

  Tried<std::vector<std::string>> Names(const std::string& folder) const override {
    const std::unique_ptr<DIR, int (*)(DIR*)> open(opendir(folder.c_str()), &closedir);
    if (!open) return Failed();
    std::vector<std::string> names;
    for (;;) {
      errno = 0;
      const dirent* entry = readdir(open.get());
      if (entry == nullptr && errno != 0) return Failed();
      if (entry == nullptr) return names;
      const std::string_view name = entry->d_name;
      if (name != "." && name != "..") names.emplace_back(name);
    }
  }

  Tried<std::string> Resolve(const std::string& path) const override {
    const std::unique_ptr<char, void (*)(void*)> found(realpath(path.c_str(), nullptr), &std::free);
    if (!found) return Failed();
    return std::string(found.get());
  }

  Tried<void> Write(const std::string& path, const std::string& text) const override {
    return WriteTo(path, text, 0666, false);
  }
  Tried<void> WriteForGood(const std::string& path, const std::string& text) const override {
    return WriteTo(path, text, 0600, true);
  }

  Tried<void> Overwrite(const std::string& path, const std::string& text) const override {
    Descriptor file = Open(path, O_WRONLY);
    if (!file) return Failed();
    struct stat before{};
    if (fstat(file.number(), &before) != 0) return Failed();
    if (!text.empty()) {
      if (const int failure = Reserve(file.number(), text.size()); failure != 0) {
        // It may have got a part of the room.
        if (ftruncate(file.number(), before.st_size) != 0) return Failed();
        return std::unexpected(std::error_code(failure, std::generic_category()));
      }
    }
    const bool whole = WriteAll(file.number(), text) &&
                       ftruncate(file.number(), static_cast<off_t>(text.size())) == 0 &&
                       fsync(file.number()) == 0;
    if (!whole || !file.Close()) return Failed();
    return {};
  }

  Tried<void> MakeFolder(const std::string& path) const override {
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (error) return std::unexpected(error);
    return {};
  }
  Tried<void> Rename(const std::string& from, const std::string& to) const override {
    if (std::rename(from.c_str(), to.c_str()) != 0) return Failed();
    return {};
  }

  Tried<void> Remove(const std::string& path) const override {
    if (unlink(path.c_str()) != 0) return Failed();
    return {};
  }

  Tried<void> SyncFolder(const std::string& folder) const override {
    const Descriptor opened = Open(folder, O_RDONLY | O_DIRECTORY);
    if (!opened || fsync(opened.number()) != 0) return Failed();
    return {};
  }

  Tried<std::unique_ptr<Lock>> MakeLock(const std::string& path,
                                        const std::string& owner) const override {
    for (;;) {
      Descriptor file = Open(path, O_RDWR | O_CREAT | O_NOFOLLOW, 0600);
      if (!file || flock(file.number(), LOCK_EX | LOCK_NB) != 0) return Failed();
      // Its last owner may have removed it in between.
      if (!IsAt(file.number(), path)) continue;
      if (ftruncate(file.number(), 0) != 0 || !WriteAll(file.number(), owner)) {
        const std::error_code failure = LastError();
        const DiskLock removed(std::move(file), path, true);
        return std::unexpected(failure);
      }
      return std::make_unique<DiskLock>(std::move(file), path, true);
    }
  }

  Tried<std::unique_ptr<Lock>> LockFile(const std::string& path) const override {
    Descriptor file = Open(path, O_RDWR);
    if (!file || flock(file.number(), LOCK_EX | LOCK_NB) != 0) return Failed();
    return std::make_unique<DiskLock>(std::move(file), path, false);
  }

 private:
  static Tried<void> WriteTo(const std::string& path, const std::string& text, mode_t mode,
                             bool for_good) {
    // A named pipe is not waited for until somebody reads it.
    Descriptor file = Open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NONBLOCK, mode);
    if (!file || !WriteAll(file.number(), text)) return Failed();
    if (for_good && fsync(file.number()) != 0) return Failed();
    if (!file.Close()) return Failed();
    return {};
  }
};

}  // namespace

const Files& DiskFiles() {
  static const Disk kDisk;
  return kDisk;
}

}  // namespace mockduit
