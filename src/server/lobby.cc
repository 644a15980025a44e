#include "server/lobby.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>

#include <cerrno>
#include <system_error>

namespace mockduit {
namespace {

constexpr std::uint64_t kClosed = 0;  // connections count from 1

bool Watch(const FileDescriptor& epoll, const FileDescriptor& watched, std::uint32_t events,
           std::uint64_t number) {
  epoll_event event{};
  event.events = events;
  event.data.u64 = number;
  return epoll_ctl(epoll.get(), EPOLL_CTL_ADD, watched.get(), &event) == 0;
}

}  // namespace

Result<Lobby> Lobby::Open() {
  FileDescriptor epoll(epoll_create1(EPOLL_CLOEXEC));
  FileDescriptor closed(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  // It stays readable, so that it tells everybody.
  if (!epoll.valid() || !closed.valid() || !Watch(epoll, closed, EPOLLIN, kClosed)) {
    return Fail(ErrorKind::kIo,
                "cannot wait for connections: " + std::generic_category().message(errno));
  }
  return Lobby(std::move(epoll), std::move(closed));
}

// Edge-triggered: nobody has to be told that a socket is waited for again.
bool Lobby::Add(const FileDescriptor& socket, std::uint64_t number) const {
  return Watch(epoll_, socket, EPOLLIN | EPOLLRDHUP | EPOLLET, number);
}

std::optional<Lobby::News> Lobby::Next() const {
  epoll_event event{};
  while (epoll_wait(epoll_.get(), &event, 1, -1) != 1) {
  }
  const std::uint64_t number = event.data.u64;
  if (number == kClosed) return std::nullopt;
  return News{number, (event.events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0};
}

void Lobby::Close() const {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = write(closed_.get(), &one, sizeof one);
}

}  // namespace mockduit
