#include "app/java_trust_store.h"

#include <chrono>
#include <cstdint>

#include "base/crypto.h"

namespace mockduit {
namespace {

constexpr std::uint32_t kMagic = 0xFEEDFEED;
constexpr std::uint32_t kVersion2 = 2;
constexpr std::uint32_t kTrustedCertificate = 2;
constexpr std::string_view kStorePassword = "changeit";

void AppendNumber(std::string& bytes, std::uint64_t number, int size) {
  for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
    bytes += static_cast<char>((number >> shift) & 0xFF);
  }
}

void AppendText(std::string& bytes, std::string_view text) {
  AppendNumber(bytes, text.size(), 2);
  bytes += text;
}

}  // namespace

// The format has no document but its source (sun.security.provider.JavaKeyStore): big-endian
// numbers, then SHA-1 over the password in UTF-16, a phrase, and all that stands before.
std::string JavaTrustStore(std::string_view certificate, Time made) {
  std::string store;
  AppendNumber(store, kMagic, 4);
  AppendNumber(store, kVersion2, 4);
  AppendNumber(store, 1, 4);  // entries
  AppendNumber(store, kTrustedCertificate, 4);
  AppendText(store, "mockduit");
  const auto milliseconds =
      std::chrono::duration_cast<std::chrono::milliseconds>(made.time_since_epoch());
  AppendNumber(store, static_cast<std::uint64_t>(milliseconds.count()), 8);
  AppendText(store, "X.509");
  AppendNumber(store, certificate.size(), 4);
  store += certificate;
  std::string signed_text;
  for (const char c : kStorePassword) signed_text += {'\0', c};
  return store + Sha1(signed_text + "Mighty Aphrodite" + store);
}

}  // namespace mockduit
