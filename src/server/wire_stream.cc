#include "server/wire_stream.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <limits>
#include <optional>
#include <utility>

#include "base/clock.h"
#include "server/crew.h"

namespace mockduit {
namespace {

constexpr std::size_t kFirstBuffer = 4 * 1024UZ;
constexpr std::size_t kSealedAtOnce = 64 * 1024UZ;  // bytes
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
  constexpr int kMoment = 1;  // millisecond; most clients send a body just behind its head
  pollfd entry{socket.get(), events, 0};
  const int first = std::min(kMoment, MillisecondsUntil(deadline));
  if (first == 0) return false;
  if (poll(&entry, 1, first) > 0) return true;
  const Waiting waiting;
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
  setsockopt(socket_.get(), SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
}

Time WireStream::LastHeardOf() const {
  tcp_info info{};
  socklen_t size = sizeof info;
  if (getsockopt(socket_.get(), IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return last_arrival_;
  return MonotonicNow() - std::chrono::milliseconds(info.tcpi_last_ack_recv);
}

WireStream::Status WireStream::FillNow() {
  MakeRoom();
  while (true) {
    const Status status = Receive(MSG_DONTWAIT);
    if (status != Status::kLate || !may_have_more_) return status;
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

WireStream::Status WireStream::BeginTls(std::unique_ptr<TlsChannel> channel, Deadline deadline) {
  channel_ = std::move(channel);
  const std::string first(buffered());
  Consume(first.size());
  MakeRoom();
  channel_->Take(first);
  while (true) {
    const Status sent = WriteRaw(channel_->TakeOutgoing(), deadline);
    if (channel_->state() == TlsChannel::State::kBroken || sent == Status::kGone) {
      return Status::kGone;
    }
    if (channel_->state() != TlsChannel::State::kHandshake) break;
    if (sent == Status::kLate || !WaitFor(socket_, POLLIN, deadline)) return Status::kLate;
    if (ReceiveSealed(MSG_DONTWAIT) == Status::kGone) return Status::kGone;
  }
  Append(channel_->TakeOpened());
  return Status::kOk;
}

std::string WireStream::OwnAddress() const {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  std::array<char, NI_MAXHOST> text{};
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (getsockname(socket_.get(), generic, &size) != 0 ||
      getnameinfo(generic, size, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST) != 0) {
    return "";
  }
  return text.data();
}

WireStream::Status WireStream::Write(std::string_view bytes, Deadline deadline) {
  if (channel_ == nullptr) return WriteRaw(bytes, deadline);
  while (!bytes.empty()) {
    const std::string_view part = bytes.substr(0, kSealedAtOnce);
    channel_->Seal(part);
    if (channel_->state() == TlsChannel::State::kBroken) return Status::kGone;
    const Status sent = WriteRaw(channel_->TakeOutgoing(), deadline);
    if (sent != Status::kOk) return sent;
    bytes.remove_prefix(part.size());
  }
  return Status::kOk;
}

WireStream::Status WireStream::WriteRaw(std::string_view bytes, Deadline deadline) {
  if (bytes.empty()) return Status::kOk;
  while (true) {
    last_departure_ = MonotonicNow();
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
  std::optional<Waiting> waiting;
  if (MillisecondsUntil(deadline) > 0) waiting.emplace();
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
  if (channel_ != nullptr) {
    channel_->End();
    WriteRaw(channel_->TakeOutgoing(), deadline);
  }
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

void WireStream::Append(std::string_view bytes) {
  if (buffer_.size() < end_ + bytes.size()) buffer_.resize(end_ + bytes.size());
  std::ranges::copy(bytes, buffer_.data() + end_);
  end_ += bytes.size();
}

// As recv. Notes when the system got what it gives.
ssize_t WireStream::ReceiveRaw(void* buffer, std::size_t size, int flags) {
  iovec part{buffer, size};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(timespec))> control{};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  const ssize_t received = recvmsg(socket_.get(), &message, flags);
  may_have_more_ = received == static_cast<ssize_t>(size) || (received < 0 && errno == EINTR);
  if (received <= 0) return received;
  const cmsghdr* note = CMSG_FIRSTHDR(&message);
  if (note == nullptr || note->cmsg_level != SOL_SOCKET || note->cmsg_type != SCM_TIMESTAMPNS) {
    last_arrival_ = MonotonicNow();
    return received;
  }
  timespec at{};
  std::memcpy(&at, CMSG_DATA(note), sizeof at);
  last_arrival_ = MonotonicAt(Time(std::chrono::seconds(at.tv_sec) + Duration(at.tv_nsec / 1'000)));
  return received;
}

// kLate: nothing there yet.
WireStream::Status WireStream::Receive(int flags) {
  if (channel_ != nullptr) return ReceiveSealed(flags);
  const ssize_t received = ReceiveRaw(buffer_.data() + end_, buffer_.size() - end_, flags);
  if (received > 0) {
    end_ += static_cast<std::size_t>(received);
    return Status::kOk;
  }
  return received < 0 && (errno == EINTR || WouldBlock()) ? Status::kLate : Status::kGone;
}

// kLate also when a part of a record has come.
WireStream::Status WireStream::ReceiveSealed(int flags) {
  using State = TlsChannel::State;
  if (channel_->state() == State::kEnded || channel_->state() == State::kBroken) {
    return Status::kGone;
  }
  std::array<char, kSealedAtOnce / 4> sealed;
  const ssize_t received = ReceiveRaw(sealed.data(), sealed.size(), flags);
  if (received < 0 && (errno == EINTR || WouldBlock())) return Status::kLate;
  if (received <= 0) return Status::kGone;
  const State state = channel_->Take({sealed.data(), static_cast<std::size_t>(received)});
  if (state == State::kHandshake) return Status::kLate;  // BeginTls sends what comes next
  WriteRaw(channel_->TakeOutgoing(), DeadlineIn(std::chrono::seconds(1)));
  const std::string opened = channel_->TakeOpened();
  Append(opened);
  if (!opened.empty()) return Status::kOk;
  return state == State::kOpen ? Status::kLate : Status::kGone;
}

}  // namespace mockduit
