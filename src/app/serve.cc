#include <csignal>
#include <iostream>

#include "app/commands.h"
#include "app/running_server.h"
#include "base/file.h"

namespace mockduit {
namespace {

// Blocked in every thread, so that the one that waits for them gets them.
sigset_t StopSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

}  // namespace

int Serve(const ServeOptions& options) {
  const sigset_t stop_signals = StopSignals();
  pthread_sigmask(SIG_BLOCK, &stop_signals, nullptr);
  const auto log = MakeStderrLog(options.log == "json" ? LogFormat::kJson : LogFormat::kText);
  const auto server = RunningServer::Start(options, *log);
  if (!server) return Complain(server.error());
  const std::string& url = (*server)->url();
  if (!options.ready_file.empty()) {
    const auto written = WriteFile(options.ready_file, url + "\n");
    if (!written) return Complain(1, "--ready-file: " + written.error().message);
  }
  std::cout << "listening on " << url << std::endl;
  int signal = 0;
  sigwait(&stop_signals, &signal);
  log->Info(std::string(signal == SIGINT ? "SIGINT" : "SIGTERM") +
            ": finishing requests under way");
  (*server)->Stop();
  const auto saved = (*server)->house().SaveState();
  return saved ? 0 : Complain(1, "--state: " + saved.error().message);
}

}  // namespace mockduit
