// Journal: keeps the last exchanges of one session, bounded in number and in bytes. It is not
// thread-safe: the lock of its session guards it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/memory_account.h"
#include "session/exchange.h"

namespace mockduit {

struct JournalFilter {
  std::string operation;    // a glob; "": any
  std::string outcome;      // "": any
  int status = 0;           // 0: any
  std::uint64_t after = 0;  // only greater ids fit
  std::size_t limit = 1000;

  bool Fits(const Exchange& exchange) const;
};

struct JournalLimits {
  std::size_t exchanges = 10'000;
  std::size_t bytes = 32 * 1024UZ * 1024;  // of encoded exchanges
};

class Journal {
 public:
  explicit Journal(JournalLimits limits) : limits_(limits) {}

  // Keeps an exchange that EncodeExchange has encoded, and returns its new id. What its passage,
  // which may be nullptr, sees later on is seen here, too. Drops the oldest exchanges beyond the
  // limits.
  std::uint64_t Add(std::string encoded, std::shared_ptr<Passage> passage);
  // Drops the oldest exchanges but the last one, until those that are left hold no more than that.
  void Shorten(std::size_t bytes);
  void Clear();  // drops all exchanges; the ids go on
  void Reset();  // drops all exchanges; the ids begin at 1 again

  // Gives {"requests": […], "total": N, "truncated": bool}: the exchanges that fit, oldest first;
  // how many the journal got since it was last cleared; and whether it has dropped any of those.
  Json List(const JournalFilter& filter) const;
  std::vector<Exchange> Exchanges(const JournalFilter& filter) const;
  // Returns nothing when the journal has dropped it, or has not got it yet.
  std::optional<Exchange> Find(std::uint64_t id) const;
  // Calls `visit` with each exchange of an id above `after`, oldest first, until it returns false.
  void Visit(std::uint64_t after, const std::function<bool(const Exchange&)>& visit) const;

  std::uint64_t total() const { return total_; }
  std::uint64_t last_id() const { return last_id_; }
  std::size_t size() const { return kept_.size(); }
  std::size_t bytes() const { return memory_.bytes(); }
  // Makes that account count its bytes, too.
  void SetAccount(std::shared_ptr<MemoryAccount> account) {
    memory_.SetAccount(std::move(account));
  }
  bool truncated() const { return total_ > kept_.size(); }
  // Counts the resets.
  std::uint64_t generation() const { return generation_; }
  // Counts all exchanges that were dropped because of the limits.
  std::uint64_t evicted() const { return evicted_; }
  // Counts all exchanges that the journal had got before it was cleared.
  std::uint64_t cleared() const { return cleared_; }

  // Restores a saved journal from its exchanges, oldest first, and its counts.
  void Restore(const std::vector<Exchange>& exchanges, std::uint64_t total, std::uint64_t last_id);

 private:
  struct Kept {
    std::uint64_t id;
    std::string encoded;
    std::shared_ptr<Passage> passage;

    std::size_t bytes() const { return encoded.size() + (passage ? sizeof(Passage) : 0); }
  };

  void Keep(Kept exchange);
  void DropOldest();

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
