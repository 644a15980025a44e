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

namespace mockduit {

struct FieldSurvey;

// The result of a request, as its client sees it.
enum class Reply : std::uint8_t {
  kSuccess,  // 2xx or 3xx, whole
  kFailure,  // 408, 429, 5xx, or what the scenario declares transient: a retry is right
  kLost,     // no response, or none that can be read: a retry is right, with care
  kRefusal,  // 400, 401, 403, 404 or 422: the same request will be refused again
  kOther,    // any other 4xx, and the emulator's own responses
};

struct Entry {
  const Exchange* exchange = nullptr;
  const Operation* operation = nullptr;  // nullptr: none
  std::string_view path;                 // the vendor's path, without session and scenario
  std::size_t index = 0;                 // in the history
  // In the client's own time, since a session's clock may run faster or slower; in the session's
  // time where its clock stands still.
  Time at{};                            // when the request arrived
  Time answered{};                      // when the response went out, delays included
  std::optional<Duration> retry_after;  // the wait that Retry-After announced
  Reply reply = Reply::kOther;
  std::uint64_t caller = 0;   // by credential and User-Agent
  std::uint64_t place = 0;    // by caller, method, path and query, whatever the edition
  std::uint64_t call = 0;     // by place and body: the same for all attempts of a call
  std::uint64_t changes = 0;  // the number of writes that took effect before it

  std::uint64_t id() const { return exchange->id; }
  const Request& request() const { return exchange->request; }
  bool failed() const { return reply == Reply::kFailure || reply == Reply::kLost; }
  bool Asks(Effect::Does does) const {
    return operation != nullptr && operation->effect && operation->effect->does == does;
  }
};

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
