#include "app/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdint>
#include <iostream>
#include <limits>

#include "app/commands.h"
#include "app/house.h"
#include "base/suggest.h"

namespace mockduit {
namespace {

constexpr const char* kAbout =
    "Mockduit stands in for data-connection APIs (Supermetrics, Airweave, Fivetran), so that "
    "client "
    "code can be tested with no account, no network and no bill.";

constexpr const char* kExamples =
    "Examples:\n"
    "  mockduit serve                                  all vendors on http://127.0.0.1:8080\n"
    "  mockduit serve --scenario throttled-twice       two 429s, then success\n"
    "  mockduit serve --port 0 --ready-file url.txt    any free port; its URL in url.txt\n"
    "  mockduit serve --seed 7 --clock 2026-01-15T10:00:00Z   the same bytes every time\n"
    "  mockduit serve --scenarios mine/ --watch        takes up what you save there\n"
    "  mockduit exec --require all -- pytest           a verdict on what your tests' client did\n"
    "  mockduit lint mine/                             every mistake in the files there\n"
    "  mockduit operations --vendor fivetran           what is emulated, with every outcome\n"
    "  mockduit health --url http://127.0.0.1:8080     exit code 0 when the server is well\n";

// "--max-body" as "MOCKDUIT_MAX_BODY".
std::string EnvironmentName(const std::string& option) {
  std::string name = "MOCKDUIT_";
  for (const char c : option.substr(2)) {
    name += c == '-' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
  }
  return name;
}

template <class Value>
CLI::Option* Add(CLI::App& command, const std::string& name, Value& value, const char* about) {
  return command.add_option(name, value, about)->envname(EnvironmentName(name));
}

// May be repeated, or take several words with commas between; never the words after it.
CLI::Option* Add(CLI::App& command, const std::string& name, std::vector<std::string>& values,
                 const char* about) {
  return command.add_option(name, values, about)
      ->envname(EnvironmentName(name))
      ->allow_extra_args(false)
      ->delimiter(',');
}

void AddLibrary(CLI::App& command, LibraryOptions& options) {
  Add(command, "--scenarios", options.scenarios, "a directory of scenario files; may be repeated")
      ->type_name("DIR");
  Add(command, "--fixtures", options.fixtures,
      "a directory of contracts that stand over the built-in ones")
      ->type_name("DIR");
}

CLI::Validator ValidClock() {
  return {[](std::string& text) {
            const auto clock = ClockSetting::Parse(text);
            return clock ? std::string() : clock.error().message;
          },
          "", "clock"};
}

CLI::Validator ValidDuration() {
  return {[](std::string& text) {
            const auto duration = ParseDuration(text);
            if (!duration) return duration.error().message;
            return *duration > Duration(0) ? std::string() : "it must be longer than nothing";
          },
          "", "duration"};
}

CLI::Validator ValidUrl() {
  return {[](std::string& text) {
            const bool url = text.starts_with("http://") || text.starts_with("https://");
            return url ? std::string() : "'" + text + "' is no URL; write it as http://host:port";
          },
          "", "url"};
}

// What `serve` and `exec` have in common.
void AddServing(CLI::App& serve, ServeOptions& options) {
  Add(serve, "--host", options.host, "the address to listen on")->capture_default_str();
  Add(serve, "--port", options.port, "the port to listen on; 0 takes a free one")
      ->check(CLI::Range(0, 65535))
      ->capture_default_str();
  Add(serve, "--scenario", options.scenario, "the scenario of requests that choose none")
      ->capture_default_str();
  AddLibrary(serve, options.library);
  serve.add_flag("--strict", options.library.strict, "a broken scenario file ends the start")
      ->envname("MOCKDUIT_STRICT");
  Add(serve, "--edition", options.editions,
      "VENDOR=EDITION: the generation of a contract that answers; may be repeated")
      ->type_name("VENDOR=EDITION");
  Add(serve, "--seed", options.seed, "makes every id and token the same in each run")
      ->check(CLI::Range(std::int64_t{0}, std::numeric_limits<std::int64_t>::max()));
  Add(serve, "--clock", options.clock, "real, TIME (stands still there) or TIME@RATE")
      ->check(ValidClock())
      ->type_name("CLOCK")
      ->capture_default_str();
  Add(serve, "--public-url", options.public_url,
      "what clients call this server by, where that is not the Host they send")
      ->check(ValidUrl());
  Add(serve, "--seed-state", options.seed_state,
      "a file of resources that every session begins with, as GET /__admin/store gives them")
      ->type_name("FILE");
  Add(serve, "--webhook-allow", options.webhook_allow,
      "a host besides loopback that webhooks may be sent to; may be repeated")
      ->type_name("HOST");
  Add(serve, "--webhook-ca", options.webhook_ca,
      "certificates in PEM form that https webhooks may be vouched for by, beside the system's")
      ->type_name("FILE");
  serve
      .add_flag("--watch", options.watch,
                "take up files in --scenarios and --fixtures as they are saved")
      ->envname("MOCKDUIT_WATCH");
  Add(serve, "--session-ttl", options.session_ttl, "a session that is idle for longer is dropped")
      ->check(ValidDuration())
      ->type_name("DURATION")
      ->capture_default_str();
  Add(serve, "--max-sessions", options.max_sessions,
      "sessions at a time; past it the one that is idle longest is dropped")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  Add(serve, "--journal-bytes", options.journal_bytes, "bytes of exchanges kept for each session")
      ->check(CLI::Range(std::size_t{1}, std::size_t{1} << 40))
      ->capture_default_str();
  Add(serve, "--admin-token", options.admin_token, "what calls under /__admin must bear")
      ->type_name("TOKEN");
  Add(serve, "--journal-size", options.journal_size, "exchanges kept for each session")
      ->check(CLI::Range(1, 10'000'000))
      ->capture_default_str();
  Add(serve, "--max-resources", options.max_resources, "resources of a kind kept for each session")
      ->check(CLI::Range(1, 10'000'000))
      ->capture_default_str();
  Add(serve, "--max-body", options.max_body, "the longest request body, in bytes")
      ->check(CLI::Range(1, 1'000'000'000))
      ->capture_default_str();
  Add(serve, "--log", options.log, "text or json, on standard error")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
}

void AddServe(CLI::App& app, ServeOptions& options) {
  CLI::App& serve = *app.add_subcommand("serve", "answer requests until SIGTERM or SIGINT");
  AddServing(serve, options);
  Add(serve, "--state", options.state,
      "a file that keeps the sessions: read at start, written at the end")
      ->type_name("FILE");
  serve
      .add_flag("--ignore-state", options.ignore_state,
                "start without what the --state file says; it is put aside as FILE.ignored")
      ->envname("MOCKDUIT_IGNORE_STATE");
  Add(serve, "--ready-file", options.ready_file, "a file to write the URL to once it listens");
}

void AddJudging(CLI::App& command, JudgingOptions& options) {
  Add(command, "--require", options.gates.require,
      "checks that must hold, or all; else the exit code is 3")
      ->type_name("CHECK,...");
  Add(command, "--min-coverage", options.gates.min_coverage,
      "per cent of the documented outcomes of the operations that were called; else the exit code "
      "is 3")
      ->check(CLI::Range(0.0, 100.0))
      ->type_name("PCT");
  Add(command, "--set", options.set, "a check's parameter, such as retries-bounded.max_attempts=5")
      ->type_name("CHECK.PARAMETER=VALUE");
  Add(command, "--junit", options.junit, "a file for the verdicts as JUnit XML")->type_name("FILE");
  Add(command, "--report", options.report,
      "a file for a page with verdicts, time line and coverage")
      ->type_name("FILE.html");
}

// What the parser cannot tell: whether the checks and their parameters are known.
Result<void> Complete(JudgingOptions& options) {
  auto gates = Gates::Make(std::move(options.gates.require), options.gates.min_coverage);
  if (!gates) return Fail("--require: " + gates.error().message);
  options.gates = std::move(*gates);
  for (const std::string& assignment : options.set) {
    if (const auto set = options.settings.Set(assignment); !set) {
      return Fail("--set: " + set.error().message);
    }
  }
  return {};
}

void AddExec(CLI::App& app, ExecOptions& options) {
  CLI::App& exec =
      *app.add_subcommand("exec", "run a command against a server of its own, and judge it");
  options.serve.port = 0;
  options.serve.session_ttl = "24h";
  options.serve.max_sessions = 10'000;
  AddServing(exec, options.serve);
  Add(exec, "--each", options.each,
      "run the command once for each of these scenarios, in place of --scenario")
      ->type_name("NAME,...");
  AddJudging(exec, options.judging);
  exec.add_option("COMMAND", options.command, "what to run, after --")->required();
  exec.footer(
      "mockduit exec [OPTIONS] -- COMMAND [ARG]...\n"
      "The command finds the server by MOCKDUIT_URL, each vendor by MOCKDUIT_<VENDOR>_URL, and by\n"
      "what clients read already: FIVETRAN_API_URL, FIVETRAN_BASE_URL, AIRWEAVE_BASE_URL and\n"
      "SUPERMETRICS_BASE_URL. The summary goes to standard error.\n"
      "Exit code: the command's; where that is 0, 3 if a gate failed. 127: it cannot be run.\n"
      "Checks: docs/checks.md\n"
      "Examples:\n"
      "  mockduit exec -- pytest\n"
      "  mockduit exec --scenario throttled-twice --require all -- python3 client.py\n"
      "  mockduit exec --each rate-limited,server-error,flaky --junit verdicts.xml -- npm test\n"
      "  mockduit exec --min-coverage 50 --report report.html -- go test ./...");
}

void AddVerify(CLI::App& app, VerifyOptions& options) {
  CLI::App& verify = *app.add_subcommand("verify", "judge the clients of a running server");
  Add(verify, "--url", options.url, "the server")->check(ValidUrl())->capture_default_str();
  Add(verify, "--session", options.session, "only this session")->type_name("NAME");
  Add(verify, "--admin-token", options.admin_token, "what the server asks for")->type_name("TOKEN");
  AddJudging(verify, options.judging);
  verify.footer(
      "Exit code 0: well; 1: no answer; 2: misused; 3: a gate failed.\n"
      "Examples:\n"
      "  mockduit verify\n"
      "  mockduit verify --session checkout-7 --require retry-after-honoured\n"
      "  mockduit verify --url http://127.0.0.1:9000 --require all --junit verdicts.xml");
}

void AddLint(CLI::App& app, LintOptions& options) {
  CLI::App& lint = *app.add_subcommand("lint", "tell every mistake in contracts and scenarios");
  lint.add_option("PATH", options.paths, "files, and directories of files")->required();
  Add(lint, "--format", options.format, "text or json")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  Add(lint, "--fixtures", options.library.fixtures,
      "a directory of contracts that stand over the built-in ones")
      ->type_name("DIR");
  lint.footer(
      "A contract is read with the files beside it. Each mistake is told with its line and a "
      "caret.\n"
      "Exit code 0: no mistake; 1: mistakes; 2: a path cannot be read, or a contract that is not\n"
      "among the paths is broken.\n"
      "Examples:\n"
      "  mockduit lint scenarios/                       scenarios, by the built-in contracts\n"
      "  mockduit lint fixtures/acme/                   the contracts of a vendor\n"
      "  mockduit lint --fixtures fixtures/ mine.yaml   a scenario, by contracts of your own\n"
      "  mockduit lint --format json mine.yaml          for tools");
}

CLI::App& AddListing(CLI::App& app, const char* name, const char* about, ListOptions& options) {
  CLI::App& command = *app.add_subcommand(name, about);
  AddLibrary(command, options.library);
  command.add_flag("--json", options.json, "as JSON");
  return command;
}

// The server on this machine that the environment describes.
std::string DefaultUrl() {
  const char* port = std::getenv("MOCKDUIT_PORT");
  return "http://127.0.0.1:" + std::string(port != nullptr ? port : "8080");
}

std::vector<std::string> KnownWords(const CLI::App& command) {
  std::vector<std::string> words;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) words.push_back("--" + name);
  }
  for (const CLI::App* sub : command.get_subcommands([](const CLI::App*) { return true; })) {
    words.push_back(sub->get_name());
  }
  return words;
}

const CLI::App& ChosenCommand(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  return chosen.empty() ? app : *chosen.front();
}

// The words of the command line, up to the command that exec runs.
std::vector<std::string_view> OwnWords(int argc, const char* const* argv) {
  std::vector<std::string_view> words(argv + 1, argv + argc);
  words.erase(std::ranges::find(words, "--"), words.end());
  return words;
}

bool IsGiven(std::string_view option, const std::vector<std::string_view>& words) {
  return std::ranges::any_of(
      words, [&](std::string_view word) { return word.substr(0, word.find('=')) == option; });
}

int Misused(const CLI::App& app, const CLI::ParseError& error,
            const std::vector<std::string_view>& words) {
  const CLI::App& command = ChosenCommand(app);
  const auto unknown = app.remaining(true);
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr && !unknown.empty()) {
    // What stands behind "--" comes first; an option before it is what is unknown.
    const auto first_option = std::ranges::find_if(unknown, [&](const std::string& each) {
      return each.starts_with('-') && std::ranges::find(words, each) != words.end();
    });
    const std::string& first = first_option != unknown.end() ? *first_option : unknown.front();
    const std::string word = first.substr(0, first.find('='));
    const bool option = word.starts_with('-');
    return Complain(2, "unknown " + std::string(option ? "option" : "command") + " '" + word + "'" +
                           DidYouMean(word, KnownWords(command)) + "; see " + command.get_name() +
                           (command.get_name() == "mockduit" ? "" : " under mockduit") + " --help");
  }
  std::string message = error.what();
  for (char& c : message) {
    if (c == '\n') c = ' ';
  }
  return Complain(2, message);
}

}  // namespace

