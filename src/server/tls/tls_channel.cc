#include "server/tls/tls_channel.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <array>
#include <cstdint>
#include <utility>

namespace mockduit {
namespace {

// What stands behind an error of OpenSSL's that people meet.
std::string Explain(std::uint64_t error) {
  switch (ERR_GET_REASON(error)) {
    case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
    case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
      return "the client does not trust the certificate; give it the one of GET /__admin/ca.pem";
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_VERSION_TOO_LOW:
    case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION: return "the client speaks neither TLS 1.2 nor TLS 1.3";
    case SSL_R_NO_APPLICATION_PROTOCOL:
      return "the client offers no http/1.1 (ALPN), the only protocol here";
    case SSL_R_NO_SHARED_CIPHER: return "the client and the server have no cipher in common";
    default: break;
  }
  const char* reason = ERR_reason_error_string(error);
  return reason != nullptr ? "OpenSSL says '" + std::string(reason) + "'" : "it is not sound TLS";
}

}  // namespace

TlsChannel::TlsChannel(SslPointer ssl, std::string address)
    : address_(std::move(address)), ssl_(std::move(ssl)) {
  SSL_set_app_data(ssl_.get(), &address_);
  SSL_set_bio(ssl_.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
  SSL_set_accept_state(ssl_.get());
}

TlsChannel::State TlsChannel::Take(std::string_view wire) {
  ERR_clear_error();
  if (BIO_write(SSL_get_rbio(ssl_.get()), wire.data(), static_cast<int>(wire.size())) < 0) {
    problem_ = "there is no memory for it";
    return state_ = State::kBroken;
  }
  if (state_ == State::kHandshake) Shake();
  if (state_ == State::kOpen) Open();
  return state_;
}

void TlsChannel::Shake() {
  const int result = SSL_do_handshake(ssl_.get());
  if (result == 1) {
    state_ = State::kOpen;
  } else if (SSL_get_error(ssl_.get(), result) != SSL_ERROR_WANT_READ) {
    FailWith(result);
  }
}

void TlsChannel::Open() {
  std::array<char, SSL3_RT_MAX_PLAIN_LENGTH> bytes;
  while (true) {
    const int size = SSL_read(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()));
    if (size > 0) {
      opened_.append(bytes.data(), static_cast<std::size_t>(size));
      continue;
    }
    const int error = SSL_get_error(ssl_.get(), size);
    if (error == SSL_ERROR_WANT_READ) return;
    if (error != SSL_ERROR_ZERO_RETURN) return FailWith(size);
    state_ = State::kEnded;
    return;
  }
}

void TlsChannel::FailWith(int result) {
  problem_ = SSL_get_error(ssl_.get(), result) == SSL_ERROR_SSL ? Explain(ERR_peek_last_error())
                                                                : "the client has left";
  state_ = State::kBroken;
  ERR_clear_error();
}

std::string TlsChannel::TakeOpened() { return std::exchange(opened_, {}); }

void TlsChannel::Seal(std::string_view bytes) {
  if (bytes.empty() || state_ == State::kBroken) return;
  ERR_clear_error();
  const int result = SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()));
  if (result <= 0) FailWith(result);
}

void TlsChannel::End() {
  if (state_ == State::kHandshake || state_ == State::kBroken) return;
  ERR_clear_error();
  SSL_shutdown(ssl_.get());
}

std::string TlsChannel::TakeOutgoing() {
  BIO* wire = SSL_get_wbio(ssl_.get());
  std::string bytes(BIO_ctrl_pending(wire), '\0');
  if (!bytes.empty()) BIO_read(wire, bytes.data(), static_cast<int>(bytes.size()));
  return bytes;
}

std::string TlsChannel::server_name() const {
  const char* name = SSL_get_servername(ssl_.get(), TLSEXT_NAMETYPE_host_name);
  return name != nullptr ? name : "";
}

}  // namespace mockduit
