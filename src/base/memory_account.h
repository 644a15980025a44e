// MemoryAccount: the bytes that many things hold together: the stores, journals and seeds of all
// sessions, the scenarios that were put, the answers under way. Each of them reports through a
// MemoryShare. Any thread may use an account.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <utility>

namespace mockduit {

class MemoryAccount {
 public:
  // What it counts is counted in `whole`, too, unless that is nullptr.
  explicit MemoryAccount(std::shared_ptr<MemoryAccount> whole = nullptr)
      : whole_(std::move(whole)) {}

  std::size_t bytes() const { return bytes_.load(std::memory_order_relaxed); }
  void Add(std::size_t bytes) {
    bytes_.fetch_add(bytes, std::memory_order_relaxed);
    if (whole_ != nullptr) whole_->Add(bytes);
  }
  void Subtract(std::size_t bytes) {
    bytes_.fetch_sub(bytes, std::memory_order_relaxed);
    if (whole_ != nullptr) whole_->Subtract(bytes);
  }

 private:
  const std::shared_ptr<MemoryAccount> whole_;
  std::atomic<std::size_t> bytes_ = 0;
};

// What one of them holds. Its part of the account goes with it.
class MemoryShare {
 public:
  MemoryShare() = default;
  // A copy counts nowhere.
  MemoryShare(const MemoryShare& other) : bytes_(other.bytes_) {}
  MemoryShare& operator=(const MemoryShare&) = delete;
  MemoryShare(MemoryShare&& other) noexcept
      : bytes_(std::exchange(other.bytes_, 0)), account_(std::move(other.account_)) {}
  MemoryShare& operator=(MemoryShare&& other) noexcept {
    SetAccount(nullptr);
    bytes_ = std::exchange(other.bytes_, 0);
    account_ = std::move(other.account_);
    return *this;
  }
  ~MemoryShare() { SetAccount(nullptr); }

  // From now on it counts there; nullptr: nowhere.
  void SetAccount(std::shared_ptr<MemoryAccount> account) {
    if (account_ != nullptr) account_->Subtract(bytes_);
    account_ = std::move(account);
    if (account_ != nullptr) account_->Add(bytes_);
  }
  void Add(std::size_t bytes) {
    bytes_ += bytes;
    if (account_ != nullptr) account_->Add(bytes);
  }
  void Subtract(std::size_t bytes) {
    bytes_ -= bytes;
    if (account_ != nullptr) account_->Subtract(bytes);
  }
  // In place of all that it held.
  void Set(std::size_t bytes) {
    Subtract(bytes_);
    Add(bytes);
  }
  std::size_t bytes() const { return bytes_; }

 private:
  std::size_t bytes_ = 0;
  std::shared_ptr<MemoryAccount> account_;
};

}  // namespace mockduit
