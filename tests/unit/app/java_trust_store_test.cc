// The trust store, byte for byte as Java's keytool reads it.
#include "app/java_trust_store.h"

#include <gtest/gtest.h>

#include "base/crypto.h"

namespace mockduit {
namespace {

TEST(JavaTrustStore, HoldsOneTrustedCertificateAndItsHash) {
  const std::string store = JavaTrustStore("DER", Time(std::chrono::seconds(1)));
  EXPECT_EQ(HexEncode(store.substr(0, store.size() - 20)),
            "feedfeed"
            "00000002"
            "00000001"
            "00000002"
            "0008"
            "6d6f636b64756974"  // mockduit
            "00000000000003e8"  // milliseconds
            "0005"
            "582e353039"  // X.509
            "00000003"
            "444552");
  EXPECT_EQ(HexEncode(store.substr(store.size() - 20)), "850a0c9178fcaaf325936bbdf2c4a9ff3e799644");
}

}  // namespace
}  // namespace mockduit
