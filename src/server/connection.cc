#include "server/connection.h"

#include <utility>

namespace mockduit {
namespace {

constexpr std::size_t kMostKeptForReuse = 64 * 1024UZ;

ConnectionField FieldFor(bool keep, int minor_version) {
  if (!keep) return ConnectionField::kClose;
  return minor_version == 0 ? ConnectionField::kKeepAlive : ConnectionField::kNone;
}

}  // namespace

Connection::Connection(FileDescriptor socket, Handler& handler, const ServerLimits& limits,
                       const std::atomic<bool>& stopping)
    : stream_(std::move(socket)), handler_(handler), limits_(limits), stopping_(stopping) {}

void Connection::Serve() {
  while (AwaitRequest()) {
    Head head;
    auto objection = ReadHead(stream_, limits_, head);
    if (!objection) objection = ReadBody(stream_, limits_, head);
    if (objection) return Refuse(std::move(*objection), std::move(head.request));

    const std::string method = head.request.method;
    const Response response = handler_.Handle(std::move(head.request));
    const bool keep = head.framing.keep_alive && !stopping_;
    if (!Send(response, method, FieldFor(keep, head.minor_version))) return;
    if (!keep) return stream_.Linger(DeadlineIn(limits_.linger));
  }
}

void Connection::LeaveIfIdle() {
  if (idle_) stream_.ShutDownReading();
}

// `idle_` is set before `stopping_` is read here, and the other way round in the server, so one of
// the two sees the other. What came before the shutdown is still read and answered.
bool Connection::AwaitRequest() {
  if (!stream_.buffered().empty()) return true;
  idle_ = true;
  if (stopping_) stream_.ShutDownReading();
  const bool came = stream_.Fill() == WireStream::Status::kOk;
  idle_ = false;
  return came;
}

void Connection::Refuse(Objection objection, Request request) {
  if (objection.status == 0) return;
  const std::string method = request.method;
  const Response response =
      handler_.Refuse({objection.status, std::move(objection.reason), std::move(request)});
  if (Send(response, method, ConnectionField::kClose)) stream_.Linger(DeadlineIn(limits_.linger));
}

bool Connection::Send(const Response& response, std::string_view method,
                      ConnectionField connection) {
  out_.clear();
  AppendResponse(response, method, connection, out_);
  const auto status = stream_.Write(out_, DeadlineIn(limits_.write_deadline));
  if (out_.capacity() > kMostKeptForReuse) out_ = {};
  return status == WireStream::Status::kOk;
}

}  // namespace mockduit
