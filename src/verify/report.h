// Report: the verdicts and the coverage of one run, which is a server's whole time, or one command
// that `exec` ran under one scenario. The control API, `exec` and `verify` show it, in reports/.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "contract/catalog.h"
#include "session/sessions.h"
#include "verify/check.h"
#include "verify/coverage.h"
#include "verify/verdict.h"

namespace mockduit {

struct SessionReport {
  std::string session;
  std::uint64_t total = 0;  // of all exchanges, also those that the journal no longer has
  bool truncated = false;
  double rate = 1;                     // of the session's clock; 0: it stands still
  std::vector<std::string> scenarios;  // that its requests met, by name
  std::vector<Verdict> verdicts;
  // Of each kind, how many resources its requests made and did not delete: no fault, but good to
  // know of what costs money.
  std::map<std::string, std::uint64_t> left_behind;
  // The exchanges that findings name, and the first of the others, kMaxShown in all, in the order
  // of arrival.
  std::vector<Exchange> shown;

  static constexpr std::size_t kMaxShown = 500;

  std::size_t Count(Verdict::Result result) const;
  // A check failed or was inconclusive.
  bool IsBad() const;
  Json ToJson() const;  // without the exchanges
};

struct Report {
  explicit Report(const Catalog& catalog) : coverage(catalog) {}

  std::string title;                    // the scenario, or ""
  std::optional<int> exit_code;         // of the command, if one ran
  bool exercised_nothing = false;       // the scenario has failures, and no request met one
  std::vector<SessionReport> sessions;  // those with exchanges, by name
  Coverage coverage;                    // over all sessions
  std::uint64_t unjudged = 0;  // exchanges that were cleared, or whose sessions were dropped

  std::size_t Count(Verdict::Result result) const;  // over all sessions
  bool Has(Verdict::Result result) const;
};

// Runs all checks on the session. Holds its lock while it copies the journal, not during the
// checks. Adds to `coverage`, which may be nullptr.
SessionReport ReportOn(SharedSession& shared, const Catalog& catalog, const CheckSettings& settings,
                       Coverage* coverage);
// Adds the session's exchanges to `coverage` and runs no check. Takes the session's lock.
void Cover(SharedSession& shared, Coverage& coverage);
// The report on all sessions.
Report ReportOn(const Sessions& sessions, const Catalog& catalog, const CheckSettings& settings);

}  // namespace mockduit
