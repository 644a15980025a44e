// `mockduit exec`: a server for as long as one command runs, and a verdict on what the command did.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <string_view>
#include <utility>

#include "app/child.h"
#include "app/client_variables.h"
#include "app/commands/commands.h"
#include "app/commands/serving_options.h"
#include "app/commands/verdict_options.h"
#include "app/complain.h"
#include "app/hard_stop.h"
#include "app/load.h"
#include "app/running_server.h"
#include "app/stop_guard.h"
#include "app/strange_variables.h"
#include "app/trust_folder.h"
#include "base/terminal.h"
#include "base/text.h"
#include "vendors/play_extensions.h"
#include "verify/reports/html.h"
#include "verify/reports/junit.h"
#include "verify/reports/summary.h"

namespace mockduit {
namespace {

constexpr const char* kExecHelp =
    "mockduit exec [OPTIONS] -- COMMAND [ARG]...\n"
    "The command finds the server by MOCKDUIT_URL, each vendor by MOCKDUIT_<VENDOR>_URL, and by\n"
    "what clients read already: FIVETRAN_API_URL, FIVETRAN_BASE_URL, AIRWEAVE_BASE_URL and\n"
    "SUPERMETRICS_BASE_URL. The summary goes to standard error.\n"
    "What comes by chance is the same in each run, by the --seed 1 unless another is given.\n"
    "Exit code: the command's; where that is 0, 3 if a gate failed. 127: it cannot be run.\n"
    "Checks: docs/checks.md\n"
    "Examples:\n"
    "  mockduit exec -- pytest\n"
    "  mockduit exec --scenario throttled-twice --require all -- python3 client.py\n"
    "  mockduit exec --each rate-limited,server-error,flaky --junit verdicts.xml -- npm test\n"
    "  mockduit exec --intercept -- node client.mjs      whose code has https://api.fivetran.com\n"
    "  mockduit exec --min-coverage 50 --report report.html -- go test ./...";

constexpr int kStopped = 128;  // plus the signal's number, as in shells

// The variables of this process to which those of an intercepted command are added.
Variables OwnEnvironment() {
  Variables own;
  for (const char* name : {"JAVA_TOOL_OPTIONS", "NODE_OPTIONS"}) {
    if (const char* value = std::getenv(name)) own.emplace_back(name, value);
  }
  return own;
}

// What to look at when the server was not called. `variables` are those that the command had.
void TellNoRequest(const Variables& variables, bool intercepted) {
  std::cerr << "The command made no request. These variables told it where the server was:\n";
  for (const auto& [name, value] : variables) {
    const bool secret = name == "MOCKDUIT_ADMIN_TOKEN";
    std::cerr << "    " << name << (secret ? "" : "=" + Printable(value)) << "\n";
  }
  std::cerr
      << "A client that reads none of them takes its address elsewhere: from an argument such "
         "as base_url,\n"
         "from a configuration file, or from a constant in its code. A container, or a shell "
         "that clears the\n"
         "environment, does not pass them on; a client that keeps answers may not ask at "
         "all.\n"
      << (intercepted
              ? "A client that takes no proxy from the environment is not led here by --intercept; "
                "one that wanted\nanother host than a vendor's was refused, which the log says.\n"
              : "With --intercept a client is led here whatever address its code has.\n")
      << std::flush;
}

// All scenarios must exist. Checked before the first run, so that a mistake in the last scenario's
// name is not found after an hour.
Result<void> FindScenarios(const ExecOptions& options) {
  const auto catalog = LoadCatalog(options.serve.library);
  if (!catalog) return FailWith(catalog.error());
  ScenarioLibrary library(VendorPlayExtensions());
  const auto loaded = LoadScenarios(options.serve.library, *catalog, library);
  if (!loaded) return std::unexpected(loaded.error());
  for (const std::string& name : options.each) {
    if (library.Find(name) == nullptr) return NoScenario(name, "--each", *loaded, library);
  }
  return {};
}

bool MadeRequests(const Report& report) {
  return report.unjudged > 0 || std::ranges::any_of(report.sessions, &SessionReport::total);
}

// The scenario has failures, and no request met one, as far as anybody can tell: what a reset has
// cleared may have.
bool ExercisedNothing(const WiredServer& wired, const std::string& name, const Report& report) {
  const auto scenario = wired.scenarios().Find(name);
  if (scenario == nullptr || !scenario->HasFailures() || report.unjudged > 0) return false;
  return std::ranges::none_of(wired.sessions().List(), [&](const auto& shared) {
    const auto session = shared->Enter();
    const auto script = session->scripts().find(name);
    return script != session->scripts().end() && script->second->HasMet();
  });
}

// The runs, each in a world of its own, until one cannot be started.
class Runs {
 public:
  // `stops` are the signals that ask this process to end.
  Runs(const ExecOptions& options, std::optional<KnownFile> known, const sigset_t& stops)
      : options_(options), known_(std::move(known)), stops_(stops), guard_(std::in_place, stops) {}

