// MemoryAccount: the bytes that all stores and journals hold together. Shared by the sessions of a
// server, each of whose parts reports through a MemoryShare. Any thread may use an account.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <utility>

namespace mockduit {

class MemoryAccount {
 public:
  std::size_t bytes() const { return bytes_.load(std::memory_order_relaxed); }
  void Add(std::size_t bytes) { bytes_.fetch_add(bytes, std::memory_order_relaxed); }
  void Subtract(std::size_t bytes) { bytes_.fetch_sub(bytes, std::memory_order_relaxed); }

 private:
  std::atomic<std::size_t> bytes_ = 0;
};

// What one store or journal holds. Its part of the account goes with it.
class MemoryShare {
 public:
  MemoryShare() = default;
  // A copy counts nowhere.
  MemoryShare(const MemoryShare& other) : bytes_(other.bytes_) {}
  MemoryShare& operator=(const MemoryShare&) = delete;
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
  std::size_t bytes() const { return bytes_; }

 private:
  std::size_t bytes_ = 0;
  std::shared_ptr<MemoryAccount> account_;
};

}  // namespace mockduit
