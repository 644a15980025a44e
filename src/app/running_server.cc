#include "app/running_server.h"

#include <algorithm>
#include <stop_token>
#include <system_error>

#include "app/process.h"
#include "base/stop.h"
#include "http/uri.h"

namespace mockduit {
namespace {

// Some descriptors are left for files and for calls to webhooks.
std::size_t MaxConnections() {
  constexpr std::size_t kMaxReserve = 64;
  const std::size_t files = MaxOpenFiles();
  return std::max<std::size_t>(files - std::min(kMaxReserve, files / 2), 1);
}

ServerLimits LimitsFor(const ServeOptions& options) {
  using std::chrono::milliseconds;
  ServerLimits limits;
  limits.body_bytes = options.max_body;
  limits.connections = MaxConnections();
  // The rest of the grace is for what comes after the requests.
  const auto grace = ParseDuration(options.stop_grace).value_or(Duration(0));
  limits.drain_grace = std::chrono::duration_cast<milliseconds>(grace) * 5 / 8;
  return limits;
}

// Several times a second, until it is stopped.
void Tend(WiredServer& wired, const std::stop_token& stop) {
  constexpr std::chrono::milliseconds kPause{250};
  while (!StopsWithin(kPause, stop)) wired.Tend();
}

// At that interval, and for a fifth of the time at most; never where `every` is 0.
void Save(WiredServer& wired, std::chrono::seconds every, const std::stop_token& stop) {
  if (every == std::chrono::seconds(0)) return;
  Duration wait = every;
  while (!StopsWithin(wait, stop)) {
    const auto begun = std::chrono::steady_clock::now();
    wired.SaveChangedState();
    const auto taken = std::chrono::steady_clock::now() - begun;
    wait = std::max<Duration>(every, 4 * std::chrono::duration_cast<Duration>(taken));
  }
}

}  // namespace

Result<std::unique_ptr<RunningServer>> RunningServer::Start(const ServeOptions& options, Log& log) {
  try {
    auto wired = WiredServer::Build(options, log);
    if (!wired) return std::unexpected(wired.error());
    auto server = HttpServer::Listen(options.host, options.port, **wired, LimitsFor(options), log,
                                     (*wired)->TakeTls());
    if (!server) {
      Error error = server.error();
      if (error.kind == ErrorKind::kConflict) error.message += "; --port 0 takes a free one";
      return std::unexpected(std::move(error));
    }
    return std::unique_ptr<RunningServer>(new RunningServer(
        std::move(*wired), std::move(*server), std::chrono::seconds(options.state_every)));
  } catch (const std::system_error& error) {
    return Fail(ErrorKind::kIo, "cannot make the threads of the server: " + error.code().message());
  }
}

RunningServer::RunningServer(std::unique_ptr<WiredServer> wired, std::unique_ptr<HttpServer> server,
                             std::chrono::seconds save_every)
    : wired_(std::move(wired)),
      server_(std::move(server)),
      url_(HttpUrl(server_->host(), std::to_string(server_->port()))),
      serving_([this] { server_->Run(); }),
      tending_([this](const std::stop_token& stop) { Tend(*wired_, stop); }),
      saving_(
          [this, save_every](const std::stop_token& stop) { Save(*wired_, save_every, stop); }) {}

RunningServer::~RunningServer() { Stop(); }

void RunningServer::Stop() {
  if (!serving_.joinable()) return;
  tending_.request_stop();
  tending_.join();
  saving_.request_stop();
  saving_.join();
  wired_->StopCalls();
  server_->Stop();
  serving_.join();
  wired_->StopDeliveries();
}

}  // namespace mockduit
