// KnownFailures: the failures that a project lives with for now, as it lists them in a file, each
// with its reason. `exec` and `verify` hold verdicts against the list; an entry that fits no
// failure any more is told, so that the list cannot rot.
#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/problem.h"
#include "base/result.h"
#include "base/time.h"
#include "verify/report.h"

namespace mockduit {

class KnownFailures {
 public:
  KnownFailures() = default;  // none
  // `now` is the real time; entries whose last day is over by UTC count no more. Every mistake is
  // told with its place and the nearest right word.
  static Read<KnownFailures> FromFile(const TextFile& file, Time now);

  // Makes each failed or inconclusive verdict known whose findings are all in the list.
  void Mark(SessionReport& report);

  // After all reports were marked, a sentence for each entry that is over, or whose check passes
  // now; and for each that nothing was held against, because no session or check it names was met.
  std::vector<std::string> Rotten() const;
  std::vector<std::string> Idle() const;

 private:
  friend class KnownReader;

  struct Entry {
    std::string place;           // "known.yaml:3"
    std::string check;           // "backoff-grows", or a code: "backoff-grows/no-growth"
    std::string session = "*";   // a glob …
    std::string scenario = "*";  // … and another
    std::string reason;
    std::optional<std::chrono::sys_days> until;  // the last day on which it counts
    bool over = false;

    bool met = false;      // a session had such a name, and met such a scenario
    bool matched = false;  // a failure
    std::string
        passed_in;  // the first such session in which the check was judged and this not found

    bool Fits(const SessionReport& report) const;
    bool Covers(const Verdict& verdict, const Finding& finding) const;
    bool Matches(const Verdict& verdict) const;
    void Note(const Verdict& verdict, const std::string& session);
  };

  std::string WhyIdle(const Entry& entry) const;

  std::vector<Entry> entries_;
  // Of all reports.
  std::set<std::string> sessions_;
  std::set<std::string> scenarios_;
};

}  // namespace mockduit
