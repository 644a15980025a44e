#include "server/http_server.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <system_error>
#include <thread>
#include <utility>

#include "http/problem.h"

namespace mockduit {
namespace {

constexpr int kBreathMilliseconds = 20;
constexpr std::chrono::seconds kSpareTime{10};
constexpr std::size_t kMaxTurnedAway = 64;  // that are given time to read why

// A few more than processors, so that a long answer of one does not hold up all others.
std::size_t MostAtWork() {
  return std::max<std::size_t>(4, 2 * std::thread::hardware_concurrency());
}

// No descriptor or no memory is left: the connection stays in the backlog until one is given back.
bool OutOfResources(int error) {
  return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}

}  // namespace

Result<std::unique_ptr<HttpServer>> HttpServer::Listen(const std::string& host, int port,
                                                       Handler& handler, const ServerLimits& limits,
                                                       Log& log, std::unique_ptr<TlsAcceptor> tls) {
  auto listener = OpenListener(host, port);
  if (!listener) return std::unexpected(listener.error());
  FileDescriptor stop_event(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!stop_event.valid()) {
    return Fail(ErrorKind::kIo,
                "cannot make an eventfd: " + std::generic_category().message(errno));
  }
  auto lobby = Lobby::Open();
  if (!lobby) return std::unexpected(lobby.error());
  return std::unique_ptr<HttpServer>(new HttpServer(host, std::move(*listener),
                                                    std::move(stop_event), std::move(*lobby),
                                                    handler, limits, log, std::move(tls)));
}

HttpServer::HttpServer(std::string host, Listener listener, FileDescriptor stop_event, Lobby lobby,
                       Handler& handler, const ServerLimits& limits, Log& log,
                       std::unique_ptr<TlsAcceptor> tls)
    : host_(std::move(host)),
      limits_(limits),
      log_(log),
      tls_(std::move(tls)),
      listener_(std::move(listener)),
      stop_event_(std::move(stop_event)),
      door_{handler, limits_, log_, tls_.get(), stopping_, stop_event_},
      lobby_(std::move(lobby)),
      crew_([this] { return ServeNext(); }, MostAtWork(), kSpareTime, limits.threads) {}

HttpServer::~HttpServer() { lobby_.Close(); }

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
    poll(entries, 2, turned_away_.empty() ? -1 : kBreathMilliseconds);
    if (entries[0].revents != 0) return;
    ForgetTurnedAway();
    if (entries[1].revents != 0 && !AcceptOne()) MakeRoom();
  }
}

bool HttpServer::AcceptOne() {
  {
    const MutexLock lock(mutex_);
    if (connections_.size() >= limits_.connections) return false;
  }
  FileDescriptor socket(accept4(listener_.socket.get(), nullptr, nullptr, SOCK_CLOEXEC));
  if (!socket.valid()) return !OutOfResources(errno);
  Welcome(std::move(socket));
  return true;
}

std::size_t HttpServer::CountIdle() {
  const MutexLock lock(mutex_);
  const auto is_idle = [](const auto& entry) {
    return entry.second.connection.idle_since().has_value();
  };
  return static_cast<std::size_t>(std::ranges::count_if(connections_, is_idle));
}

// The connection that has been idle longest gives way. Where none is idle, new ones stay in the
// backlog until one ends. Returns once one has, at the latest after a breath.
void HttpServer::MakeRoom() {
  const MutexLock lock(mutex_);
  const std::size_t before = connections_.size();
  if (!std::exchange(told_full_, true)) {
    log_.Warning("there are " + std::to_string(before) +
                 " connections, for more of which there are no file descriptors (ulimit -n); idle "
                 "ones give way to new ones");
  }
  Connection* oldest = nullptr;
  for (auto& [number, served] : connections_) {
    const auto since = served.connection.idle_since();
    if (since && (oldest == nullptr || *since < oldest->idle_since().value_or(*since))) {
      oldest = &served.connection;
    }
  }
  if (oldest != nullptr) oldest->LeaveIfIdle();
  released_.wait_for(mutex_, std::chrono::milliseconds(kBreathMilliseconds),
                     [&]() REQUIRES(mutex_) { return connections_.size() < before; });
}

void HttpServer::Welcome(FileDescriptor socket) {
  std::uint64_t number = 0;
  const FileDescriptor* waited_for = nullptr;
  {
    const MutexLock lock(mutex_);
    number = ++accepted_;
    const auto place = connections_.try_emplace(number, std::move(socket), number, door_).first;
    waited_for = &place->second.connection.socket();
  }
  // Nobody knows of it yet, so it is there.
  if (!crew_.CallIn() || !lobby_.Add(*waited_for, number)) TurnAway(number);
}

// What each thread of the crew does. False when there will be nothing more.
bool HttpServer::ServeNext() {
  const auto news = lobby_.Next();
  if (!news) return false;
  Served* const served = Take(*news);
  if (served == nullptr) return true;
  while (served->connection.Serve() == Connection::Next::kWait) {
    if (PutBack(*served)) return true;
  }
  Release(news->number);
  return true;
}

// nullptr when it is gone, or is served: then that goes on until it has seen what has happened.
HttpServer::Served* HttpServer::Take(const Lobby::News& news) {
  const MutexLock lock(mutex_);
  const auto found = connections_.find(news.number);
  if (found == connections_.end()) return nullptr;
  Served& served = found->second;
  if (news.has_ended) served.connection.NoteEnd();
  if (std::exchange(served.is_taken, true)) {
    served.has_more = true;
    return nullptr;
  }
  return &served;
}

// False when something has happened to it meanwhile.
bool HttpServer::PutBack(Served& served) {
  const MutexLock lock(mutex_);
  if (std::exchange(served.has_more, false)) return false;
  served.is_taken = false;
  return true;
}

void HttpServer::TurnAway(std::uint64_t number) {
  if (!std::exchange(told_no_thread_, true)) {
    log_.Warning("there are " + std::to_string(crew_.thread_count()) +
                 " threads, and no more can be made (ulimit -u); new connections are answered with "
                 "503 meanwhile");
  }
  TurnedAway turned_away{{}, DeadlineIn(limits_.linger)};
  {
    const MutexLock lock(mutex_);
    turned_away.connection = connections_.extract(number);
  }
  turned_away.connection.mapped().connection.TurnAway(
      RefusedAnswer(503, "the server can make no thread for this connection; try again later"));
  turned_away_.push_back(std::move(turned_away));
  if (turned_away_.size() > kMaxTurnedAway) turned_away_.pop_front();
}

// Closing at once would answer late bytes with a reset, which takes the answer along.
void HttpServer::ForgetTurnedAway() {
  const auto now = std::chrono::steady_clock::now();
  std::erase_if(turned_away_, [&](TurnedAway& each) {
    return each.deadline <= now || each.connection.mapped().connection.HasLeft();
  });
}

// Closes the socket under the lock, so that Drain never shuts down a number used again.
void HttpServer::Release(std::uint64_t number) {
  const MutexLock lock(mutex_);
  connections_.erase(number);
  released_.notify_all();
}

void HttpServer::Drain() {
  const MutexLock lock(mutex_);
  const auto all_done = [this]() REQUIRES(mutex_) { return connections_.empty(); };
  stopping_ = true;
  for (auto& [number, served] : connections_) served.connection.LeaveIfIdle();
  if (released_.wait_for(mutex_, limits_.drain_grace, all_done)) return;
  for (auto& [number, served] : connections_) served.connection.Cut();
  released_.wait(mutex_, all_done);
}

}  // namespace mockduit
