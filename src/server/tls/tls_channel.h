// TlsChannel: TLS on one connection, between the bytes of the wire and those that it protects. Used
// by the wire stream, which alone moves bytes: the channel knows no socket and never waits.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "server/tls/openssl_pointers.h"

namespace mockduit {

class TlsChannel {
 public:
  enum class State : std::uint8_t {
    kHandshake,
    kOpen,
    kEnded,   // the other side has said that nothing follows
    kBroken,  // problem() says why
  };

  // The server's side of a connection that has not begun. `address` is the one that was called: the
  // acceptor finds it by SSL_get_app_data, as a std::string.
  TlsChannel(SslPointer ssl, std::string address);

  // Takes what has come over the wire: goes on with the handshake, or opens what is whole.
  State Take(std::string_view wire);
  State state() const { return state_; }
  // What was opened since the last time.
  std::string TakeOpened();
  // Closes these bytes up for the wire. Only for an open channel.
  void Seal(std::string_view bytes);
  // Says that nothing follows.
  void End();
  // What must go over the wire now: sealed bytes, and what TLS itself has to say.
  std::string TakeOutgoing();

  // Of a failed one: a clause such as "the client does not trust its certificate".
  const std::string& problem() const { return problem_; }
  // By which name the client has asked for the server; "" where it has not.
  std::string server_name() const;

 private:
  void Shake();
  void Open();
  void FailWith(int result);

  std::string address_;
  SslPointer ssl_;
  State state_ = State::kHandshake;
  std::string opened_;
  std::string problem_;
};

}  // namespace mockduit
