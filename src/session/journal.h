// Journal: the last exchanges of one session, a bounded ring. Not thread-safe: its session's lock
// guards it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/time.h"
#include "http/message.h"

namespace mockduit {

// One request with its answer, secrets already taken out.
struct Exchange {
  std::uint64_t id = 0;   // counts from 1 within the session
  Time at{};              // on the session's clock
  std::string operation;  // "fivetran.create_connection", or ""
  std::string outcome;    // "rate_limited", or "" for the emulator's own answers
  Request request;
  Response response;

  Json ToJson() const;
};

struct JournalFilter {
  std::string operation;    // "": any
  std::string outcome;      // "": any
  int status = 0;           // 0: any
  std::uint64_t after = 0;  // only ids above this one
  std::size_t limit = 1000;

  bool Fits(const Exchange& exchange) const;
};

class Journal {
 public:
  static constexpr std::size_t kMaxBody = 64 * 1024;  // bytes of a body that are kept

  explicit Journal(std::size_t capacity) : capacity_(capacity) {}

  // Keeps an exchange that Pack made and gives the id it has from now on. Past the capacity the
  // oldest goes.
  std::uint64_t Add(std::string packed);
  void Clear();  // the ids go on
  void Reset();  // the ids begin at 1 again

  // {"requests": […], "total": N, "truncated": bool}: the exchanges that fit, oldest first; how
  // many there have been since the journal was last cleared; and whether any of those is gone.
  Json List(const JournalFilter& filter) const;
  std::vector<Exchange> Exchanges(const JournalFilter& filter) const;
  std::uint64_t total() const { return total_; }

 private:
  std::size_t capacity_;
  std::uint64_t last_id_ = 0;
  std::uint64_t total_ = 0;
  struct Kept {
    std::uint64_t id;
    std::string packed;
  };
  std::deque<Kept> kept_;  // oldest first
};

}  // namespace mockduit
