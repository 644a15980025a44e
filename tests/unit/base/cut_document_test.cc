// Documents of which only what is nested too deep is left out.
#include "base/cut_document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mockduit {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

// `levels` of maps in each other, in the one member of a list.
std::string NestedMaps(int levels) {
  std::string text = "{\"other\": [1, \"}{\\\"\"], \"deep\":\n ";
  for (int i = 0; i < levels; ++i) text += "{\"a\":";
  text += "[2]" + std::string(static_cast<std::size_t>(levels), '}') + ", \"last\": 3}";
  return text;
}

CutDocument ReadCut(const std::string& path, const std::string& text) {
  auto read = ReadCutDocument({path, text});
  EXPECT_TRUE(read) << read.error().front().Text();
  return read ? std::move(*read) : CutDocument();
}

class CutDocuments : public ::testing::TestWithParam<const char*> {};

TEST_P(CutDocuments, AreWholeUpTo100Levels) {
  const CutDocument read = ReadCut(GetParam(), NestedMaps(98));
  EXPECT_THAT(read.cut, IsEmpty());
  EXPECT_TRUE(read.document.root.Dump().contains("[2]"));
}

TEST_P(CutDocuments, LoseWhatIsDeeperAndNothingElse) {
  const CutDocument read = ReadCut(GetParam(), NestedMaps(150));
  ASSERT_THAT(read.cut, SizeIs(1));
  // The hundredth map within the document's own begins behind 99 others, each five bytes long.
  EXPECT_EQ(read.cut[0].Text(),
            std::string(GetParam()) +
                ":2:497: nested deeper than 100 levels; what stands in here is left out");
  EXPECT_EQ(read.document.root.Get("last"), Json(3));
  EXPECT_EQ(read.document.root.Get("other").Dump(), R"([1,"}{\""])");
  EXPECT_FALSE(read.document.root.Dump().contains("[2]"));
  std::string pointer = "/deep";
  for (int i = 0; i < 99; ++i) pointer += "/a";
  ASSERT_NE(read.document.root.At(pointer), nullptr);
  EXPECT_EQ(read.document.root.At(pointer)->Dump(), "0");
}

TEST_P(CutDocuments, ThatAreNeverClosedAreRefused) {
  EXPECT_FALSE(ReadCutDocument({GetParam(), NestedMaps(150).substr(0, 700)}));
}

INSTANTIATE_TEST_SUITE_P(OfEachKind, CutDocuments, ::testing::Values("a.json", "a.yaml"),
                         [](const auto& param) { return std::string(param.param).substr(2); });

TEST(CutYaml, KeepsAnchorsBeyondForWhatIsAbove) {
  const std::string deep(120, '[');
  const CutDocument read =
      ReadCut("b.yaml", "deep: " + deep + "&x {a: 1}" + std::string(120, ']') + "\nalias: *x\n");
  EXPECT_THAT(read.cut, SizeIs(1));
  EXPECT_EQ(read.document.root.Get("alias").Dump(), "0");
}

TEST(CutYaml, IsRefusedWhereTheLibraryGoesNoDeeper) {
  EXPECT_FALSE(ReadCutDocument({"b.yaml", "deep: " + std::string(100'000, '[')}));
}

TEST(CutDocuments, LoseMembersWhoseKeysAreTooLong) {
  const std::string key(3'000, 'k');
  const std::string json =
      "{\"a\": {\"" + key + "\": {\"in\": [1, {\"x\": 2}]}, \"b\": 1,\n \"" + key + "2\": 2}}";
  const std::string yaml =
      "a:\n  ? " + key + "\n  : {in: [1, {x: 2}]}\n  b: 1\n  ? " + key + "2\n  : 2\n";
  for (const auto& [path, text] : {std::pair("a.json", json), std::pair("a.yaml", yaml)}) {
    const CutDocument read = ReadCut(path, text);
    EXPECT_EQ(read.document.root.Dump(), R"({"a":{"b":1}})") << path;
    ASSERT_THAT(read.cut, SizeIs(2)) << path;
    EXPECT_TRUE(read.cut[0].Text().ends_with(
        "this key, and those that lead to it, are longer than 2000 bytes together; what it names "
        "is left out"))
        << read.cut[0].Text();
  }
}

}  // namespace
}  // namespace mockduit
