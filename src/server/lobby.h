// Lobby: where the connections wait whose clients have sent nothing, none of them with a thread of
// its own. The HTTP server lets them in, and its workers ask who has something to say. Knows
// sockets and numbers, no connections.
#pragma once

#include <cstdint>
#include <optional>

#include "base/result.h"
#include "server/file_descriptor.h"

namespace mockduit {

class Lobby {
 public:
  // Fails where the system has no descriptor for it.
  static Result<Lobby> Open();

  // Lets a socket in, until it is closed. False where the system takes no more.
  bool Add(const FileDescriptor& socket, std::uint64_t number) const;
  // What has happened to a socket.
  struct News {
    std::uint64_t number;
    bool has_ended;  // the client sends nothing more, behind what has come
  };
  // Waits for one of them to which something has happened: bytes have come, or the client has left.
  // It may be gone meanwhile. Each time something happens is told once, to one of those who ask.
  // Nothing once the lobby is closed.
  std::optional<News> Next() const;
  // From any thread: all who wait in Next go.
  void Close() const;

 private:
  Lobby(FileDescriptor epoll, FileDescriptor closed)
      : epoll_(std::move(epoll)), closed_(std::move(closed)) {}

  FileDescriptor epoll_;
  FileDescriptor closed_;  // readable once it is closed
};

}  // namespace mockduit
