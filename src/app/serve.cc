#include <condition_variable>
#include <csignal>
#include <iostream>
#include <mutex>
#include <stop_token>
#include <thread>

#include "app/commands.h"
#include "app/house.h"
#include "base/file.h"
#include "server/http_server.h"

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

// An IPv6 address stands in brackets in a URL.
std::string UrlOf(const HttpServer& server) {
  const bool v6 = server.host().find(':') != std::string::npos;
  const std::string host = v6 ? "[" + server.host() + "]" : server.host();
  return "http://" + host + ":" + std::to_string(server.port());
}

// Several times a second, until it is stopped.
void Tend(House& house, const std::stop_token& stop) {
  constexpr std::chrono::milliseconds kPause{250};
  std::mutex mutex;
  std::condition_variable_any pause;
  std::unique_lock lock(mutex);
  while (!pause.wait_for(lock, stop, kPause, [&] { return stop.stop_requested(); })) house.Tend();
}

}  // namespace

int Serve(const ServeOptions& options) {
  const sigset_t stop_signals = StopSignals();
  pthread_sigmask(SIG_BLOCK, &stop_signals, nullptr);
  const auto log = MakeStderrLog(options.log == "json" ? LogFormat::kJson : LogFormat::kText);
  const auto house = House::Build(options, *log);
  if (!house) return Complain(2, house.error().message);
  ServerLimits limits;
  limits.body_bytes = options.max_body;
  const auto server = HttpServer::Listen(options.host, options.port, **house, limits);
  if (!server) return Complain(1, server.error().message);

  const std::string url = UrlOf(**server);
  if (!options.ready_file.empty()) {
    const auto written = WriteFile(options.ready_file, url + "\n");
    if (!written) return Complain(1, "--ready-file: " + written.error().message);
  }
  std::cout << "listening on " << url << std::endl;
  std::thread serving([&] { (*server)->Run(); });
  int signal = 0;
  {
    const std::jthread tending([&](const std::stop_token& stop) { Tend(**house, stop); });
    sigwait(&stop_signals, &signal);
  }
  log->Info(std::string(signal == SIGINT ? "SIGINT" : "SIGTERM") +
            ": finishing requests under way");
  (*server)->Stop();
  serving.join();
  const auto saved = (*house)->SaveState();
  return saved ? 0 : Complain(1, "--state: " + saved.error().message);
}

}  // namespace mockduit
