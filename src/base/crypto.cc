#include "base/crypto.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <memory>

namespace mockduit {
namespace {

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

template <auto kFree>
struct Freed {
  template <class T>
  void operator()(T* pointer) const {
    kFree(pointer);
  }
};
void FreeText(char* text) { OPENSSL_free(text); }
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using BigNumber = std::unique_ptr<BIGNUM, Freed<BN_free>>;
using Bio = std::unique_ptr<BIO, Freed<BIO_free>>;
using DecimalText = std::unique_ptr<char, Freed<FreeText>>;

std::string DigestOf(std::string_view bytes, const EVP_MD* kind) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned int size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, kind, nullptr);
  return {reinterpret_cast<const char*>(digest.data()), size};
}

// One of a key's numbers in decimal digits; "" where the key has none of that name.
std::string NumberOf(const EVP_PKEY& key, const char* name) {
  BIGNUM* read = nullptr;
  if (EVP_PKEY_get_bn_param(&key, name, &read) != 1) return "";
  const BigNumber number(read);
  const DecimalText digits(BN_bn2dec(number.get()));
  return digits ? digits.get() : "";
}

// As Java shows a key of RSA.
std::string PublicKeyText(const EVP_PKEY& key) {
  const char* name = EVP_PKEY_get0_type_name(&key);
  std::string text = "Sun " + std::string(name != nullptr ? name : "unknown") + " public key, " +
                     std::to_string(EVP_PKEY_get_bits(&key)) + " bits";
  const std::string modulus = NumberOf(key, OSSL_PKEY_PARAM_RSA_N);
  if (!modulus.empty()) {
    text +=
        "\n  modulus: " + modulus + "\n  public exponent: " + NumberOf(key, OSSL_PKEY_PARAM_RSA_E);
  }
  return text;
}

std::string SubjectOf(const X509& certificate) {
  const Bio out(BIO_new(BIO_s_mem()));
  constexpr unsigned long kFlags =
      (XN_FLAG_RFC2253 & ~static_cast<unsigned long>(XN_FLAG_SEP_MASK)) | XN_FLAG_SEP_CPLUS_SPC;
  X509_NAME_print_ex(out.get(), X509_get_subject_name(&certificate), 0, kFlags);
  char* text = nullptr;
  const long size = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

}  // namespace

std::string Base64Encode(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), Bytes(bytes),
                                   static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

std::string Base64UrlEncode(std::string_view bytes) {
  std::string text = Base64Encode(bytes);
  text.erase(std::min(text.find('='), text.size()));
  std::ranges::replace(text, '+', '-');
  std::ranges::replace(text, '/', '_');
  return text;
}

std::string HexEncode(std::string_view bytes, bool upper_case) {
  const std::string_view digits = upper_case ? "0123456789ABCDEF" : "0123456789abcdef";
  std::string text;
  for (const char byte : bytes) {
    text += digits[static_cast<unsigned char>(byte) >> 4U];
    text += digits[static_cast<unsigned char>(byte) & 0xFU];
  }
  return text;
}

std::optional<std::string> Base64UrlDecode(std::string_view text) {
  std::string plain(text);
  if (plain.find_first_of("+/") != std::string::npos) return std::nullopt;
  std::ranges::replace(plain, '-', '+');
  std::ranges::replace(plain, '_', '/');
  while (plain.ends_with('=')) plain.pop_back();
  plain.append((4 - plain.size() % 4) % 4, '=');
  return Base64Decode(plain);
}

std::optional<std::string> Base64Decode(std::string_view text) {
  std::string padded(text);
  while (padded.size() % 4 != 0) padded.push_back('=');
  const std::size_t end = padded.find('=');  // behind it nothing but padding may stand
  if (padded.find_first_not_of('=', end) != std::string::npos) return std::nullopt;
  std::string bytes(padded.size() / 4 * 3 + 1, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()), Bytes(padded),
                                   static_cast<int>(padded.size()));
  if (size < 0) return std::nullopt;
  const auto padding = static_cast<std::size_t>(std::ranges::count(padded, '='));
  if (padding > 2) return std::nullopt;
  bytes.resize(static_cast<std::size_t>(size) - padding);
  return bytes;
}

std::string Sha1(std::string_view text) { return DigestOf(text, EVP_sha1()); }

std::string Sha256(std::string_view text) { return DigestOf(text, EVP_sha256()); }

std::optional<CertificateFacts> ReadCertificate(std::string_view der) {
  const unsigned char* at = Bytes(der);
  const Certificate certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  if (certificate == nullptr) return std::nullopt;
  const EVP_PKEY* key = X509_get0_pubkey(certificate.get());
  return CertificateFacts{SubjectOf(*certificate), key != nullptr ? PublicKeyText(*key) : "",
                          Sha1(der), Sha256(der)};
}

std::string HmacSha256(std::string_view key, std::string_view message) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned int size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), Bytes(message), message.size(),
       digest.data(), &size);
  return {reinterpret_cast<const char*>(digest.data()), size};
}

std::string SignedJwt(std::string_view payload, std::string_view key) {
  const std::string unsigned_token =
      Base64UrlEncode(R"({"typ":"JWT","alg":"HS256"})") + "." + Base64UrlEncode(payload);
  return unsigned_token + "." + Base64UrlEncode(HmacSha256(key, unsigned_token));
}

}  // namespace mockduit
