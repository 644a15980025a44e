// Report: the verdicts and the coverage of one run: of a server, or of a command that was run
// against it under one scenario.
#pragma once

#include <cstdint>
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
  std::uint64_t total = 0;  // exchanges, those that the journal no longer has included
  bool truncated = false;
  double rate = 1;  // of the session's clock; 0: it stands still
  std::vector<Verdict> verdicts;
  // In the order in which they came: those that findings name, and the first of the others, up to
  // kMostShown.
  std::vector<Exchange> shown;

  static constexpr std::size_t kMostShown = 500;

  Json ToJson() const;  // without the exchanges
};

struct Report {
  explicit Report(const Catalog& catalog) : coverage(catalog) {}

  std::string title;                    // the scenario, or ""
  std::optional<int> exit_code;         // of the command, where one was run
  std::vector<SessionReport> sessions;  // that had exchanges, by name
  Coverage coverage;                    // over all of them
  std::uint64_t unjudged = 0;  // exchanges that were cleared away, or whose sessions were dropped

  bool Has(Verdict::Result result) const;
};

// Takes the session's lock while it reads the journal, not while it judges. `coverage` may be null.
SessionReport ReportOn(SharedSession& shared, const Catalog& catalog, const CheckSettings& settings,
                       Coverage* coverage);
// Adds what the session's clients were answered, without judging them. Takes the session's lock.
void Cover(SharedSession& shared, Coverage& coverage);
// Over all sessions that there are.
Report ReportOn(const Sessions& sessions, const Catalog& catalog, const CheckSettings& settings);

}  // namespace mockduit
