// MemoryFiles: a file system in memory for tests: folders and links as they say, a clock that the
// test moves, and every call can be told to fail. Paths begin with '/'.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "base/files.h"

namespace mockduit {

class MemoryFiles : public Files {
 public:
  void AddFolder(const std::string& path) {
    entries_[path] = {FileStatus::Kind::kFolder, "", now_};
  }
  void AddFile(const std::string& path, std::string text) {
    entries_[path] = {FileStatus::Kind::kFile, std::move(text), now_};
  }
  void AddDevice(const std::string& path) { entries_[path] = {FileStatus::Kind::kOther, "", now_}; }
  void AddLink(const std::string& path, std::string target) {
    entries_[path] = {FileStatus::Kind::kOther, std::move(target), now_};
  }
  // Nothing where there is no file.
  std::optional<std::string> Text(const std::string& path) const {
    const auto found = entries_.find(path);
    return found != entries_.end() ? std::optional(found->second.text) : std::nullopt;
  }
  std::vector<std::string> Paths() const {
    std::vector<std::string> paths;
    for (const auto& [path, entry] : entries_) paths.push_back(path);
    return paths;
  }
  // What is written from now on is later than what was.
  void Tick() { ++now_; }
  // `call` is the name of the function, `path` its first argument. A write that fails so leaves
  // half of its text.
  void FailAt(const std::string& call, const std::string& path, std::errc why) {
    failures_[{call, path}] = std::make_error_code(why);
  }
  void FailNoMore() { failures_.clear(); }
  // As if another process held it.
  void LockByAnother(const std::string& path) { locked_.insert_or_assign(path, 0); }

  Tried<std::string> Read(const std::string& path) const override {
    return WithEntry<std::string>("Read", path, [](const Entry& entry) -> Tried<std::string> {
      if (entry.kind == FileStatus::Kind::kFolder) return Failed(std::errc::is_a_directory);
      return entry.text;
    });
  }
  Tried<FileStatus> Status(const std::string& path) const override {
    return WithEntry<FileStatus>("Status", path, [](const Entry& entry) -> Tried<FileStatus> {
      return FileStatus{entry.kind, entry.modified, entry.text.size()};
    });
  }
  Tried<std::optional<std::string>> LinkTarget(const std::string& path) const override {
    if (const auto failure = Failure("LinkTarget", path)) return std::unexpected(*failure);
    const auto found = entries_.find(path);
    if (found == entries_.end()) return Failed(std::errc::no_such_file_or_directory);
    if (!IsLink(found->second)) return std::nullopt;
    return found->second.text;
  }
  Tried<std::vector<std::string>> Names(const std::string& folder) const override {
    if (const auto failure = Failure("Names", folder)) return std::unexpected(*failure);
    const auto real = Resolve(folder);
    if (!real) return std::unexpected(real.error());
    std::vector<std::string> names;
    for (const auto& [path, entry] : entries_) {
      if (!path.starts_with(*real + "/")) continue;
      const std::string name = path.substr(real->size() + 1);
      if (!name.contains('/')) names.push_back(name);
    }
    return names;
  }
  Tried<std::string> Resolve(const std::string& path) const override {
    std::string at = path;
    for (int links = 0; links < 40; ++links) {
      const auto found = entries_.find(at);
      if (found == entries_.end()) return Failed(std::errc::no_such_file_or_directory);
      if (!IsLink(found->second)) return at;
      at = found->second.text;
    }
    return Failed(std::errc::too_many_symbolic_link_levels);
  }
  Tried<void> Write(const std::string& path, const std::string& text) const override {
    return Put("Write", path, text);
  }
  Tried<void> WriteForGood(const std::string& path, const std::string& text) const override {
    return Put("WriteForGood", path, text);
  }
  Tried<void> Overwrite(const std::string& path, const std::string& text) const override {
    if (const auto failure = Failure("Overwrite", path)) return std::unexpected(*failure);
    if (!entries_.contains(path)) return Failed(std::errc::no_such_file_or_directory);
    return Put("Overwrite", path, text);
  }
  Tried<void> MakeFolder(const std::string& /*path*/) const override { return {}; }
  Tried<void> Rename(const std::string& from, const std::string& to) const override {
    if (const auto failure = Failure("Rename", from)) return std::unexpected(*failure);
    const auto found = entries_.find(from);
    if (found == entries_.end()) return Failed(std::errc::no_such_file_or_directory);
    entries_[to] = found->second;
    entries_.erase(from);
    return {};
  }
  Tried<void> Remove(const std::string& path) const override {
    if (const auto failure = Failure("Remove", path)) return std::unexpected(*failure);
    locked_.erase(path);
    if (entries_.erase(path) == 0) return Failed(std::errc::no_such_file_or_directory);
    return {};
  }
  Tried<void> SyncFolder(const std::string& folder) const override {
    if (const auto failure = Failure("SyncFolder", folder)) return std::unexpected(*failure);
    return {};
  }
  Tried<std::unique_ptr<Lock>> MakeLock(const std::string& path,
                                        const std::string& owner) const override {
    auto lock = TakeLock("MakeLock", path, true);
    if (lock) entries_[path] = {FileStatus::Kind::kFile, owner, now_};
    return lock;
  }
  Tried<std::unique_ptr<Lock>> LockFile(const std::string& path) const override {
    return TakeLock("LockFile", path, false);
  }

