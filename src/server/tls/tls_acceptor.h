// TlsAcceptor: what the server says of itself in TLS: its certificates, and the rules of the
// handshake (TLS 1.2 and 1.3, http/1.1, no renegotiation). Made once at start; makes a channel for
// each connection, on many threads.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "base/mutex.h"
#include "base/result.h"
#include "server/tls/certificate.h"
#include "server/tls/tls_channel.h"

namespace mockduit {

class TlsAcceptor {
 public:
  // With an authority that signs a certificate for each name that a client asks for.
  static Result<std::unique_ptr<TlsAcceptor>> WithAuthority(Certificate authority);
  // With the certificate in this PEM text, whatever clients ask for; the certificates that follow
  // it there are sent along.
  static Result<std::unique_ptr<TlsAcceptor>> WithCertificate(const std::string& chain,
                                                              const std::string& key);

  // `address` is the one of this machine that the client has called, "127.0.0.1": the certificate
  // of a client that asks for no name is for it, and for localhost. nullptr when there is no
  // memory.
  std::unique_ptr<TlsChannel> MakeChannel(const std::string& address);

  // The authority's certificate in PEM form, by which clients trust this server; "" where the user
  // has brought one.
  std::string AuthorityText() const;

 private:
  TlsAcceptor();
  static int ChooseCertificate(ssl_st* ssl, void* acceptor);
  // nullptr when it cannot be made.
  std::shared_ptr<x509_st> CertificateFor(const CertificateNames& names);

  SslContextPointer context_;
  std::unique_ptr<Certificate> authority_;
  KeyPointer key_;  // of all certificates that it signs
  Mutex mutex_;
  std::map<std::string, std::shared_ptr<x509_st>> signed_ GUARDED_BY(mutex_);
};

}  // namespace mockduit