int Complain(int code, const std::string& message) {
  std::cerr << "mockduit: " << message << std::endl;
  return code;
}

int Complain(const Error& error) {
  const bool misused = error.kind == ErrorKind::kInvalid || error.kind == ErrorKind::kNotFound;
  return Complain(misused ? 2 : 1, error.message);
}

int RunCommandLine(int argc, const char* const* argv) {
  CLI::App app(kAbout, "mockduit");
  app.footer(kExamples);
  app.set_version_flag("--version", kVersion);
  ServeOptions serve;
  LintOptions lint;
  ListOptions operations;
  ListOptions scenarios;
  ExecOptions exec;
  VerifyOptions verify{.url = DefaultUrl()};
  std::string url = DefaultUrl();
  AddServe(app, serve);
  AddExec(app, exec);
  AddVerify(app, verify);
  AddLint(app, lint);
  CLI::App& health = *app.add_subcommand("health", "ask a running server whether it is well");
  Add(health, "--url", url, "the server")->capture_default_str();
  Add(AddListing(app, "operations", "list the emulated operations and their outcomes", operations),
      "--vendor", operations.vendor, "only this vendor's");
  AddListing(app, "scenarios", "list the scenarios", scenarios);
  if (argc == 1) {
    std::cout << app.help();
    return 0;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked) {  // --help, --version
    return app.exit(asked);
  } catch (const CLI::ParseError& error) {
    return Misused(app, error, OwnWords(argc, argv));
  }
  if (app.got_subcommand("serve")) return Serve(serve);
  if (app.got_subcommand("lint")) return Lint(lint);
  if (app.got_subcommand("exec")) {
    // A scenario from the environment gives way.
    if (!exec.each.empty() && IsGiven("--scenario", OwnWords(argc, argv))) {
      return Complain(2, "--scenario excludes --each");
    }
    const auto complete = Complete(exec.judging);
    return complete ? Exec(exec) : Complain(2, complete.error().message);
  }
  if (app.got_subcommand("verify")) {
    const auto complete = Complete(verify.judging);
    return complete ? Verify(verify) : Complain(2, complete.error().message);
  }
  if (app.got_subcommand("health")) return Health(url);
  if (app.got_subcommand("operations")) return ListOperations(operations);
  return ListScenarios(scenarios);
}

}  // namespace mockduit
