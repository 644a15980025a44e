#include "server/tls/tls_acceptor.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/text.h"

namespace mockduit {
namespace {

constexpr std::size_t kMaxSigned = 1'000;  // names whose certificates are kept

// Chooses http/1.1 of what a client offers.
int ChooseProtocol(SSL* /*ssl*/, const unsigned char** chosen, unsigned char* chosen_size,
                   const unsigned char* offered, unsigned int offered_size, void* /*data*/) {
  constexpr std::string_view kHttp = "http/1.1";
  std::string_view rest(reinterpret_cast<const char*>(offered), offered_size);
  while (!rest.empty()) {
    const std::size_t size = static_cast<unsigned char>(rest.front());
    const std::string_view name = rest.substr(1, size);
    if (name == kHttp) {
      *chosen = reinterpret_cast<const unsigned char*>(name.data());
      *chosen_size = static_cast<unsigned char>(name.size());
      return SSL_TLSEXT_ERR_OK;
    }
    rest.remove_prefix(std::min(size + 1, rest.size()));
  }
  return SSL_TLSEXT_ERR_ALERT_FATAL;
}

// A name as certificates have it: letters, digits, '-' and '_', and dots between them.
bool IsName(std::string_view text) {
  constexpr std::size_t kMaxName = 253;
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  };
  return !text.empty() && text.size() <= kMaxName && std::ranges::all_of(text, fits);
}

bool IsAddress(const std::string& text) {
  in6_addr address{};
  return inet_pton(AF_INET, text.c_str(), &address) == 1 ||
         inet_pton(AF_INET6, text.c_str(), &address) == 1;
}

// An address as its client has written it: without the link ("fe80::1%eth0"), and an IPv4 one that
// came to a socket of IPv6 ("::ffff:10.0.0.1") as itself.
std::string Plain(std::string_view address) {
  constexpr std::string_view kMapped = "::ffff:";
  address = address.substr(0, address.find('%'));
  if (address.starts_with(kMapped) && address.contains('.')) address.remove_prefix(kMapped.size());
  return std::string(address);
}

CertificateNames NamesFor(const char* asked, const std::string& address) {
  std::string name = LowerCase(asked != nullptr ? asked : "");
  if (name.ends_with('.')) name.pop_back();  // the root of all names
  // That of an address is no name (RFC 6066, section 3), but some clients send it.
  if (IsName(name) && !IsAddress(name)) {
    constexpr std::size_t kMaxCommonName = 64;  // RFC 5280, appendix A.1
    return {name.substr(0, kMaxCommonName), "DNS:" + name};
  }
  std::string alternatives = "DNS:localhost,IP:127.0.0.1,IP:::1";
  for (const std::string& each : {Plain(address), name}) {
    if (IsAddress(each)) alternatives += ",IP:" + each;
  }
  return {"localhost", alternatives};
}

SslContextPointer MakeContext() {
  SslContextPointer context(SSL_CTX_new(TLS_server_method()));
  if (!context) return nullptr;
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                         SSL_OP_NO_TICKET | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(context.get(), 0);
  SSL_CTX_set_mode(context.get(), SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_alpn_select_cb(context.get(), &ChooseProtocol, nullptr);
  return context;
}

void AddChain(const std::string& text, SSL_CTX* context) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> bio(
      BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), &BIO_free);
  bool first = true;
  while (X509* x509 = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)) {
    if (std::exchange(first, false) || SSL_CTX_add_extra_chain_cert(context, x509) != 1) {
      X509_free(x509);
    }
  }
  ERR_clear_error();  // the end of the text counts as an error
}

}  // namespace

TlsAcceptor::TlsAcceptor() : context_(MakeContext()) {}

Result<std::unique_ptr<TlsAcceptor>> TlsAcceptor::WithAuthority(Certificate authority) {
  std::unique_ptr<TlsAcceptor> acceptor(new TlsAcceptor);
  auto key = MakeKey();
  if (!key) return std::unexpected(key.error());
  if (!acceptor->context_) return Fail(ErrorKind::kIo, std::string("OpenSSL cannot begin TLS"));
  acceptor->key_ = std::move(*key);
  acceptor->authority_ = std::make_unique<Certificate>(std::move(authority));
  SSL_CTX_set_cert_cb(acceptor->context_.get(), &TlsAcceptor::ChooseCertificate, acceptor.get());
  return acceptor;
}

Result<std::unique_ptr<TlsAcceptor>> TlsAcceptor::WithCertificate(const std::string& chain,
                                                                  const std::string& key) {
  const auto certificate = ReadCertificate(chain, key);
  if (!certificate) return std::unexpected(certificate.error());
  std::unique_ptr<TlsAcceptor> acceptor(new TlsAcceptor);
  SSL_CTX* context = acceptor->context_.get();
  if (context == nullptr || SSL_CTX_use_certificate(context, certificate->x509.get()) != 1 ||
      SSL_CTX_use_PrivateKey(context, certificate->key.get()) != 1) {
    const char* reason = ERR_reason_error_string(ERR_peek_last_error());
    const std::string why = reason != nullptr ? reason : "no reason given";
    ERR_clear_error();
    return Fail("OpenSSL does not take it: " + why);
  }
  AddChain(chain, context);
  return acceptor;
}

std::unique_ptr<TlsChannel> TlsAcceptor::MakeChannel(const std::string& address) {
  SslPointer ssl(SSL_new(context_.get()));
  if (!ssl) return nullptr;
  return std::make_unique<TlsChannel>(std::move(ssl), address);
}

std::string TlsAcceptor::AuthorityText() const { return authority_ ? authority_->Text() : ""; }

int TlsAcceptor::ChooseCertificate(SSL* ssl, void* acceptor) {
  auto& self = *static_cast<TlsAcceptor*>(acceptor);
  const auto* address = static_cast<const std::string*>(SSL_get_app_data(ssl));
  const auto x509 =
      self.CertificateFor(NamesFor(SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name), *address));
  const bool used = x509 && SSL_use_certificate(ssl, x509.get()) == 1 &&
                    SSL_use_PrivateKey(ssl, self.key_.get()) == 1;
  return used ? 1 : 0;
}

std::shared_ptr<x509_st> TlsAcceptor::CertificateFor(const CertificateNames& names) {
  const MutexLock lock(mutex_);
  auto& known = signed_[names.alternatives];
  if (known) return known;
  auto made = SignCertificate(*authority_, *key_, names);
  known = made ? std::shared_ptr<x509_st>(std::move(*made)) : nullptr;
  auto result = known;
  if (!result || signed_.size() > kMaxSigned) signed_.clear();
  return result;
}

}  // namespace mockduit
