#include "app/running_server.h"

#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace mockduit {
namespace {

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

Result<std::unique_ptr<RunningServer>> RunningServer::Start(const ServeOptions& options, Log& log) {
  auto house = House::Build(options, log);
  if (!house) return std::unexpected(house.error());
  ServerLimits limits;
  limits.body_bytes = options.max_body;
  auto server = HttpServer::Listen(options.host, options.port, **house, limits);
  if (!server) return std::unexpected(server.error());
  return std::unique_ptr<RunningServer>(new RunningServer(std::move(*house), std::move(*server)));
}

RunningServer::RunningServer(std::unique_ptr<House> house, std::unique_ptr<HttpServer> server)
    : house_(std::move(house)),
      server_(std::move(server)),
      url_(UrlOf(*server_)),
      serving_([this] { server_->Run(); }),
      tending_([this](const std::stop_token& stop) { Tend(*house_, stop); }) {}

RunningServer::~RunningServer() { Stop(); }

void RunningServer::Stop() {
  if (!serving_.joinable()) return;
  tending_.request_stop();
  tending_.join();
  server_->Stop();
  serving_.join();
}

}  // namespace mockduit
