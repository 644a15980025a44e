#include "server/http_server.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstdint>
#include <system_error>
#include <utility>

namespace mockduit {
namespace {

constexpr int kBreathMilliseconds = 20;

// No descriptor or no memory is left: the connection stays in the backlog until one is given back.
bool OutOfResources(int error) {
  return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}

}  // namespace

Result<std::unique_ptr<HttpServer>> HttpServer::Listen(const std::string& host, int port,
                                                       Handler& handler,
                                                       const ServerLimits& limits) {
  auto listener = OpenListener(host, port);
  if (!listener) return std::unexpected(listener.error());
  FileDescriptor stop_event(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!stop_event.valid()) {
    return Fail(ErrorKind::kIo,
                "cannot make an eventfd: " + std::generic_category().message(errno));
  }
  return std::unique_ptr<HttpServer>(
      new HttpServer(host, std::move(*listener), std::move(stop_event), handler, limits));
}

HttpServer::HttpServer(std::string host, Listener listener, FileDescriptor stop_event,
                       Handler& handler, const ServerLimits& limits)
    : host_(std::move(host)),
      limits_(limits),
      handler_(handler),
      listener_(std::move(listener)),
      stop_event_(std::move(stop_event)) {}

HttpServer::~HttpServer() = default;

void HttpServer::Run() {
  AcceptUntilStopped();
  listener_.socket = {};
  Drain();
}

void HttpServer::Stop() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = write(stop_event_.get(), &one, sizeof one);
}

void HttpServer::AcceptUntilStopped() {
  pollfd entries[] = {{stop_event_.get(), POLLIN, 0}, {listener_.socket.get(), POLLIN, 0}};
  while (true) {
    poll(entries, 2, -1);
    if (entries[0].revents != 0) return;
    FileDescriptor socket(accept4(listener_.socket.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (socket.valid()) {
      Serve(std::move(socket));
    } else if (OutOfResources(errno)) {
      poll(entries, 1, kBreathMilliseconds);
    }
  }
}

void HttpServer::Serve(FileDescriptor socket) {
  Connections::iterator connection;
  {
    const MutexLock lock(mutex_);
    connection = connections_.emplace(connections_.end(), std::move(socket), ++accepted_, handler_,
                                      limits_, stopping_, stop_event_);
  }
  const bool started = workers_.Run([this, connection] {
    connection->Serve();
    Release(connection);
  });
  if (!started) Release(connection);
}

// Closes the socket under the lock, so that Drain never shuts down a number used again.
void HttpServer::Release(Connections::iterator connection) {
  const MutexLock lock(mutex_);
  connections_.erase(connection);
  if (connections_.empty()) all_done_.notify_all();
}

void HttpServer::Drain() {
  const MutexLock lock(mutex_);
  const auto all_done = [this]() REQUIRES(mutex_) { return connections_.empty(); };
  stopping_ = true;
  for (Connection& connection : connections_) connection.LeaveIfIdle();
  if (all_done_.wait_for(mutex_, limits_.drain_grace, all_done)) return;
  for (Connection& connection : connections_) connection.Cut();
  all_done_.wait(mutex_, all_done);
}

}  // namespace mockduit
