// Bodies with a Content-Encoding. The bytes were made by Python's gzip and zlib.
#include "http/content_coding.h"

#include <gtest/gtest.h>

#include <string>

#include "unit/http/coded.h"

namespace mockduit {
namespace {

// What the body was, or the fault.
std::string Plain(const std::string& body, std::string_view codings, std::size_t most = 1000) {
  const auto plain = WithoutCodings(body, codings, most);
  if (plain) return *plain;
  switch (plain.error()) {
    case CodingFault::kUnknown: return "unknown";
    case CodingFault::kDamaged: return "damaged";
    case CodingFault::kTooLong: return "too long";
  }
  return "";
}

TEST(ContentCoding, IsTakenOff) {
  EXPECT_EQ(Plain(Gzipped(), "gzip"), kPlain);
  EXPECT_EQ(Plain(Gzipped(), "X-GZIP"), kPlain);
  EXPECT_EQ(Plain(Gzipped() + Gzipped(), "gzip"), std::string(kPlain) + std::string(kPlain))
      << "a file of two members";
  EXPECT_EQ(Plain(ZlibDeflated(), "deflate"), kPlain);
  EXPECT_EQ(Plain(RawDeflated(), "deflate"), kPlain) << "as some clients send it";
  EXPECT_EQ(Plain("x", "identity"), "x");
  EXPECT_EQ(Plain("x", ""), "x");
  EXPECT_EQ(Plain(Twice(), "gzip, deflate"), kPlain) << "the last one was put on last";
}

TEST(ContentCoding, ThatIsNotKnownIsTold) {
  EXPECT_EQ(Plain("x", "br"), "unknown");
  EXPECT_EQ(Plain(Gzipped(), "gzip, zstd"), "unknown");
  EXPECT_EQ(Plain(Gzipped(), "gzip, gzip, gzip, gzip"), "unknown");
}

TEST(ContentCoding, ThatIsNotThereIsDamaged) {
  EXPECT_EQ(Plain("{}", "gzip"), "damaged");
  EXPECT_EQ(Plain("{}", "deflate"), "damaged");
  EXPECT_EQ(Plain("", "gzip"), "damaged");
  for (std::size_t size = 0; size < Gzipped().size(); ++size) {
    EXPECT_EQ(Plain(Gzipped().substr(0, size), "gzip"), "damaged") << size;
  }
  EXPECT_EQ(Plain(Gzipped() + "x", "gzip"), "damaged");
}

TEST(ContentCoding, NeverMakesMoreThanABodyMayHave) {
  EXPECT_EQ(Plain(Bomb(), "gzip", 99'999), "too long");
  EXPECT_EQ(Plain(Bomb(), "gzip", 100'000).size(), 100'000u);
  EXPECT_EQ(Plain(Gzipped(), "gzip", 6), "too long");
}

}  // namespace
}  // namespace mockduit