  // 0, or the code to end with.
  int Run(const ServeOptions& serve, const std::string& title) {
    auto log = MakeStderrLog(serve.log == "json" ? LogFormat::kJson : LogFormat::kText);
    if (!std::exchange(has_warned_, true)) WarnOfStrangeVariables(*log);
    const auto server = RunningServer::Start(serve, *log);
    if (!server) {
      log.reset();  // its lines come first
      return Complain(server.error());
    }
    WiredServer& wired = (*server)->wired();
    const auto contracts = wired.catalog();
    Variables variables = ClientVariables((*server)->url(), serve.admin_token, *contracts);
    std::optional<TrustFolder> trust;
    if (serve.intercept) {
      auto made = TrustFolder::Make(wired.authority(), (*server)->url());
      if (!made) return Complain(made.error());
      trust.emplace(std::move(*made));
      for (auto& each : InterceptVariables((*server)->url(), trust->files(), OwnEnvironment())) {
        variables.push_back(std::move(each));
      }
    }
    guard_.reset();
    const auto ended = RunChild(options_.command, variables, StopGrace(serve));
    guard_.emplace(stops_, StopGrace(serve));
    trust.reset();  // a hard stop would leave it behind
    if (!ended) return Complain(kCannotRun, ended.error().message);
    if (ended->was_late) {
      Complain(kFailed, "the command did not end within " + serve.stop_grace +
                            " of the signal that asked it to (--stop-grace); it was killed");
    }
    {
      // The command may have used up the grace of a container engine.
      const Duration grace = ended->was_late
                                 ? std::min<Duration>(StopGrace(serve), std::chrono::seconds(1))
                                 : StopGrace(serve);
      const HardStop hard_stop(grace, ended->exit_code != 0 ? ended->exit_code : kFailed, [&] {
        log->Warning(kTookTooLong);
        log->Flush();
      });
      (*server)->Stop();
    }
    Report report = ReportOn(wired.sessions(), *contracts, options_.verdicts.settings);
    report.title = title;
    report.exit_code = ended->exit_code;
    report.exercised_nothing = ExercisedNothing(wired, title, report);
    for (SessionReport& session : report.sessions) {
      if (known_) known_->failures.Mark(session);
    }
    if (!MadeRequests(report)) uncalled_ = std::move(variables);
    stop_ = ended->stop;
    if (first_failure_ == 0) first_failure_ = ended->exit_code;
    tally_.Add(report);
    reports_.push_back(std::move(report));
    catalogs_.push_back(contracts);
    return 0;
  }

  bool stopped() const { return stop_ != 0; }

  int Tell() const {
    std::optional<HardStop> hard_stop;
    if (stop_ != 0) hard_stop.emplace(StopGrace(options_.serve), CodeOfEnd(), [] {});
    // Before the words, of which nobody may be left to read any.
    const bool written = WriteReports(
        options_.verdicts, [&] { return JUnit(reports_); }, [&] { return HtmlPage(reports_); });
    std::cerr << "\n" << Summary(reports_, {WantsColours(STDERR_FILENO)}) << std::flush;
    if (!uncalled_.empty()) TellNoRequest(uncalled_, options_.serve.intercept);
    const bool all_met = TellGates(tally_, options_.verdicts, known_);
    if (CodeOfEnd() != 0) return CodeOfEnd();
    return !written ? kFailed : all_met ? 0 : kGateFailed;
  }

 private:
  // What the command, or the signal that ended it, says; 0 where neither does.
  int CodeOfEnd() const {
    if (first_failure_ != 0) return first_failure_;
    return stop_ != 0 ? kStopped + stop_ : 0;
  }

  const ExecOptions& options_;
  bool has_warned_ = false;  // of what the environment has
  std::optional<KnownFile> known_;
  const sigset_t stops_;
  std::optional<StopGuard> guard_;  // of what is done before and after the command
  std::vector<std::shared_ptr<const Catalog>> catalogs_;  // which the reports point into
  std::vector<Report> reports_;
  Tally tally_;
  Variables uncalled_;  // of the last run that made no request; none where all made some
  int first_failure_ = 0;
  int stop_ = 0;  // the signal that asked it to end
};

// Serves while a command runs, and judges what it did. Gives the command's own exit code where that
// is not 0.
int Exec(const ExecOptions& options) {
  auto known = ReadKnown(options.verdicts);
  if (!known) return Complain(known.error());
  const sigset_t stops = KeepSignalsForChild();
  Runs runs(options, std::move(*known), stops);
  if (options.each.empty()) {
    const int failed = runs.Run(options.serve, options.serve.scenario);
    return failed != 0 ? failed : runs.Tell();
  }
  if (const auto found = FindScenarios(options); !found) {
    return Complain(found.error());
  }
  for (std::size_t i = 0; i < options.each.size() && !runs.stopped(); ++i) {
    const std::string& scenario = options.each[i];
    std::cerr << "mockduit: scenario " << scenario << " (" << i + 1 << " of " << options.each.size()
              << ")" << std::endl;
    ServeOptions serve = options.serve;
    serve.scenario = scenario;
    if (const int failed = runs.Run(serve, scenario); failed != 0) return failed;
  }
  return runs.Tell();
}

}  // namespace

Command ExecCommand() {
  const auto options = std::make_shared<ExecOptions>();
  options->serve.port = 0;
  options->serve.seed = 1;  // a gate that holds today and not tomorrow is none
  options->serve.session_ttl = "24h";
  options->serve.max_sessions = 10'000;
  Command command{"exec", "run a command against a server of its own, and judge it", kExecHelp};
  command.options.push_back(
      FlagOption("--intercept", options->serve.intercept,
                 "lead the command's clients here whatever URL their code has, by proxy variables "
                 "and certificates; their requests over HTTP reach no other host"));
  command.options.push_back(
      TextsOption("--each", options->each, "NAME,...",
                  "run the command once for each of these scenarios, in place of --scenario"));
  AddVerdictOptions(command, options->verdicts);
  AddServingOptions(command, options->serve, "Options of its server, as mockduit serve has them");
  command.words = {"COMMAND", "what to run, after --",
                   "COMMAND is missing: write what to run after --, as in exec -- pytest",
                   &options->command};
  command.run = [options](const std::vector<std::string>& given) {
    // A scenario from the environment gives way.
    if (!options->each.empty() && std::ranges::find(given, "--scenario") != given.end()) {
      return Complain(kMisused, "--scenario excludes --each");
    }
    return Exec(*options);
  };
  return command;
}

}  // namespace mockduit
