#include "server/wire_stream.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <utility>

namespace mockduit {
namespace {

constexpr std::size_t kFirstBuffer = 4 * 1024UZ;
constexpr std::size_t kMaxLingeringBytes = 8 * 1024UZ * 1024;

bool WouldBlock() { return errno == EAGAIN || errno == EWOULDBLOCK; }

// Rounded up, so that a wait never ends before its deadline; 0 when that has passed.
int MillisecondsUntil(Deadline deadline) {
  using std::chrono::milliseconds;
  const auto left = std::chrono::ceil<milliseconds>(deadline - std::chrono::steady_clock::now());
  constexpr milliseconds::rep kMax = std::numeric_limits<int>::max();
  return static_cast<int>(std::clamp<milliseconds::rep>(left.count(), 0, kMax));
}

// False when the deadline has passed.
bool WaitFor(const FileDescriptor& socket, decltype(pollfd::events) events, Deadline deadline) {
  pollfd entry{socket.get(), events, 0};
  while (true) {
    const int time = MillisecondsUntil(deadline);
    if (time == 0) return false;
    const int ready = poll(&entry, 1, time);
    if (ready > 0 || (ready < 0 && errno != EINTR)) return true;
  }
}

}  // namespace

WireStream::WireStream(FileDescriptor socket) : socket_(std::move(socket)) {
  const int on = 1;  // answers leave at once
  setsockopt(socket_.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

WireStream::Status WireStream::Fill() {
  MakeRoom();
  while (true) {
    const Status status = Receive(0);
    if (status != Status::kLate) return status;
  }
}

WireStream::Status WireStream::Fill(Deadline deadline) {
  MakeRoom();
  while (std::chrono::steady_clock::now() < deadline) {
    const Status status = Receive(MSG_DONTWAIT);
    if (status != Status::kLate) return status;
    WaitFor(socket_, POLLIN, deadline);
  }
  return Status::kLate;
}

WireStream::Status WireStream::Write(std::string_view bytes, Deadline deadline) {
  while (true) {
    const ssize_t sent =
        send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno != EINTR && !WouldBlock()) return Status::kGone;
    if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
    if (bytes.empty()) return Status::kOk;
    if (!WaitFor(socket_, POLLOUT, deadline)) return Status::kLate;
  }
}

WireStream::Wake WireStream::Pause(Deadline deadline, const FileDescriptor& stop,
                                   Leave leave) const {
  // poll() reports resets and failures without being asked.
  const decltype(pollfd::events) events = leave == Leave::kFinish ? POLLRDHUP : 0;
  pollfd entries[] = {{socket_.get(), events, 0}, {stop.get(), POLLIN, 0}};
  while (true) {
    const int time = MillisecondsUntil(deadline);
    const int ready = poll(entries, 2, time);
    if (ready > 0) return entries[1].revents != 0 ? Wake::kStop : Wake::kGone;
    if (ready == 0 && time == 0) return Wake::kTime;
  }
}

bool WireStream::Finished() const {
  pollfd entry{socket_.get(), POLLRDHUP, 0};
  return poll(&entry, 1, 0) > 0;
}

void WireStream::ResetInTheEnd() {
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  setsockopt(socket_.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

void WireStream::Linger(Deadline deadline) {
  ShutDownWriting();
  std::size_t dropped = 0;
  while (dropped < kMaxLingeringBytes) {
    dropped += buffered().size();
    Consume(buffered().size());
    if (Fill(deadline) != Status::kOk) return;
  }
}

bool WireStream::Drain() {
  while (true) {
    Consume(buffered().size());
    MakeRoom();
    const Status status = Receive(MSG_DONTWAIT);
    if (status != Status::kOk) return status == Status::kLate;
  }
}

void WireStream::ShutDownWriting() { shutdown(socket_.get(), SHUT_WR); }
void WireStream::ShutDownReading() { shutdown(socket_.get(), SHUT_RD); }
void WireStream::ShutDown() { shutdown(socket_.get(), SHUT_RDWR); }

void WireStream::MakeRoom() {
  if (begin_ == end_) begin_ = end_ = 0;
  if (end_ < buffer_.size()) return;
  if (begin_ == 0) {
    buffer_.resize(std::max(kFirstBuffer, 2 * buffer_.size()));
    return;
  }
  std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
}

// kLate: nothing there yet.
WireStream::Status WireStream::Receive(int flags) {
  const ssize_t received = recv(socket_.get(), buffer_.data() + end_, buffer_.size() - end_, flags);
  if (received > 0) {
    end_ += static_cast<std::size_t>(received);
    return Status::kOk;
  }
  return received < 0 && (errno == EINTR || WouldBlock()) ? Status::kLate : Status::kGone;
}

}  // namespace mockduit
