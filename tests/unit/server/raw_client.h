// RawClient: a client that sends exactly the bytes it is given, right or wrong. Used by the tests
// of the HTTP door. Waits long and fails soft: a lost connection is an answer with status 0.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "server/file_descriptor.h"

namespace mockduit {

inline constexpr std::string_view kGet = "GET / HTTP/1.1\r\nHost: t\r\n\r\n";

// A POST with these field lines, each with its CRLF, and what follows the head.
inline std::string Post(std::string_view fields, std::string_view rest = "") {
  return "POST /p HTTP/1.1\r\nHost: t\r\n" + std::string(fields) + "\r\n" + std::string(rest);
}

struct RawAnswer {
  int status = 0;    // 0: the connection ended before a whole answer
  std::string head;  // up to and with the empty line
  std::string body;
};

class RawClient {
 public:
  explicit RawClient(int port) : RawClient(FileDescriptor(socket(AF_INET, SOCK_STREAM, 0)), port) {}
  RawClient(FileDescriptor socket, int port) : socket_(std::move(socket)) {
    const timeval patience{20, 0};
    setsockopt(socket_.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(socket_.get(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = connect(socket_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }

  bool connected() const { return connected_; }

  // True when the server took all of it.
  bool Send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  void FinishSending() { shutdown(socket_.get(), SHUT_WR); }

  // Leaves with a FIN, when all that came was read, or with a RST.
  void Close() { socket_ = {}; }
  void Reset() {
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    setsockopt(socket_.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    Close();
  }

  // The next answer; its body by Content-Length, unless there is none (HEAD).
  RawAnswer ReadAnswer(bool with_body = true) {
    RawAnswer answer;
    answer.head = ReadHead();
    if (answer.head.empty()) return {};
    const std::size_t length = answer.head.find("Content-Length: ");
    const bool has_body = with_body && length != std::string::npos;
    const std::size_t size = has_body ? std::strtoul(&answer.head[length + 16], nullptr, 10) : 0;
    while (received_.size() < size) {
      if (!Receive()) return {};
    }
    answer.body = Take(size);
    answer.status = std::atoi(answer.head.c_str() + std::string_view("HTTP/1.1 ").size());
    return answer;
  }

  RawAnswer Ask(std::string_view bytes) {
    Send(bytes);
    return ReadAnswer();
  }

  // Up to and with the next empty line; "" when the connection ends before.
  std::string ReadHead() {
    std::size_t end = 0;
    while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
      if (!Receive()) return "";
    }
    return Take(end + 4);
  }

  // That many bytes; fewer when the connection ends before.
  std::string Read(std::size_t size) {
    while (received_.size() < size && Receive()) continue;
    return Take(size);
  }

  // The bytes of the next chunk; "" for the last one, and for one that is none.
  std::string ReadChunk() {
    std::size_t end = 0;
    while ((end = received_.find("\r\n")) == std::string::npos) {
      if (!Receive()) return "";
    }
    const std::size_t size = std::strtoul(Take(end + 2).c_str(), nullptr, 16);
    const std::string chunk = Read(size);
    return Read(2) == "\r\n" ? chunk : "";
  }

  // All that still comes. SeesTheEnd tells whether the end is a clean one.
  std::string ReadToTheEnd() {
    while (Receive()) continue;
    return std::exchange(received_, {});
  }

  bool HearsWithin(std::chrono::milliseconds time) {
    pollfd entry{socket_.get(), POLLIN, 0};
    return poll(&entry, 1, static_cast<int>(time.count())) > 0;
  }

  // Waits for the server to close; false when bytes come instead.
  bool SeesTheEnd() {
    char byte = 0;
    return received_.empty() && recv(socket_.get(), &byte, 1, 0) == 0;
  }

  // Waits for the server to reset the connection; false when bytes or the end come instead.
  bool SeesAReset() {
    char byte = 0;
    return received_.empty() && recv(socket_.get(), &byte, 1, 0) < 0 && errno == ECONNRESET;
  }

 private:
  bool Receive() {
    char bytes[4096];
    const ssize_t size = recv(socket_.get(), bytes, sizeof bytes, 0);
    if (size > 0) received_.append(bytes, static_cast<std::size_t>(size));
    return size > 0;
  }

  std::string Take(std::size_t size) {
    std::string taken = received_.substr(0, size);
    received_.erase(0, size);
    return taken;
  }

  FileDescriptor socket_;
  bool connected_ = false;
  std::string received_;
};

}  // namespace mockduit
