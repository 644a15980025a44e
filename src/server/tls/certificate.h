// Certificates with their keys, in PEM form and as OpenSSL has them: those that a user brings, and
// those of a certificate authority of this server's own. Used by the TLS acceptor and by main.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "server/tls/openssl_pointers.h"

namespace mockduit {

struct Certificate {
  CertificatePointer x509;
  KeyPointer key;

  // The PEM texts; the key's is a secret.
  std::string Text() const;
  std::string KeyText() const;
  // As DER has it.
  std::string Bytes() const;
};

// Reads a certificate and its key; what follows the certificate in its text is left out. The error
// says which of the two is wrong and how.
Result<Certificate> ReadCertificate(const std::string& text, const std::string& key_text);

// An authority that is good for ten years and signs nothing but what SignCertificate makes.
Result<Certificate> MakeAuthority();
// True when it may sign, and is good now.
bool IsAuthority(const Certificate& certificate);

// What a certificate is for: "DNS:api.example.com", or several: "DNS:localhost,IP:127.0.0.1".
struct CertificateNames {
  std::string common_name;
  std::string alternatives;
};
// A server's certificate with `key`, good for a year.
Result<CertificatePointer> SignCertificate(const Certificate& authority, const evp_pkey_st& key,
                                           const CertificateNames& names);
Result<KeyPointer> MakeKey();

}  // namespace mockduit
