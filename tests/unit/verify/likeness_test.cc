#include "verify/likeness.h"

#include <gtest/gtest.h>

#include "unit/verify/story.h"

namespace mockduit {
namespace {

// "exact", "same", "altered", "renamed", "renumbered" or "" for what Compare says of two bodies.
std::string HowAlike(std::string_view first, std::string_view second) {
  Story story;
  story.At(0s, kMake, first);
  story.At(1s, kMake, second);
  const History history = story.MakeHistory();
  switch (Compare(history.entries()[0], history.entries()[1])) {
    case Likeness::kExact: return "exact";
    case Likeness::kSame: return "same";
    case Likeness::kAltered: return "altered";
    case Likeness::kRenamed: return "renamed";
    case Likeness::kRenumbered: return "renumbered";
    case Likeness::kNone: break;
  }
  return "";
}

TEST(Likeness, IsExactForTheSameBytesAndTheSameJson) {
  EXPECT_EQ(HowAlike("", ""), "exact");
  EXPECT_EQ(HowAlike("text", "text"), "exact");
  EXPECT_EQ(HowAlike(R"({"a":1,"b":[1.0]})", R"({ "b": [1], "a": 1 })"), "exact");
}

TEST(Likeness, LooksOverWhatAnAttemptMakesAnew) {
  for (const char* name : {"idempotency_key", "Idempotency-Key", "request_id", "requestId",
                           "client_nonce", "attempt", "trace_id", "correlationId"}) {
    const std::string begin = R"({"a":1,"deep":{")" + std::string(name) + "\":";
    EXPECT_EQ(HowAlike(begin + "\"x\"}}", begin + "\"y\"}}"), "same") << name;
    EXPECT_EQ(HowAlike(begin + "1}}", begin + "2}}"), "same") << name;
  }
  EXPECT_EQ(HowAlike(R"({"at":"2026-01-15T10:00:00.5Z"})", R"({"at":"2026-01-15T10:00:02+00:00"})"),
            "same");
}

TEST(Likeness, LooksOverTheSameInLists) {
  EXPECT_EQ(HowAlike(R"([{"a":1,"request_id":"x"},2])", R"([{"a":1,"request_id":"y"},2])"), "same");
  EXPECT_EQ(HowAlike(R"({"all":[{"nonce":1}]})", R"({"all":[{"nonce":2}]})"), "same");
  EXPECT_EQ(HowAlike(R"([{"a":1,"request_id":"x"}])", R"([{"a":2,"request_id":"x"}])"), "");
  EXPECT_EQ(HowAlike(R"([1, 2])", R"([1,2])"), "exact");
  EXPECT_EQ(HowAlike(R"([1,2])", R"([1])"), "");
}

TEST(Likeness, LooksOverTheBoundaryOfPartsAndNoMore) {
  const auto compare = [](const std::string& one, const std::string& other) {
    Story story;
    for (const auto& [boundary, text] : {std::pair("x1", one), std::pair("y23", other)}) {
      const std::string mark = std::string("--") + boundary;
      story.At(0s, kMake, mark + "\r\n\r\n" + text + "\r\n" + mark + "--\r\n")
          .With("Content-Type", std::string("multipart/form-data; boundary=") + boundary);
    }
    const History history = story.MakeHistory();
    const auto& entries = history.entries();
    EXPECT_EQ(LikenessHash(entries[0]) == LikenessHash(entries[1]), one == other);
    return Compare(entries[0], entries[1]);
  };
  EXPECT_EQ(compare("a=1", "a=1"), Likeness::kExact);
  EXPECT_EQ(compare("a=1", "a=2"), Likeness::kNone);
}

TEST(Likeness, IsNoneWhereAnythingElseDiffers) {
  EXPECT_EQ(HowAlike(R"({"a":1})", R"({"a":2})"), "");
  EXPECT_EQ(HowAlike(R"({"a":1,"b":2})", R"({"a":1,"c":2})"), "");
  EXPECT_EQ(HowAlike(R"({"request_id":"x","a":1})", R"({"request_id":"y","a":2})"), "");
  EXPECT_EQ(HowAlike(R"({"at":"2026-01-15"})", R"({"at":"2026-01-16"})"), "");
  EXPECT_EQ(HowAlike(R"({"at":"2026-01-15T10:00:00Z"})", R"({"at":null})"), "");
  EXPECT_EQ(HowAlike("[1]", "[2]"), "");
  EXPECT_EQ(HowAlike("text", "other"), "");
  EXPECT_EQ(HowAlike("text", ""), "");
  EXPECT_EQ(HowAlike(R"({"a":1,"b":2,"c":3})", R"({"a":1})"), "") << "more than half is gone";
}

TEST(Likeness, KnowsABodyThatWasSpoilt) {
  constexpr std::string_view kWhole = R"({"name":"Spares","kind":"box","size":5})";
  EXPECT_EQ(HowAlike(kWhole, R"("{\"name\":\"Spares\",\"kind\":\"box\",\"size\":5}")"), "altered");
  EXPECT_EQ(HowAlike(kWhole, "name=Spares&kind=box&size=5"), "altered") << "a form has only texts";
  EXPECT_EQ(HowAlike(kWhole, R"({"name":"Spares","kind":"box"})"), "altered");
  EXPECT_EQ(HowAlike(R"({"name":"Spares","kind":"box"})", kWhole), "altered");
  EXPECT_EQ(HowAlike(kWhole, kWhole.substr(0, 20)), "altered");
  EXPECT_EQ(HowAlike(kWhole, ""), "altered");
  EXPECT_EQ(HowAlike(kWhole, R"({"name": "Spares", "ki)"), "altered") << "blanks aside";
  EXPECT_EQ(HowAlike(kWhole, "[redacted: 9 bytes that are no JSON]"), "altered");
  EXPECT_EQ(HowAlike(kWhole, "name=Others&kind=box&size=5"), "");
}

std::string HowAlikeNamed(std::string_view first, std::string_view second) {
  const auto body = [](std::string_view name) {
    return R"({"name":")" + std::string(name) + R"(","deep":{"kind":"box"}})";
  };
  return HowAlike(body(first), body(second));
}

TEST(Likeness, KnowsANameThatWasMadeUpAnew) {
  EXPECT_EQ(HowAlikeNamed("src-8d1f", "src-77b0"), "renamed");
  EXPECT_EQ(HowAlikeNamed("src-28411", "src-913"), "renamed");
  EXPECT_EQ(HowAlikeNamed("src-8d1f", "src-cafe"), "renamed") << "an id without digits";
  EXPECT_EQ(HowAlikeNamed("src-8d1f-eu", "src-77b0-eu"), "renamed") << "in the middle";
  EXPECT_EQ(HowAlikeNamed("src-3f2b8c1e-54aa-4f0e-9d7c-1b2a3c4d5e6f",
                          "src-3a9d0c77-0b1e-4c55-8f21-99887766aabb"),
            "renamed")
      << "a UUID has marks, too";
  EXPECT_EQ(
      HowAlikeNamed("3f2b8c1e-54aa-4f0e-9d7c-1b2a3c4d5e6f", "9a9d0c77-0b1e-4c55-8f21-99887766aabb"),
      "renamed");
  EXPECT_EQ(HowAlike(R"({"a":1,"config":{"schema":"s_8d1f"}})",
                     R"({"a":1,"config":{"schema":"s_77b0"}})"),
            "renamed")
      << "deep within";
  EXPECT_EQ(HowAlike(R"({"name":"src-8d1f","a":1})", R"({"name":"src-77b0","a":2})"), "");
  EXPECT_EQ(HowAlikeNamed("src-8d1f", "dst-77b0"), "");
  EXPECT_EQ(HowAlikeNamed("My old source-8d1f", "b"), "") << "a short one";
  EXPECT_EQ(HowAlikeNamed("src-blue", "src-green"), "");
  EXPECT_EQ(HowAlikeNamed("src-decade", "src-facade"), "") << "words without a digit";
}

TEST(Likeness, DoesNotTakeANumberForMadeUp) {
  EXPECT_EQ(HowAlikeNamed("Source 1", "Source 2"), "renumbered");
  EXPECT_EQ(HowAlikeNamed("src-8", "src-9"), "renumbered");
  EXPECT_EQ(HowAlikeNamed("Source1", "Source2"), "renumbered");
  EXPECT_EQ(HowAlikeNamed("src-8a", "src-3f"), "renumbered") << "too short to be made up";
  EXPECT_EQ(HowAlikeNamed("tenant-001", "tenant-002"), "renumbered");
  EXPECT_EQ(HowAlikeNamed("src-1764491696", "src-1764491698"), "renumbered") << "or a time";
  EXPECT_EQ(HowAlikeNamed("daily-20260115", "daily-20261201"), "") << "a day";
}

TEST(Likeness, WhatIsLeftWithoutSecretsDoesNotMakeBodiesTheSame) {
  Story story;
  const std::string_view redacted = R"({"name":"a","password":"[redacted]"})";
  story.At(0s, kMake, redacted).exchange().marks.body = 1;
  story.At(1s, kMake, redacted).exchange().marks.body = 2;
  story.At(2s, kMake, redacted).exchange().marks.body = 1;
  const History history = story.MakeHistory();
  const auto& entries = history.entries();
  EXPECT_EQ(Compare(entries[0], entries[1]), Likeness::kNone);
  EXPECT_EQ(Compare(entries[0], entries[2]), Likeness::kExact);
}

}  // namespace
}  // namespace mockduit
