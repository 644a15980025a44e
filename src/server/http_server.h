// HttpServer: the door through which requests come in. Opened by main and by tests; hands whole
// requests to one Handler, on many threads. Never decides what is answered.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>

#include "base/log.h"
#include "base/mutex.h"
#include "base/result.h"
#include "http/message.h"
#include "server/connection.h"
#include "server/crew.h"
#include "server/file_descriptor.h"
#include "server/limits.h"
#include "server/listener.h"
#include "server/lobby.h"
#include "server/tls/tls_acceptor.h"

namespace mockduit {

class HttpServer {
 public:
  // Takes the port at once (port 0: any free one), so that host() and port() are known before
  // Run(). The handler and the log must outlive the server. With `tls` it speaks TLS, too, on the
  // same port. Fails when the address cannot be had.
  static Result<std::unique_ptr<HttpServer>> Listen(const std::string& host, int port,
                                                    Handler& handler, const ServerLimits& limits,
                                                    Log& log,
                                                    std::unique_ptr<TlsAcceptor> tls = nullptr);
  ~HttpServer();

  const std::string& host() const { return host_; }
  int port() const { return listener_.port; }
  // The connections that wait for a request at this moment. Any thread may ask.
  std::size_t CountIdle();

  // Serves until Stop. Returns when the last connection is done: idle ones are closed at once, a
  // request under way is answered without further delay, stalls and streams end, and what is left
  // after the grace is cut. A handler that does not return holds Run up. To be called once.
  void Run();

  // From any thread, and from a signal handler. Before Run, it makes Run return at once.
  void Stop();

 private:
  struct Served {
    Served(FileDescriptor socket, std::uint64_t number, const Door& door)
        : connection(std::move(socket), number, door) {}

    Connection connection;
    bool is_taken = false;  // a thread serves it
    bool has_more = false;  // something has happened to it meanwhile
  };
  using Connections = std::map<std::uint64_t, Served>;  // by number; none of them moves

  HttpServer(std::string host, Listener listener, FileDescriptor stop_event, Lobby lobby,
             Handler& handler, const ServerLimits& limits, Log& log,
             std::unique_ptr<TlsAcceptor> tls);

  void AcceptUntilStopped();
  // False when there is no descriptor for it.
  bool AcceptOne();
  void MakeRoom();
  void Welcome(FileDescriptor socket);
  bool ServeNext();
  Served* Take(const Lobby::News& news);
  bool PutBack(Served& served);
  void TurnAway(std::uint64_t number);
  void ForgetTurnedAway();
  void Release(std::uint64_t number);
  void Drain();

  const std::string host_;
  const ServerLimits limits_;
  Log& log_;
  const std::unique_ptr<TlsAcceptor> tls_;
  Listener listener_;
  FileDescriptor stop_event_;  // readable once Stop was called
  std::atomic<bool> stopping_ = false;
  const Door door_;

  Mutex mutex_;
  ConditionVariable released_;
  std::uint64_t accepted_ GUARDED_BY(mutex_) = 0;
  Connections connections_ GUARDED_BY(mutex_);

  // Only for the thread that accepts: connections without a thread, until they have read why.
  struct TurnedAway {
    Connections::node_type connection;
    Deadline deadline;
  };
  std::deque<TurnedAway> turned_away_;
  bool told_full_ = false;
  bool told_no_thread_ = false;

  const Lobby lobby_;
  Crew crew_;  // the last one, so that its threads end first
};

}  // namespace mockduit
