#include "server/connection.h"

#include <algorithm>
#include <utility>

#include "base/clock.h"
#include "server/faults/faults.h"
#include "server/head_parser.h"
#include "server/stream_sender.h"

namespace mockduit {
namespace {

constexpr std::size_t kMaxKeptForReuse = 64 * 1024UZ;
constexpr std::size_t kSentAtOnce = 8 * 1024UZ;  // any system takes so much of an answer at once

std::int64_t SteadyNow() { return std::chrono::steady_clock::now().time_since_epoch().count(); }

ConnectionField FieldFor(bool keep, int minor_version) {
  if (!keep) return ConnectionField::kClose;
  return minor_version == 0 ? ConnectionField::kKeepAlive : ConnectionField::kNone;
}

}  // namespace

Connection::Connection(FileDescriptor socket, std::uint64_t number, const Door& door)
    : stream_(std::move(socket)),
      times_(std::make_shared<ConnectionTimes>(number, MonotonicNow())),
      door_(door),
      idle_since_(SteadyNow()) {}

// Its client may have closed it earlier than that was seen here.
Connection::~Connection() {
  times_->closed = std::max(stream_.LastHeardOf(), stream_.last_departure());
}

std::shared_ptr<Passage> Connection::MakePassage() {
  // What came first may have come before the connection was accepted.
  const Time arrived = std::max(stream_.last_arrival(), times_->opened);
  return std::make_shared<Passage>(times_, ++requests_, arrived);
}

// What has happened may be that bytes have come since it was last looked.
Connection::Next Connection::Serve() {
  stream_.LookAgain();
  while (true) {
    if (const auto next = AwaitRequest()) return *next;
    if (!SettleTls()) return Next::kEnd;
    if (stream_.buffered().empty()) continue;
    Head head;
    const auto passage = MakePassage();
    head.request.passage = passage;
    head.request.secure = stream_.channel() != nullptr;
    MemoryShare held;  // by the body, until there is an answer
    auto objection = ReadHead(stream_, door_.limits, head);
    if (!objection) objection = ReadBody(stream_, door_.limits, door_.handler, head, held);
    if (objection) {
      Refuse(std::move(*objection), std::move(head), *passage);
      return Next::kEnd;
    }

    const std::string method = head.request.method;
    const Response response = door_.handler.Handle(std::move(head.request));
    held = {};
    const bool tunnel = method == "CONNECT";
    const bool goes_on = tunnel && response.status < 300
                             ? OpenTunnel(head, response)
                             : Answer(response, method, head.minor_version,
                                      head.framing.keep_alive && !tunnel, *passage);
    if (!goes_on) return Next::kEnd;
  }
}

// The first byte of a connection tells whether it speaks TLS. False when that came to nothing.
bool Connection::SettleTls() {
  if (!std::exchange(begins_, false) || door_.tls == nullptr) return true;
  if (!stream_.buffered().starts_with(kTlsHandshake)) return true;
  auto channel =
      stream_.channel() == nullptr ? door_.tls->MakeChannel(stream_.OwnAddress()) : nullptr;
  if (channel == nullptr) return false;
  const auto status = stream_.BeginTls(std::move(channel), DeadlineIn(door_.limits.head_deadline));
  if (status == WireStream::Status::kOk) return true;
  const TlsChannel& tls = *stream_.channel();
  const std::string name = tls.server_name().empty() ? "" : " for " + tls.server_name();
  const std::string problem = status == WireStream::Status::kLate ? "it took too long"
                              : tls.problem().empty()             ? "the client has left"
                                                                  : tls.problem();
  door_.log.Often(LogLevel::kWarning, "tls", "a TLS handshake" + name + " failed: " + problem, 1);
  return false;
}

// What comes next begins anew, as if on a connection of its own (RFC 9110, section 9.3.6).
bool Connection::OpenTunnel(const Head& head, const Response& response) {
  std::string opened = head.minor_version == 0 ? "HTTP/1.0 " : "HTTP/1.1 ";
  opened += std::to_string(response.status) + " Connection established\r\n\r\n";
  begins_ = true;
  return stream_.Write(opened, DeadlineIn(door_.limits.write_deadline)) == WireStream::Status::kOk;
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

// Nothing when a request, or a part of one, is there. `idle_since_` is set before `door_.stopping`
// is read here, and the other way round in the server, so one of the two sees the other. What came
// before the shutdown is still read and answered.
std::optional<Connection::Next> Connection::AwaitRequest() {
  if (!stream_.buffered().empty()) return std::nullopt;
  if (stream_.may_have_more() || has_ended_) {
    const auto status = stream_.FillNow();
    if (status == WireStream::Status::kGone) return Next::kEnd;
    if (status == WireStream::Status::kOk) {
      idle_since_ = 0;
      return std::nullopt;
    }
  }
  if (idle_since_ == 0) idle_since_ = SteadyNow();
  if (door_.stopping) stream_.ShutDownReading();
  return Next::kWait;
}

void Connection::Refuse(Objection objection, Head head, Passage& passage) {
  if (objection.status == 0) return;
  const std::string method = head.request.method;
  const Response response = door_.handler.Refuse(
      {objection.status, std::move(objection.reason), std::move(head.request)});
  Answer(response, method, head.minor_version, false, passage);
}

// While it lasts, whoever asks for the journal is told of a client that has left, though this
// thread may see that later. A client that has finished sending before may still be there.
class Connection::HeldBack {
 public:
  HeldBack(const Connection& connection, Passage& passage) : passage_(passage) {
    if (connection.stream_.Finished()) return;
    passage_.HoldBack([&connection]() -> std::optional<Time> {
      if (!connection.stream_.Finished()) return std::nullopt;
      return connection.LeftAt();
    });
  }
  ~HeldBack() { passage_.GoOn(); }
  HeldBack(const HeldBack&) = delete;
  HeldBack& operator=(const HeldBack&) = delete;

 private:
  Passage& passage_;
};

// Whether the connection goes on; if not, all that is left to do is to close it.
bool Connection::Answer(const Response& response, std::string_view method, int minor_version,
                        bool keep, Passage& passage) {
  if (const Duration delay = response.delivery.delay; delay > Duration::zero()) {
    const Deadline deadline = DeadlineIn(delay);
    const HeldBack held_back(*this, passage);
    auto wake = stream_.Pause(deadline, door_.stop, WireStream::Leave::kFinish);
    if (wake == WireStream::Wake::kGone) {
      passage.Leave(LeftAt());
      // Unless it has only finished sending, and still reads.
      wake = stream_.Pause(deadline, door_.stop, WireStream::Leave::kReset);
    }
    if (wake == WireStream::Wake::kGone) return false;
    if (wake == WireStream::Wake::kStop) keep = false;
  }
  keep = keep && !door_.stopping && (minor_version > 0 || response.stream == nullptr);
  const ConnectionField field = FieldFor(keep, minor_version);
  const Fate fate =
      Send({response, method, minor_version, field, stream_, door_.stop, door_.limits}, passage);
  Note(fate, passage);
  if (fate == Fate::kGoesOn && keep) return true;
  if (fate != Fate::kDropped && fate != Fate::kLeft)
    stream_.Linger(DeadlineIn(door_.limits.linger));
  return false;
}

// A busy machine sees it late that the client has closed. A reset leaves no such trace.
Time Connection::LeftAt() const {
  constexpr Duration kLate = std::chrono::milliseconds(100);
  const Time now = MonotonicNow();
  const Time heard = stream_.LastHeardOf();
  return now - heard < kLate ? std::min(heard, now) : now;
}

// A client that has left before, while the answer was held back, left then.
void Connection::Note(Fate fate, Passage& passage) const {
  const Wire seen = passage.Look();
  if (seen.left) return;
  if (fate == Fate::kLeft) return passage.Leave(LeftAt());
  if (fate != Fate::kGoesOn) return passage.End(MonotonicNow());
  if (seen.ended == Time{}) passage.End(stream_.last_departure());
}

Fate Connection::Send(const Outgoing& outgoing, Passage& passage) {
  const Response& response = outgoing.response;
  if (const Fault fault = response.delivery.fault; fault != Fault::kNone) {
    std::optional<HeldBack> held_back;
    if (LosesAnswer(fault)) held_back.emplace(*this, passage);
    return SendFaulty(fault, outgoing);
  }
  return response.stream == nullptr ? SendPlain(outgoing, passage) : SendStream(outgoing);
}

Fate Connection::SendPlain(const Outgoing& outgoing, Passage& passage) {
  out_.clear();
  AppendResponse(outgoing.response, outgoing.method, outgoing.connection, out_);
  // Who has the answer and asks for the journal at once finds there that it has ended.
  if (out_.size() <= kSentAtOnce && !passage.Look().left) passage.End(MonotonicNow());
  const bool sent = outgoing.Write(out_);
  if (out_.capacity() > kMaxKeptForReuse) std::string().swap(out_);
  return sent ? Fate::kGoesOn : Fate::kLeft;
}

}  // namespace mockduit
