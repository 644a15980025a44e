// History: a session's exchanges as the checks look at them: in the order in which they came, each
// with the operation it met, what became of it, and the call that it was an attempt of.
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

struct MemberSurvey;

// What became of a request, as its client sees it.
enum class Reply : std::uint8_t {
  kSuccess,  // 2xx or 3xx, whole
  kFailure,  // 408, 429, 5xx, or what the scenario says passes by itself: trying again is right
  kLost,     // no answer, or none that can be read: trying again is right, with care
  kRefusal,  // 400, 401, 403, 404 or 422: the same request will be refused again
  kOther,    // any other 4xx, and what only the emulator says
};

struct Entry {
  const Exchange* exchange = nullptr;
  const Operation* operation = nullptr;  // nullptr: none was met
  std::string_view path;                 // the vendor's own
  std::size_t index = 0;                 // in the history
  // In the client's own time, which a session's clock may run ahead of or behind; where that stands
  // still, in the session's.
  Time at{};                     // when it came
  Time answered{};               // when its answer went out, delays included
  std::optional<Duration> told;  // the wait that Retry-After asked for
  Reply reply = Reply::kOther;
  std::uint64_t caller = 0;   // by credential and User-Agent
  std::uint64_t place = 0;    // by caller, method, path and query, whatever the edition
  std::uint64_t call = 0;     // by place and body: the same for all attempts of a call
  std::uint64_t changes = 0;  // how many writes had succeeded in the session before it

  std::uint64_t id() const { return exchange->id; }
  const Request& request() const { return exchange->request; }
  bool failed() const { return reply == Reply::kFailure || reply == Reply::kLost; }
  bool Asks(Effect::Does does) const {
    return operation != nullptr && operation->effect && operation->effect->does == does;
  }
};

class History {
 public:
  using Entries = std::vector<const Entry*>;  // in the order in which they came; never empty

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
  // The attempts of each call; those at each place, whatever their bodies. In the order of their
  // first.
  const std::vector<Entries>& calls() const { return calls_; }
  const std::vector<Entries>& places() const { return places_; }

  bool truncated() const { return facts_.truncated; }
  // True when no time can be seen between two exchanges because the session's clock stands still.
  bool NoTimeBetween(const Entry& first, const Entry& second) const {
    return facts_.rate == 0 && first.at == second.at;
  }
  // Could `second`, an attempt of the same call, be what `first`'s caller did next? Not when it
  // came before the answer, unless the caller had not waited for that; nor when it came on another
  // connection although the first's was in use afterwards, since then the first's caller is another
  // one.
  bool Follows(const Entry& first, const Entry& second) const;
  // The same number for all at a place that Compare may find alike.
  std::uint64_t LikenessOf(const Entry& entry) const;

 private:
  friend const MemberSurvey& SurveyMembers(const History& history);

  void Add(const Exchange& exchange, const Catalog& catalog);
  void SetTimes(Entry& entry) const;

  Facts facts_;
  std::vector<Exchange> exchanges_;
  std::vector<Entry> entries_;
  std::vector<Entries> calls_;
  std::vector<Entries> places_;
  std::unordered_map<std::uint64_t, std::size_t> last_use_;  // of a connection, by index
  mutable std::shared_ptr<const MemberSurvey> survey_;       // as soon as it was asked for
  mutable std::vector<std::uint64_t> likeness_;  // by index, as far as it was asked for; 0: not yet
};

// The bodies of two writes at the same place: is the second the first once more? True also where
// they are equal as JSON, or differ only in what changes from attempt to attempt: in times, and in
// ids of requests, so that `exact` is false.
struct Likeness {
  bool same = false;
  bool exact = false;
};
Likeness Compare(const Entry& first, const Entry& second);

}  // namespace mockduit
