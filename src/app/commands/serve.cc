#include <unistd.h>

#include <chrono>
#include <csignal>
#include <memory>
#include <optional>

#include "app/commands/commands.h"
#include "app/commands/serving_options.h"
#include "app/complain.h"
#include "app/hard_stop.h"
#include "app/output.h"
#include "app/ready_file.h"
#include "app/running_server.h"
#include "app/stop_guard.h"
#include "app/strange_variables.h"
#include "base/terminal.h"

namespace mockduit {
namespace {

// A server serves, and ends when it is told to, though nobody reads its standard output.
constexpr std::chrono::milliseconds kReadersPatience{1'000};

// Blocked in every thread, so that the one that waits for them gets them.
sigset_t StopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  // A terminal that goes ends the server like them, but for a server that nohup has begun.
  struct sigaction hang_up{};
  sigaction(SIGHUP, nullptr, &hang_up);
  if (hang_up.sa_handler != SIG_IGN) sigaddset(&signals, SIGHUP);
  return signals;
}

const char* NameOf(int signal) {
  return signal == SIGINT ? "SIGINT" : signal == SIGHUP ? "SIGHUP" : "SIGTERM";
}

// "" where no TLS is spoken.
std::string TlsLine(const ServeOptions& options, const std::string& url) {
  if (!options.speaks_tls()) return "";
  const std::string secure = "https" + url.substr(url.find(':'));
  const std::string file =
      options.tls_ca.empty() ? url + "/__admin/ca.pem" : options.tls_ca + "/ca.pem";
  return "listening on " + secure + "\n" +
         (options.tls_cert.empty() ? "clients trust it by " + file + "\n" : "");
}

// Serves until SIGTERM, SIGINT or SIGHUP.
int Serve(const ServeOptions& options) {
  const sigset_t stop_signals = StopSignals();
  pthread_sigmask(SIG_BLOCK, &stop_signals, nullptr);
  std::optional<StopGuard> starting(stop_signals);
  auto log = MakeStderrLog(options.log == "json" ? LogFormat::kJson : LogFormat::kText);
  WarnOfStrangeVariables(*log);
  const auto server = RunningServer::Start(options, *log);
  if (!server) {
    log.reset();  // its lines come first
    return Complain(server.error());
  }
  starting.reset();  // before anybody is told that it is ready: from then on a stop is a clean one
  const std::string& url = (*server)->url();
  ReadyFile ready(options.ready_file);
  if (const auto written = ready.Write(url); !written) {
    return Complain(kFailed, "--ready-file: " + written.error().message);
  }
  Print("listening on " + url + "\n" + TlsLine(options, url), kReadersPatience);
  if (IsTerminal(STDOUT_FILENO)) {
    Print("What it serves, and what comes in: " + url + "/ in a browser, or curl " + url + "/\n",
          kReadersPatience);
  }
  int signal = 0;
  sigwait(&stop_signals, &signal);
  ready.Remove();
  log->Info(std::string(NameOf(signal)) + ": finishing requests under way");
  WiredServer& wired = (*server)->wired();
  const HardStop hard_stop(StopGrace(options), kFailed, [&] {
    log->Warning(kTookTooLong);
    log->Flush();
  });
  // First, for the stop may be cut short; and again, with what requests under way have done.
  if (const auto saved = wired.SaveState(); !saved) {
    log->Warning("--state: " + saved.error().message);
  }
  (*server)->Stop();
  const auto saved = wired.SaveState();
  return saved ? 0 : Complain(kFailed, "--state: " + saved.error().message);
}

}  // namespace

Command ServeCommand() {
  const auto options = std::make_shared<ServeOptions>();
  Command command{"serve", "answer requests until SIGTERM, SIGINT or SIGHUP"};
  AddServingOptions(command, *options);
  command.options.push_back(
      TextOption("--state", options->state, "FILE",
                 "a file that keeps the sessions: read at start, written when they have changed "
                 "and at the end"));
  command.options.push_back(NumberOption("--state-every", options->state_every, 0, 86'400,
                                         "seconds between the saves of --state while something "
                                         "changes; 0: only at the end"));
  command.options.push_back(
      FlagOption("--ignore-state", options->ignore_state,
                 "start without what the --state file says; it is put aside as FILE.ignored"));
  command.options.push_back(TextOption("--ready-file", options->ready_file, "FILE",
                                       "a file that has the URL while it listens"));
  command.run = [options](const auto&) { return Serve(*options); };
  return command;
}

}  // namespace mockduit
