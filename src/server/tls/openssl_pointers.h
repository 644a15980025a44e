// OpenSSL's objects as owning pointers, whose types stay unknown to those who include this.
#pragma once

#include <memory>

struct ssl_st;
struct ssl_ctx_st;
struct x509_st;
struct evp_pkey_st;

namespace mockduit {

struct OpenSslFree {
  void operator()(ssl_st* object) const;
  void operator()(ssl_ctx_st* object) const;
  void operator()(x509_st* object) const;
  void operator()(evp_pkey_st* object) const;
};

using SslPointer = std::unique_ptr<ssl_st, OpenSslFree>;
using SslContextPointer = std::unique_ptr<ssl_ctx_st, OpenSslFree>;
using CertificatePointer = std::unique_ptr<x509_st, OpenSslFree>;
using KeyPointer = std::unique_ptr<evp_pkey_st, OpenSslFree>;

}  // namespace mockduit
