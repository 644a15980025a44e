#include "server/tls/certificate.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>
#include <utility>

namespace mockduit {
namespace {

using BioPointer = std::unique_ptr<BIO, decltype(&BIO_free)>;

constexpr int kDaysOfAuthority = 3650;
constexpr int kDaysOfServer = 365;
// Clocks of containers are late now and then.
constexpr int kDaysBefore = -2;

BioPointer Reading(std::string_view text) {
  return {BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), &BIO_free};
}

template <class Write>
std::string Written(Write write) {
  const BioPointer bio(BIO_new(BIO_s_mem()), &BIO_free);
  write(bio.get());
  char* bytes = nullptr;
  const auto size = BIO_get_mem_data(bio.get(), &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

// Nobody is there to be asked for the password of a key.
int NoPassword(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*data*/) { return 0; }

// A number that no other certificate has (RFC 5280, section 4.1.2.2).
bool SetSerialNumber(X509* x509) {
  constexpr int kBits = 127;
  const std::unique_ptr<BIGNUM, decltype(&BN_free)> number(BN_new(), &BN_free);
  return number && BN_rand(number.get(), kBits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1 &&
         BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(x509)) != nullptr;
}

struct Extension {
  int id;
  const char* value;
};

bool Extend(X509* x509, X509* issuer, const Extension& extension) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, x509, nullptr, nullptr, 0);
  const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> made(
      X509V3_EXT_conf_nid(nullptr, &context, extension.id, extension.value), &X509_EXTENSION_free);
  return made && X509_add_ext(x509, made.get(), -1) == 1;
}

std::unexpected<Error> CannotMake() {
  ERR_clear_error();
  return Fail(ErrorKind::kIo, std::string("OpenSSL cannot make a certificate"));
}

// All but the signature. `issuer` is nullptr for one that signs itself.
Result<CertificatePointer> Draft(const std::string& name, const EVP_PKEY& key, int days,
                                 X509* issuer, std::initializer_list<Extension> extensions) {
  CertificatePointer x509(X509_new());
  if (!x509) return CannotMake();
  X509_NAME* subject = X509_get_subject_name(x509.get());
  // The type of the key's argument takes no constant; it is only counted.
  const bool filled =
      X509_set_version(x509.get(), X509_VERSION_3) == 1 && SetSerialNumber(x509.get()) &&
      X509_time_adj_ex(X509_getm_notBefore(x509.get()), kDaysBefore, 0, nullptr) != nullptr &&
      X509_time_adj_ex(X509_getm_notAfter(x509.get()), days, 0, nullptr) != nullptr &&
      X509_set_pubkey(x509.get(), const_cast<EVP_PKEY*>(&key)) == 1 &&
      X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                                 reinterpret_cast<const unsigned char*>(name.data()),
                                 static_cast<int>(name.size()), -1, 0) == 1;
  if (!filled) return CannotMake();
  X509* signs = issuer != nullptr ? issuer : x509.get();
  if (X509_set_issuer_name(x509.get(), X509_get_subject_name(signs)) != 1) return CannotMake();
  for (const Extension& extension : extensions) {
    if (!Extend(x509.get(), signs, extension)) return CannotMake();
  }
  return x509;
}

}  // namespace

std::string Certificate::Text() const {
  return Written([&](BIO* bio) { PEM_write_bio_X509(bio, x509.get()); });
}

std::string Certificate::KeyText() const {
  return Written([&](BIO* bio) {
    PEM_write_bio_PrivateKey(bio, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  });
}

std::string Certificate::Bytes() const {
  return Written([&](BIO* bio) { i2d_X509_bio(bio, x509.get()); });
}

Result<Certificate> ReadCertificate(const std::string& text, const std::string& key_text) {
  Certificate read;
  read.x509.reset(PEM_read_bio_X509(Reading(text).get(), nullptr, &NoPassword, nullptr));
  read.key.reset(PEM_read_bio_PrivateKey(Reading(key_text).get(), nullptr, &NoPassword, nullptr));
  ERR_clear_error();
  if (!read.x509) {
    return Fail("no certificate in PEM form, with a line '-----BEGIN CERTIFICATE-----', is in it");
  }
  if (!read.key) {
    return Fail(
        std::string("its key is none in PEM form, or it has a password; 'openssl pkey' "
                    "takes that off"));
  }
  if (X509_check_private_key(read.x509.get(), read.key.get()) != 1) {
    ERR_clear_error();
    return Fail(std::string("its key is that of another certificate"));
  }
  return read;
}

Result<KeyPointer> MakeKey() {
  KeyPointer key(EVP_EC_gen("P-256"));
  if (!key) return CannotMake();
  return key;
}

Result<Certificate> MakeAuthority() {
  auto key = MakeKey();
  if (!key) return std::unexpected(key.error());
  auto x509 = Draft("Mockduit, for tests on this machine", **key, kDaysOfAuthority, nullptr,
                    {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
                     {NID_key_usage, "critical,keyCertSign,cRLSign"},
                     {NID_subject_key_identifier, "hash"}});
  if (!x509) return std::unexpected(x509.error());
  if (X509_sign(x509->get(), key->get(), EVP_sha256()) == 0) return CannotMake();
  return Certificate{std::move(*x509), std::move(*key)};
}

bool IsAuthority(const Certificate& certificate) {
  X509* x509 = certificate.x509.get();
  return X509_check_ca(x509) > 0 && X509_cmp_current_time(X509_get0_notBefore(x509)) < 0 &&
         X509_cmp_current_time(X509_get0_notAfter(x509)) > 0;
}

Result<CertificatePointer> SignCertificate(const Certificate& authority, const EVP_PKEY& key,
                                           const CertificateNames& names) {
  auto x509 = Draft(names.common_name, key, kDaysOfServer, authority.x509.get(),
                    {{NID_basic_constraints, "critical,CA:FALSE"},
                     {NID_key_usage, "critical,digitalSignature"},
                     {NID_ext_key_usage, "serverAuth"},
                     {NID_authority_key_identifier, "keyid"},
                     {NID_subject_alt_name, names.alternatives.c_str()}});
  if (!x509) return std::unexpected(x509.error());
  if (X509_sign(x509->get(), authority.key.get(), EVP_sha256()) == 0) return CannotMake();
  return std::move(*x509);
}

}  // namespace mockduit
