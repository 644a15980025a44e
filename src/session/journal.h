// Journal: the last exchanges of one session, a ring that is bounded in number and in bytes. Not
// thread-safe: its session's lock guards it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "session/exchange.h"
#include "session/memory_account.h"

namespace mockduit {

struct JournalFilter {
  std::string operation;    // a glob; "": any
  std::string outcome;      // "": any
  int status = 0;           // 0: any
  std::uint64_t after = 0;  // only ids above this one
  std::size_t limit = 1000;

  bool Fits(const Exchange& exchange) const;
};

struct JournalLimits {
  std::size_t exchanges = 10'000;
  std::size_t bytes = 64 * 1024UZ * 1024;  // of encoded exchanges
};

class Journal {
 public:
  explicit Journal(JournalLimits limits) : limits_(limits) {}

  // Keeps what EncodeExchange gave and returns the id that it has from now on. Past the limits the
  // oldest exchanges go.
  std::uint64_t Add(std::string encoded);
  // The client of that exchange left before its answer went out. Nothing happens when it is gone.
  void SetAbandoned(std::uint64_t id);
  void Clear();  // the ids go on
  void Reset();  // the ids begin at 1 again

  // {"requests": […], "total": N, "truncated": bool}: the exchanges that fit, oldest first; how
  // many there have been since the journal was last cleared; and whether any of those is gone.
  Json List(const JournalFilter& filter) const;
  std::vector<Exchange> Exchanges(const JournalFilter& filter) const;
  // Nothing when it is gone, or has not been yet.
  std::optional<Exchange> Find(std::uint64_t id) const;
  // Calls `visit` with each exchange whose id is above `after`, oldest first, until it gives false.
  void Visit(std::uint64_t after, const std::function<bool(const Exchange&)>& visit) const;

  std::uint64_t total() const { return total_; }
  std::uint64_t last_id() const { return last_id_; }
  std::size_t size() const { return kept_.size(); }
  std::size_t bytes() const { return memory_.bytes(); }
  // Where its bytes are counted besides.
  void SetAccount(std::shared_ptr<MemoryAccount> account) {
    memory_.SetAccount(std::move(account));
  }
  bool truncated() const { return total_ > kept_.size(); }
  // Another one after each reset.
  std::uint64_t generation() const { return generation_; }
  // How many had to go because of the limits, ever.
  std::uint64_t evicted() const { return evicted_; }
  // How many were there when it was cleared, over all times that it was, ever.
  std::uint64_t cleared() const { return cleared_; }

  // Takes up a journal that was kept: its exchanges, oldest first, and its counts.
  void Restore(const std::vector<Exchange>& exchanges, std::uint64_t total, std::uint64_t last_id);

 private:
  struct Kept {
    std::uint64_t id;
    std::string encoded;
  };

  void Keep(std::uint64_t id, std::string encoded);

  JournalLimits limits_;
  std::uint64_t last_id_ = 0;
  std::uint64_t total_ = 0;
  std::uint64_t evicted_ = 0;
  std::uint64_t cleared_ = 0;
  std::uint64_t generation_ = 0;
  MemoryShare memory_;
  std::deque<Kept> kept_;  // oldest first
};

}  // namespace mockduit
