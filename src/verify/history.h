// History: a session's exchanges as the checks read them: in the order in which the requests
// arrived, each with the operation it called and its result. Made once for all checks of a session;
// it never changes afterwards and never reads the session.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "contract/catalog.h"
#include "session/exchange.h"
#include "verify/entry.h"

namespace mockduit {

struct FieldSurvey;
class CallBook;

class History {
 public:
  using Entries = std::vector<const Entry*>;  // in the order of arrival; never empty

  // One event on its way to a webhook, once it was tried.
  struct Delivery {
    struct Attempt {
      int status = 0;  // that it was answered with; 0: with none
      // By MonotonicNow, as an exchange's wire has it.
      Time sent{};
      Time ended{};
    };

    std::string event;
    bool taken = false;   // answered with 2xx in the end
    std::string problem;  // of the last attempt: "it answered 500", "no answer from http://…"
    std::vector<Attempt> attempts{};
  };
  // What is known of the session besides its exchanges.
  struct Facts {
    bool truncated = false;  // some exchanges are gone from the journal
    std::vector<Delivery> deliveries{};
  };

  // `catalog` must outlive the history.
  History(std::vector<Exchange> exchanges, Facts facts, const Catalog& catalog);
  History(const History&) = delete;
  History& operator=(const History&) = delete;

  // Of the client: what people have opened in a browser is not among them.
  const std::vector<Entry>& entries() const { return entries_; }
  // All there are, in the order in which the requests arrived.
  const std::vector<Exchange>& exchanges() const { return exchanges_; }
  // The entries at each place, whatever their bodies, in the order of their first entries.
  const std::vector<Entries>& places() const { return places_; }
  bool truncated() const { return facts_.truncated; }
  const std::vector<Delivery>& deliveries() const { return facts_.deliveries; }

  // Whether the session's clock stood still between the two, so that a client that goes by it
  // cannot have waited; what it waited in real time is in the entries.
  static bool ClockStoodStill(const Entry& first, const Entry& second);
  // LikenessHash, worked out when it is first asked for.
  std::uint64_t LikenessOf(const Entry& entry) const;

 private:
  friend const FieldSurvey& SurveySentFields(const History& history);
  friend const CallBook& CallsOf(const History& history);

  void Add(const Exchange& exchange, const Catalog& catalog);
  void SetCallers();
  void SetDecisions();

  Facts facts_;
  std::vector<Exchange> exchanges_;
  std::vector<Entry> entries_;
  std::vector<Entries> places_;
  // Worked out when they are first asked for.
  mutable std::shared_ptr<const FieldSurvey> survey_;
  mutable std::shared_ptr<const CallBook> calls_;
  mutable std::vector<std::uint64_t> likeness_;  // by entry; 0: not yet
};

}  // namespace mockduit
