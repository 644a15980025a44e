#include "app/commands/verdict_options.h"

#include <algorithm>
#include <iterator>

#include "app/complain.h"
#include "app/load.h"
#include "base/clock.h"

namespace mockduit {
namespace {

bool Write(const char* option, const std::string& path, const std::function<std::string()>& text) {
  if (path.empty()) return true;
  const auto written = WriteFile(path, text());
  if (!written) Complain(kFailed, std::string(option) + ": " + written.error().message);
  return written.has_value();
}

// Says where a file is the one that `option` has, since one would write over the other.
auto OtherThan(const std::string& taken, const std::string& option) {
  return [&taken, option](const std::string& file) -> Result<void> {
    if (file.empty() || file != taken) return {};
    return Fail("'" + file + "' is the file of " + option + ", too; each needs its own");
  };
}

}  // namespace

void AddVerdictOptions(Command& command, VerdictOptions& options) {
  const auto add = [&](Option option) { command.options.push_back(std::move(option)); };
  Option require = TextsOption("--require", options.gates.require, "CHECK,...",
                               "checks that must hold, or all; else the exit code is 3");
  require.set = [&options](const std::string& text) -> Result<void> {
    const auto gate = Gates::Make({text}, {});
    if (!gate) return std::unexpected(gate.error());
    options.gates.require.push_back(text);
    return {};
  };
  add(std::move(require));
  add({"--min-coverage", "PCT",
       "per cent of the documented outcomes of the operations that were called; else the exit code "
       "is 3",
       "", false, [&options](const std::string& text) -> Result<void> {
         const auto percent = ParseNumber<double>(text);
         if (!percent || *percent < 0 || *percent > 100) {
           return Fail("'" + text + "' is not a number from 0 to 100");
         }
         options.gates.min_coverage = percent;
         return {};
       }});
  Option set = TextsOption("--set", options.set, "CHECK.PARAMETER=VALUE",
                           "a check's parameter, such as retries-bounded.max_attempts=5");
  set.set = [&options](const std::string& text) -> Result<void> {
    if (auto known = options.settings.Set(text); !known) return known;
    options.set.push_back(text);
    return {};
  };
  add(std::move(set));
  add(TextOption("--known", options.known, "FILE",
                 "a list of failures that are known, which fail no gate; an entry that fits none "
                 "any more does"));
  add(CheckedOption("--junit", options.junit, "FILE", "a file for the verdicts as JUnit XML",
                    OtherThan(options.report, "--report")));
  add(CheckedOption("--report", options.report, "FILE.html",
                    "a file for a page with verdicts, time line and coverage",
                    OtherThan(options.junit, "--junit")));
}

Result<std::optional<KnownFile>> ReadKnown(const VerdictOptions& options) {
  if (options.known.empty()) return std::nullopt;
  auto file = ReadFile(options.known);
  if (!file) return Fail(ErrorKind::kInvalid, "--known: " + file.error().message);
  auto failures = KnownFailures::FromFile(*file, SystemClock().Now());
  if (!failures) return FailWith(failures.error(), "--known: ");
  return KnownFile{std::move(*file), std::move(*failures)};
}

bool TellGates(const Tally& tally, const VerdictOptions& options,
               const std::optional<KnownFile>& known, bool is_part) {
  std::vector<std::string> unmet = tally.Unmet(options.gates);
  std::vector<std::string> idle;
  if (known) {
    std::ranges::move(known->failures.Rotten(), std::back_inserter(unmet));
    const bool only_told = is_part || options.gates.AskForAPart();
    std::ranges::move(known->failures.Idle(), std::back_inserter(only_told ? idle : unmet));
  }
  for (const std::string& entry : idle) Complain(kGateFailed, entry + "; that fails no gate here");
  for (const std::string& gate : unmet) Complain(kGateFailed, gate);
  return unmet.empty();
}

bool WriteReports(const VerdictOptions& options, const std::function<std::string()>& junit,
                  const std::function<std::string()>& html) {
  const bool first = Write("--junit", options.junit, junit);
  const bool second = Write("--report", options.report, html);
  return first && second;
}

}  // namespace mockduit
