// Connection: one client's connection, from its first byte to its end. The HTTP server opens it and
// the threads of its crew serve it, one at a time. Never outlives its server; what it asks the
// handler, it asks in order.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/log.h"
#include "http/message.h"
#include "server/limits.h"
#include "server/objection.h"
#include "server/outgoing.h"
#include "server/request_reader.h"
#include "server/tls/tls_acceptor.h"
#include "server/wire_stream.h"

namespace mockduit {

// What the connections of a server have in common. All of it outlives them.
struct Door {
  Handler& handler;
  const ServerLimits& limits;
  Log& log;
  TlsAcceptor* tls;  // nullptr: no TLS is spoken
  // Once it is true, the answer under way is the last one.
  const std::atomic<bool>& stopping;
  // Once it is readable, which is no later, that answer has no more time.
  const FileDescriptor& stop;
};

class Connection {
 public:
  // `number` is the one that the passages of its requests bear.
  Connection(FileDescriptor socket, std::uint64_t number, const Door& door);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // What is to be done with it next.
  enum class Next {
    kWait,  // the client has sent nothing more
    kEnd,   // the connection is done
  };
  // Answers the requests that have come, one after the other. To be called when something has
  // happened to the socket, by one thread at a time.
  Next Serve();
  const FileDescriptor& socket() const { return stream_.socket(); }
  // From any thread. The client sends nothing more, so that its end is there to be read.
  void NoteEnd() { has_ended_ = true; }

  // From any thread. Ends the connection if it waits for a request, unless one has just come: that
  // is the last one then.
  void LeaveIfIdle();
  // From any thread. Since when it waits for a request; nothing while it has one.
  std::optional<std::chrono::steady_clock::time_point> idle_since() const;
  // From any thread. Ends the connection wherever it is.
  void Cut() { stream_.ShutDown(); }

  // In place of Serve, without waiting: answers what has come with `response` and says that nothing
  // follows.
  void TurnAway(const Response& response);
  // After that, without waiting: whether the client has left, too.
  bool HasLeft() { return !stream_.Drain(); }

 private:
  std::optional<Next> AwaitRequest();
  bool SettleTls();
  bool OpenTunnel(const Head& head, const Response& response);
  void Refuse(Objection objection, Head head, Passage& passage);
  std::shared_ptr<Passage> MakePassage();
  bool Answer(const Response& response, std::string_view method, int minor_version, bool keep,
              Passage& passage);
  class HeldBack;
  Time LeftAt() const;
  void Note(Fate fate, Passage& passage) const;
  Fate Send(const Outgoing& outgoing, Passage& passage);
  Fate SendPlain(const Outgoing& outgoing, Passage& passage);

  WireStream stream_;
  const std::shared_ptr<ConnectionTimes> times_;
  const Door door_;
  std::uint64_t requests_ = 0;
  bool begins_ = true;  // nothing was read yet, of the connection or of the tunnel in it
  std::atomic<bool> has_ended_ = false;
  std::atomic<std::int64_t> idle_since_;  // of the steady clock; 0: not idle
  std::string out_;                       // reused from answer to answer
};

}  // namespace mockduit
