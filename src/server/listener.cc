#include "server/listener.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>
#include <memory>
#include <system_error>
#include <utility>

namespace mockduit {
namespace {

constexpr int kBacklog = 1024;
constexpr int kSecondsToProbe = 15;

using Addresses = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

Result<Addresses> Resolve(const std::string& host, int port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int error = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
  if (error != 0)
    return Fail(ErrorKind::kIo, "cannot find the host " + host + ": " + gai_strerror(error));
  return Addresses(found, &freeaddrinfo);
}

// Invalid, with errno set, when the address cannot be had.
FileDescriptor ListenOn(const addrinfo& address) {
  const int type = address.ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK;
  FileDescriptor socket(::socket(address.ai_family, type, address.ai_protocol));
  if (!socket.valid()) return {};
  const int on = 1;  // a server that was just stopped can be started again at once
  setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  // Handed down to every connection: a client that went away without a word, or that has closed
  // while its answer was held back, is found out, and its connection ends with a reset.
  setsockopt(socket.get(), SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
  setsockopt(socket.get(), IPPROTO_TCP, TCP_KEEPIDLE, &kSecondsToProbe, sizeof kSecondsToProbe);
  if (bind(socket.get(), address.ai_addr, address.ai_addrlen) != 0) return {};
  if (listen(socket.get(), kBacklog) != 0) return {};
  return socket;
}

int PortOf(const FileDescriptor& socket) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size);
  // The port stands at the same place for both families.
  return ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port);
}

}  // namespace

Result<Listener> OpenListener(const std::string& host, int port) {
  auto addresses = Resolve(host, port);
  if (!addresses) return std::unexpected(addresses.error());
  int error = 0;
  for (const addrinfo* address = addresses->get(); address; address = address->ai_next) {
    FileDescriptor socket = ListenOn(*address);
    if (socket.valid()) {
      const int real_port = PortOf(socket);
      return Listener{std::move(socket), real_port};
    }
    error = errno;
    if (error == EADDRINUSE) {
      return Fail(ErrorKind::kConflict,
                  "port " + std::to_string(port) + " on " + host + " is already in use");
    }
  }
  return Fail(ErrorKind::kIo, "cannot listen on port " + std::to_string(port) + " of " + host +
                                  ": " + std::generic_category().message(error));
}

}  // namespace mockduit