 private:
  struct Entry {
    FileStatus::Kind kind = FileStatus::Kind::kOther;  // a link or a device
    std::string text;                                  // of a link, where it leads
    std::int64_t modified = 0;
  };

  class HeldLock : public Lock {
   public:
    HeldLock(const MemoryFiles& files, std::string path, bool made, int number)
        : files_(files), path_(std::move(path)), made_(made), number_(number) {}
    ~HeldLock() override {
      if (!IsInPlace()) return;
      files_.locked_.erase(path_);
      if (made_) files_.entries_.erase(path_);
    }
    bool IsInPlace() const override {
      const auto found = files_.locked_.find(path_);
      return found != files_.locked_.end() && found->second == number_;
    }

   private:
    const MemoryFiles& files_;
    const std::string path_;
    const bool made_;
    const int number_;
  };

  static std::unexpected<std::error_code> Failed(std::errc why) {
    return std::unexpected(std::make_error_code(why));
  }
  static bool IsLink(const Entry& entry) {
    return entry.kind == FileStatus::Kind::kOther && !entry.text.empty();
  }
  std::optional<std::error_code> Failure(const std::string& call, const std::string& path) const {
    const auto found = failures_.find({call, path});
    return found != failures_.end() ? std::optional(found->second) : std::nullopt;
  }
  template <class Result, class Use>
  Tried<Result> WithEntry(const std::string& call, const std::string& path, Use use) const {
    if (const auto failure = Failure(call, path)) return std::unexpected(*failure);
    const auto real = Resolve(path);
    if (!real) return std::unexpected(real.error());
    return use(entries_.at(*real));
  }
  Tried<void> Put(const std::string& call, const std::string& path, const std::string& text) const {
    const auto failure = Failure(call, path);
    const auto whole = static_cast<std::size_t>(text.size());
    entries_[path] = {FileStatus::Kind::kFile, text.substr(0, failure ? whole / 2 : whole), now_};
    if (failure) return std::unexpected(*failure);
    return {};
  }
  Tried<std::unique_ptr<Lock>> TakeLock(const std::string& call, const std::string& path,
                                        bool made) const {
    if (const auto failure = Failure(call, path)) return std::unexpected(*failure);
    if (locked_.contains(path)) return Failed(std::errc::resource_unavailable_try_again);
    locked_.insert_or_assign(path, ++locks_);
    return std::make_unique<HeldLock>(*this, path, made, locks_);
  }

  mutable std::map<std::string, Entry> entries_;
  mutable std::map<std::string, int> locked_;  // the lock's number; 0: another process's
  mutable int locks_ = 0;
  std::map<std::pair<std::string, std::string>, std::error_code> failures_;
  std::int64_t now_ = 1;
};

}  // namespace mockduit
