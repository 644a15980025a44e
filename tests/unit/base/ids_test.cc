#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "base/ids.h"
#include "base/pattern.h"
#include "base/words.h"

namespace mockduit {
namespace {

constexpr std::uint64_t kSeed = 7;

bool Matches(std::string_view text, std::string_view regex) {
  return Pattern::Compile(regex)->Matches(text);
}

// The milliseconds that a UUIDv7 begins with.
std::int64_t MillisOf(const std::string& uuid) {
  const std::string digits = uuid.substr(0, 8) + uuid.substr(9, 4);
  std::int64_t millis = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), millis, 16);
  return millis;
}

Time At(std::int64_t millis) { return Time(std::chrono::milliseconds(millis)); }

TEST(Uuid7, HasTheBitsOfRfc9562) {
  Ids ids(kSeed);
  for (int i = 0; i < 1000; ++i) {
    EXPECT_TRUE(Matches(ids.Uuid7(At(1'700'000'000'000 + i)),
                        "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"));
  }
}

TEST(Uuid7, BeginsWithTheMillisecond) {
  Ids ids(kSeed);
  EXPECT_EQ(MillisOf(ids.Uuid7(At(0x0194'61a0'0000))), 0x0194'61a0'0000);
  EXPECT_EQ(ids.Uuid7(At(0x0194'61a0'0001) + Duration(999)).substr(0, 13), "019461a0-0001");
}

TEST(Uuid7, IncreasesStrictlyWithinOneMillisecond) {
  Ids ids(kSeed);
  std::string last;
  for (int i = 0; i < 100'000; ++i) {
    std::string next = ids.Uuid7(At(1'700'000'000'000));
    ASSERT_LT(last, next) << i;
    last = std::move(next);
  }
  EXPECT_EQ(MillisOf(last), 1'700'000'000'000) << "the counter has room for all of them";
}

TEST(Uuid7, IncreasesWhenTheTimeGoesBack) {
  Ids ids(kSeed);
  const std::string first = ids.Uuid7(At(2'000));
  const std::string second = ids.Uuid7(At(1'000));
  const std::string third = ids.Uuid7(At(2'001));
  EXPECT_LT(first, second);
  EXPECT_LT(second, third);
}

TEST(Ids, AreTheSameForTheSameSeed) {
  Ids a(kSeed), b(kSeed), other(kSeed + 1);
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(a.Uuid7(At(i)), b.Uuid7(At(i)));
    EXPECT_EQ(a.Uuid4(), b.Uuid4());
    EXPECT_EQ(a.TwoWords(), b.TwoWords());
    EXPECT_EQ(a.Token(32, kBase64Url), b.Token(32, kBase64Url));
  }
  EXPECT_NE(Ids(kSeed).Uuid4(), other.Uuid4());
}

TEST(Uuid4, HasTheBitsOfRfc9562) {
  Ids ids(kSeed);
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string uuid = ids.Uuid4();
    EXPECT_TRUE(
        Matches(uuid, "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"));
    seen.insert(uuid);
  }
  EXPECT_EQ(seen.size(), 1000u);
}

TEST(TwoWords, AreLowerCaseAndJoined) {
  Ids ids(kSeed);
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(Matches(ids.TwoWords(), "^[a-z]+_[a-z]+$"));
}

TEST(TwoWords, AreDrawnFromListsWithoutRepeats) {
  EXPECT_EQ(std::set(kFirstWords.begin(), kFirstWords.end()).size(), kFirstWords.size());
  EXPECT_EQ(std::set(kSecondWords.begin(), kSecondWords.end()).size(), kSecondWords.size());
}

TEST(Token, HasItsSizeAndUsesAllOfItsAlphabet) {
  Ids ids(kSeed);
  EXPECT_EQ(ids.Token(32, kBase64Url).size(), 32u);
  EXPECT_TRUE(Matches(ids.Token(1000, kBase64Url), "^[A-Za-z0-9_-]+$"));
  const std::string token = ids.Token(1000, kLowerAlphanumeric);
  const std::set<char> used(token.begin(), token.end());
  EXPECT_EQ(used, std::set<char>(kLowerAlphanumeric.begin(), kLowerAlphanumeric.end()));
}

}  // namespace
}  // namespace mockduit
