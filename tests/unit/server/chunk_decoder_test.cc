#include "server/chunk_decoder.h"

#include <gtest/gtest.h>

#include <string>

namespace mockduit {
namespace {

struct Outcome {
  std::string body;
  std::string left;
  bool done = false;
  int status = 0;
};

// The bytes come in pieces of that size.
Outcome Decode(std::string_view bytes, std::size_t piece, ServerLimits limits = {}) {
  Outcome outcome;
  ChunkDecoder decoder(limits, outcome.body);
  while (!decoder.done() && outcome.status == 0 && !bytes.empty()) {
    outcome.left += bytes.substr(0, piece);
    bytes.remove_prefix(std::min(piece, bytes.size()));
    std::string_view buffered = outcome.left;
    const auto objection = decoder.Feed(buffered);
    outcome.status = objection ? objection->status : 0;
    outcome.left = std::string(buffered);
  }
  outcome.left += bytes;
  outcome.done = decoder.done();
  return outcome;
}

TEST(ChunkDecoder, PutsTheChunksTogetherHoweverTheyCome) {
  for (const std::size_t piece : {1, 2, 3, 7, 1000}) {
    const Outcome outcome = Decode("5\r\nhello\r\n006\r\n world\r\n0\r\n\r\nGET", piece);
    EXPECT_EQ(outcome.body, "hello world");
    EXPECT_TRUE(outcome.done);
    EXPECT_EQ(outcome.left, "GET");
  }
}

TEST(ChunkDecoder, ReadsHexadecimalSizes) {
  EXPECT_EQ(Decode("A\r\n0123456789\r\nb\r\n0123456789a\r\n0\r\n\r\n", 1000).body.size(), 21U);
}

TEST(ChunkDecoder, DropsExtensionsAndTrailers) {
  const Outcome outcome = Decode("1;a=\"b\"\r\nx\r\n1 ; c\r\ny\r\n0\r\nX-Sum: 1\r\n\r\n", 1000);
  EXPECT_EQ(outcome.body, "xy");
  EXPECT_TRUE(outcome.done);
}

TEST(ChunkDecoder, TakesEveryFormOfAnExtension) {
  for (const std::string line :
       {"1;a", "1;a=b", "1 ; a = b ; c", "1;a=\"\"", "1;a=\"x;y=\\\"z\";b", "1;a;b=c"}) {
    EXPECT_EQ(Decode(line + "\r\nx\r\n0\r\n\r\n", 1000).body, "x") << line;
  }
}

TEST(ChunkDecoder, RefusesMalformedChunks) {
  for (const std::string_view bytes : {"1;\r\n",
                                       "1; \r\n",
                                       "1;;a\r\n",
                                       "1;a;\r\n",
                                       "1;=b\r\n",
                                       "1;a=\r\n",
                                       "1;a b\r\n",
                                       "1;a=\"b\r\n",
                                       "1;a=\"b\"c\r\n",
                                       "1;a=b=c\r\n",
                                       "1;<>\r\n",
                                       "1 a\r\n",
                                       "1;a=\"b\\\r\n",
                                       "\r\n",
                                       "x\r\n",
                                       "-1\r\n",
                                       "+1\r\n",
                                       " 1\r\n",
                                       "1 \r\n",
                                       "0x1\r\n",
                                       "1,2\r\n",
                                       "1\n",
                                       "1\rx\r\n",
                                       "1;a\x01\r\n",
                                       "10000000000000000\r\n",
                                       "1\r\nab\r\n",
                                       "1\r\na\n",
                                       "1\r\na\rb\r\n",
                                       "0\r\nbroken\r\n\r\n",
                                       "0\r\nX : y\r\n\r\n",
                                       "0\r\n\n"}) {
    EXPECT_EQ(Decode(bytes, 1000).status, 400) << bytes;
    EXPECT_EQ(Decode(bytes, 1).status, 400) << bytes;
  }
}

TEST(ChunkDecoder, RefusesABodyOverTheLimitBeforeItComes) {
  EXPECT_EQ(Decode("3\r\nabc\r\n2\r\n", 1000, {.body_bytes = 4}).status, 413);
  EXPECT_EQ(Decode("ffffffffffffffff\r\n", 1000, {.body_bytes = 4}).status, 413);
}

TEST(ChunkDecoder, TakesABodyOfExactlyTheLimit) {
  EXPECT_TRUE(Decode("3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n", 1000, {.body_bytes = 4}).done);
}

TEST(ChunkDecoder, RefusesALineWithoutEnd) {
  const std::string line = "1;" + std::string(5000, 'a');
  EXPECT_EQ(Decode(line, 100).status, 400);
  EXPECT_EQ(Decode(line + "\r\n", 10'000).status, 400);
}

TEST(ChunkDecoder, RefusesTrailersOverTheLimitOfAHead) {
  std::string bytes = "0\r\n";
  for (int i = 0; i < 100; ++i) bytes += "X: y\r\n";
  EXPECT_EQ(Decode(bytes, 1000, {.head_bytes = 300}).status, 431);
}

}  // namespace
}  // namespace mockduit
