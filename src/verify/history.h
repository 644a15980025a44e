// History: a session's exchanges as the checks read them: in the order in which the requests
// arrived, each with the operation it called, its result, and the call of which it is an attempt.
// Made once for all checks of a session; it never changes afterwards and never reads the session.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/json.h"
#include "contract/catalog.h"
#include "session/exchange.h"
#include "verify/entry.h"

namespace mockduit {

struct FieldSurvey;

class History {
 public:
  using Entries = std::vector<const Entry*>;  // in the order of arrival; never empty

  // What is known of the session besides its exchanges.
  struct Facts {
    bool truncated = false;  // some exchanges are gone from the journal
    double rate = 1;         // of the session's clock; 0: it stands still
  };

  // `catalog` must outlive the history.
  History(std::vector<Exchange> exchanges, Facts facts, const Catalog& catalog);
  History(const History&) = delete;
  History& operator=(const History&) = delete;

  const std::vector<Entry>& entries() const { return entries_; }
  // The attempts of each call, and the entries at each place whatever their bodies. Groups stand in
  // the order of their first entries.
  const std::vector<Entries>& calls() const { return calls_; }
  const std::vector<Entries>& places() const { return places_; }

  bool truncated() const { return facts_.truncated; }
  // True when the time between two exchanges is unknown because the session's clock stood still.
  bool NoTimeBetween(const Entry& first, const Entry& second) const {
    return facts_.rate == 0 && first.at == second.at;
  }
  // True when `second`, an attempt of the same call, may be what the caller of `first` did next.
  // False when it arrived before the response to `first`, unless that caller had not waited for it;
  // and when it arrived on another connection although the connection of `first` was used again
  // later, because then the two callers differ.
  bool Follows(const Entry& first, const Entry& second) const;
  // LikenessHash, worked out when it is first asked for.
  std::uint64_t LikenessOf(const Entry& entry) const;

 private:
  friend const FieldSurvey& SurveySentFields(const History& history);

  void Add(const Exchange& exchange, const Catalog& catalog);
  void SetTimes(Entry& entry) const;

  Facts facts_;
  std::vector<Exchange> exchanges_;
  std::vector<Entry> entries_;
  std::vector<Entries> calls_;
  std::vector<Entries> places_;
  std::unordered_map<std::uint64_t, std::size_t>
      last_use_;                                       // of a connection, as the entry's index
  mutable std::shared_ptr<const FieldSurvey> survey_;  // nullptr until it is first asked for
  mutable std::vector<std::uint64_t> likeness_;        // by entry; 0: not worked out yet
};

}  // namespace mockduit
