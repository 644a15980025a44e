#include "server/tls/openssl_pointers.h"

#include <openssl/ssl.h>

namespace mockduit {

void OpenSslFree::operator()(ssl_st* object) const { SSL_free(object); }
void OpenSslFree::operator()(ssl_ctx_st* object) const { SSL_CTX_free(object); }
void OpenSslFree::operator()(x509_st* object) const { X509_free(object); }
void OpenSslFree::operator()(evp_pkey_st* object) const { EVP_PKEY_free(object); }

}  // namespace mockduit
