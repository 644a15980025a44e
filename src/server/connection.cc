#include "server/connection.h"

#include <utility>

#include "server/faults/faults.h"
#include "server/stream_sender.h"

namespace mockduit {
namespace {

constexpr std::size_t kMaxKeptForReuse = 64 * 1024UZ;

ConnectionField FieldFor(bool keep, int minor_version) {
  if (!keep) return ConnectionField::kClose;
  return minor_version == 0 ? ConnectionField::kKeepAlive : ConnectionField::kNone;
}

}  // namespace

Connection::Connection(FileDescriptor socket, std::uint64_t number, Handler& handler,
                       const ServerLimits& limits, const std::atomic<bool>& stopping,
                       const FileDescriptor& stop)
    : stream_(std::move(socket)),
      number_(number),
      handler_(handler),
      limits_(limits),
      stopping_(stopping),
      stop_(stop) {}

void Connection::Serve() {
  while (AwaitRequest()) {
    Head head;
    head.request.connection = number_;
    auto objection = ReadHead(stream_, limits_, head);
    if (!objection) objection = ReadBody(stream_, limits_, head);
    if (objection) return Refuse(std::move(*objection), std::move(head));

    const std::string method = head.request.method;
    const Response response = handler_.Handle(std::move(head.request));
    if (!Answer(response, method, head.minor_version, head.framing.keep_alive)) return;
  }
}

void Connection::LeaveIfIdle() {
  if (idle_since_ != 0) stream_.ShutDownReading();
}

std::optional<std::chrono::steady_clock::time_point> Connection::idle_since() const {
  const std::chrono::steady_clock::duration since(idle_since_);
  if (since == std::chrono::steady_clock::duration::zero()) return std::nullopt;
  return std::chrono::steady_clock::time_point(since);
}

void Connection::TurnAway(const Response& response) {
  stream_.Drain();
  AppendResponse(response, "GET", ConnectionField::kClose, out_);
  stream_.Write(out_, {});
  stream_.ShutDownWriting();
}

// `idle_since_` is set before `stopping_` is read here, and the other way round in the server, so
// one of the two sees the other. What came before the shutdown is still read and answered.
bool Connection::AwaitRequest() {
  if (!stream_.buffered().empty()) return true;
  idle_since_ = std::chrono::steady_clock::now().time_since_epoch().count();
  if (stopping_) stream_.ShutDownReading();
  const bool came = stream_.Fill() == WireStream::Status::kOk;
  idle_since_ = 0;
  return came;
}

void Connection::Refuse(Objection objection, Head head) {
  if (objection.status == 0) return;
  const std::string method = head.request.method;
  const Response response =
      handler_.Refuse({objection.status, std::move(objection.reason), std::move(head.request)});
  Answer(response, method, head.minor_version, false);
}

// Whether the connection goes on; if not, all that is left to do is to close it.
bool Connection::Answer(const Response& response, std::string_view method, int minor_version,
                        bool keep) {
  if (const Duration delay = response.delivery.delay; delay > Duration::zero()) {
    const Deadline deadline = DeadlineIn(delay);
    auto wake = stream_.Pause(deadline, stop_, WireStream::Leave::kFinish);
    if (wake == WireStream::Wake::kGone) {
      if (response.abandoned) response.abandoned();
      // Unless it has only finished sending, and still reads.
      wake = stream_.Pause(deadline, stop_, WireStream::Leave::kReset);
    }
    if (wake == WireStream::Wake::kGone) return false;
    if (wake == WireStream::Wake::kStop) keep = false;
  }
  keep = keep && !stopping_ && (minor_version > 0 || response.stream == nullptr);
  const ConnectionField field = FieldFor(keep, minor_version);
  const Fate fate = Send({response, method, minor_version, field, stream_, stop_, limits_});
  if (fate == Fate::kGoesOn && keep) return true;
  if (fate != Fate::kDropped) stream_.Linger(DeadlineIn(limits_.linger));
  return false;
}

Fate Connection::Send(const Outgoing& outgoing) {
  const Response& response = outgoing.response;
  if (response.delivery.fault != Fault::kNone) {
    return SendFaulty(response.delivery.fault, outgoing);
  }
  return response.stream == nullptr ? SendPlain(outgoing) : SendStream(outgoing);
}

Fate Connection::SendPlain(const Outgoing& outgoing) {
  out_.clear();
  AppendResponse(outgoing.response, outgoing.method, outgoing.connection, out_);
  const bool sent = outgoing.Write(out_);
  if (out_.capacity() > kMaxKeptForReuse) out_ = {};
  return sent ? Fate::kGoesOn : Fate::kDropped;
}

}  // namespace mockduit
