// The small doors and helpers of base: patterns, hashes, text, files, nodes, problems.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "base/crypto.h"
#include "base/file.h"
#include "base/json.h"
#include "base/log.h"
#include "base/node.h"
#include "base/pattern.h"
#include "base/random.h"
#include "base/text.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string Hex(std::string_view bytes) {
  std::string hex;
  for (const char c : bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    hex += kDigits[static_cast<unsigned char>(c) >> 4];
    hex += kDigits[static_cast<unsigned char>(c) & 0xf];
  }
  return hex;
}

TEST(Pattern, ThatIsKnownIsTheSame) {
  Pattern known = Pattern::Known("^b+$");
  EXPECT_EQ(known.text(), "^b+$");
  const Pattern moved = std::move(known);
  EXPECT_TRUE(moved.Matches("bb"));
  EXPECT_FALSE(moved.Matches("abb"));
  EXPECT_EQ(moved.text(), Pattern::Compile("^b+$")->text());
}

TEST(Pattern, MatchesAnywhereUnlessAnchored) {
  EXPECT_TRUE(Pattern::Compile("b")->Matches("abc"));
  EXPECT_FALSE(Pattern::Compile("^b")->Matches("abc"));
  EXPECT_TRUE(Pattern::Compile("^[A-Z0-9_]+$")->Matches("DWH_SNOWFLAKE"));
}

TEST(Pattern, SaysWhatIsNoExpression) {
  EXPECT_EQ(Pattern::Compile("a(b").error().message,
            "'a(b' is no regular expression: missing ): a(b");
  EXPECT_THAT(Pattern::Compile("(?=x)").error().message, HasSubstr("is no regular expression"));
}

TEST(Pattern, RefusesAnExpressionThatNeedsTooMuchMemory) {
  EXPECT_THAT(Pattern::Compile("((a{100}){100}){100}").error().message,
              HasSubstr("is no regular expression"));
}

TEST(Pattern, TakesLinearTimeWhereBacktrackingWouldNot) {
  const auto pattern = Pattern::Compile("^(a+)+$");
  EXPECT_FALSE(pattern->Matches(std::string(100'000, 'a') + "b"));
}

TEST(Crypto, HmacDoesTheVectorsOfRfc4231) {
  EXPECT_EQ(Hex(HmacSha256(std::string(20, '\x0b'), "Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(Hex(HmacSha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(Hex(HmacSha256(std::string(20, '\xaa'), std::string(50, '\xdd'))),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
  EXPECT_EQ(Hex(HmacSha256(std::string(131, '\xaa'),
                           "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Crypto, Base64UrlHasNoPaddingAndSafeLetters) {
  const std::pair<std::string_view, std::string_view> kTexts[] = {
      {"", ""}, {"f", "Zg"}, {"fo", "Zm8"}, {"foo", "Zm9v"}, {"\xfb\xff\xfe", "-__-"},
  };
  for (const auto& [bytes, text] : kTexts) EXPECT_EQ(Base64UrlEncode(bytes), text);
}

TEST(Crypto, Base64DecodesWithAndWithoutPadding) {
  const std::pair<std::string_view, std::string_view> kTexts[] = {
      {"", ""},
      {"Zg==", "f"},
      {"Zg", "f"},
      {"Zm8=", "fo"},
      {"Zm9v", "foo"},
      {"a2V5OnNlY3JldA==", "key:secret"},
      {"+/8=", "\xfb\xff"},
  };
  for (const auto& [text, bytes] : kTexts) EXPECT_EQ(Base64Decode(text), bytes) << text;
}

TEST(Crypto, Base64RefusesWhatIsNone) {
  for (const std::string_view text : {"!!!!", "a", "Zg=x", "====", "Zm9v=", "=Zg="}) {
    EXPECT_EQ(Base64Decode(text), std::nullopt) << text;
  }
}

// The token of Fivetran's documentation has this header, and a payload of this shape.
TEST(Crypto, Base64UrlDecodesItsSafeLettersAlone) {
  EXPECT_EQ(Base64UrlDecode("-_8="), "\xfb\xff");
  EXPECT_EQ(Base64UrlDecode("-_8"), "\xfb\xff");
  EXPECT_EQ(Base64UrlDecode(""), "");
  EXPECT_EQ(Base64UrlDecode("+/8="), std::nullopt);
  EXPECT_EQ(Base64UrlDecode("-/8="), std::nullopt);
}

// The hash is FNV-1a, whose published vector for "a" is af63dc4c8601ec8c.
TEST(SeedFor, IsTheHashOfTheNameWithTheSeedInFiftyThreeBits) {
  constexpr std::uint64_t kLargest = (std::uint64_t{1} << 53) - 1;
  EXPECT_EQ(SeedFor(0, "a"), 0xaf63dc4c8601ec8cULL & kLargest);
  EXPECT_EQ(SeedFor(7, "a"), (0xaf63dc4c8601ec8cULL ^ 7) & kLargest);
}

TEST(Crypto, JwtHasThreePartsAndTheDocumentedHeader) {
  const std::string token = SignedJwt(R"({"a":1})", "key");
  const std::string unsigned_part = "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ";
  EXPECT_EQ(token, unsigned_part + "." + Base64UrlEncode(HmacSha256("key", unsigned_part)));
}

TEST(Text, ChangesCaseOfAsciiAlone) {
  EXPECT_EQ(LowerCase("ABC-é-Z9"), "abc-é-z9");
  EXPECT_EQ(UpperCase("abc-é-z9"), "ABC-é-Z9");
}

TEST(Text, TrimsSpacesAndTabs) {
  EXPECT_EQ(Trim(" \ta b\t "), "a b");
  EXPECT_EQ(Trim(" \t "), "");
}

TEST(Text, TakesPartsOffTheFront) {
  std::string_view rest = "a,b;c";
  EXPECT_EQ(TakeUntil(rest, ",;"), "a");
  EXPECT_EQ(TakeUntil(rest, ",;"), "b");
  EXPECT_EQ(TakeUntil(rest, ",;"), "c");
  EXPECT_EQ(rest, "");
}

TEST(Text, MakesValidUtf8OfAnyBytes) {
  const std::pair<std::string_view, std::string_view> kTexts[] = {
      {"plain", "plain"},
      {"é€😀", "é€😀"},
      {"a\xff\x62", "a\uFFFDb"},
      {"cut \xe2\x82", "cut \uFFFD\uFFFD"},
      {"\xc0\xaf", "\uFFFD\uFFFD"},
      {"\xed\xa0\x80", "\uFFFD\uFFFD\uFFFD"},
      {"\xf4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD"},
  };
  for (const auto& [bytes, text] : kTexts) EXPECT_EQ(ValidUtf8(bytes), text);
}

TEST(Text, JoinsWords) { EXPECT_EQ(Join(std::vector<std::string>{"a", "b"}, "; "), "a; b"); }

std::string Logged(LogFormat format, const char* message) {
  ::testing::internal::CaptureStderr();
  MakeStderrLog(format)->Warning(message);
  return ::testing::internal::GetCapturedStderr();
}

TEST(Log, WritesALineForPeople) {
  EXPECT_THAT(Logged(LogFormat::kText, "50% of {} is gone"),
              ::testing::EndsWith("warning 50% of {} is gone\n"));
}

TEST(Log, WritesALineOfJsonForMachines) {
  const auto line = Json::Parse(Logged(LogFormat::kJson, "a \"quoted\"\nword, {} and %v"));
  ASSERT_TRUE(line) << line.error().message;
  EXPECT_EQ(line->Find("level")->AsString(), "warning");
  EXPECT_EQ(line->Find("message")->AsString(), "a \"quoted\"\nword, {} and %v");
}

TEST(Problem, NamesItsPlaceWhereItIsKnown) {
  EXPECT_EQ((Problem{"a.yaml", 2, 7, "wrong"}).Text(), "a.yaml:2:7: wrong");
  EXPECT_EQ((Problem{"a.yaml", 0, 0, "wrong"}).Text(), "a.yaml: wrong");
}

// A directory that no test beside this one uses.
std::string MakeDirectory() {
  std::string path = ::testing::TempDir() + "mockduit_XXXXXX";
  return mkdtemp(path.data());
}

class FileTest : public ::testing::Test {
 protected:
  FileTest() : directory_(MakeDirectory()) {
    std::filesystem::create_directories(directory_ + "/sub");
  }
  ~FileTest() override { std::filesystem::remove_all(directory_); }
  const std::string directory_;
};

TEST_F(FileTest, ReadsBackWhatItWrote) {
  const std::string text("a\0b\r\n", 5);
  ASSERT_TRUE(WriteFile(directory_ + "/a", text));
  EXPECT_EQ(ReadFile(directory_ + "/a")->text, text);
}

TEST_F(FileTest, NamesThePathAndTheReason) {
  EXPECT_EQ(ReadFile(directory_ + "/none").error().message,
            "cannot read " + directory_ + "/none: No such file or directory");
  EXPECT_EQ(ReadFile(directory_).error().message, "cannot read " + directory_ + ": Is a directory");
  EXPECT_THAT(WriteFile(directory_ + "/no/such", "").error().message,
              HasSubstr("No such file or directory"));
}

std::vector<std::string> TextsOf(const std::vector<TextFile>& files) {
  std::vector<std::string> texts;
  for (const TextFile& file : files) texts.push_back(file.text);
  return texts;
}

TEST_F(FileTest, ReadsAllDocumentsSortedByPath) {
  for (const char* name :
       {"/b.yaml", "/sub/a.yaml", "/a.yml", "/d.json", "/c.txt", "/.hidden.yaml"}) {
    ASSERT_TRUE(WriteFile(directory_ + name, name));
  }
  EXPECT_THAT(TextsOf(ReadFiles(directory_).value()),
              ElementsAre("/a.yml", "/b.yaml", "/d.json", "/sub/a.yaml"));
  EXPECT_EQ(StampFiles(directory_).size(), 4U);
}

TEST_F(FileTest, TellsOfADirectoryThatCannotBeRead) {
  EXPECT_EQ(ReadFiles(directory_ + "/none").error().message,
            "cannot read " + directory_ + "/none: No such file or directory");
  EXPECT_TRUE(StampFiles(directory_ + "/none").empty());
  EXPECT_TRUE(FindLookAlikes(directory_ + "/none").empty());
}

// A ConfigMap is mounted as links through "..data" to a folder with the day in its name.
TEST_F(FileTest, ReadsAConfigMapOnce) {
  std::filesystem::create_directories(directory_ + "/..2026_01/in");
  ASSERT_TRUE(WriteFile(directory_ + "/..2026_01/a.yaml", "a"));
  ASSERT_TRUE(WriteFile(directory_ + "/..2026_01/in/b.yaml", "b"));
  std::filesystem::create_symlink("..2026_01", directory_ + "/..data");
  std::filesystem::create_symlink("..data/a.yaml", directory_ + "/a.yaml");
  std::filesystem::create_symlink("..data/in", directory_ + "/in");
  EXPECT_THAT(TextsOf(ReadFiles(directory_).value()), ElementsAre("a", "b"));
}

TEST_F(FileTest, FollowsNoLinkInACircle) {
  ASSERT_TRUE(WriteFile(directory_ + "/a.yaml", "a"));
  std::filesystem::create_symlink(".", directory_ + "/again");
  std::filesystem::create_symlink("nowhere", directory_ + "/lost");
  EXPECT_THAT(TextsOf(ReadFiles(directory_).value()), ElementsAre("a"));
}

TEST_F(FileTest, TellsOfWhatLooksLikeADocument) {
  for (const char* name :
       {"/a.YAML", "/b.yaml~", "/c.yml.txt", "/d.yamlx", "/e.txt", "/f.json", "/yaml", "/.yaml~"}) {
    ASSERT_TRUE(WriteFile(directory_ + name, ""));
  }
  std::filesystem::create_symlink("nowhere", directory_ + "/g.yaml");
  ASSERT_EQ(mkfifo((directory_ + "/h.yaml").c_str(), 0600), 0);
  std::vector<std::string> texts;
  for (const Problem& problem : FindLookAlikes(directory_)) texts.push_back(problem.Text());
  const std::string told = ": not read: only what ends in .yaml, .yml or .json is";
  EXPECT_THAT(texts, ElementsAre(directory_ + "/a.YAML" + told, directory_ + "/b.yaml~" + told,
                                 directory_ + "/c.yml.txt" + told,
                                 directory_ + "/g.yaml: not read: the link leads to no file",
                                 directory_ + "/h.yaml: not read: it is no file"));
}

TEST(Files, TellsOfTwoThatDifferInTheEndingAlone) {
  const auto twins = FindTwins({{"f/a.json", ""}, {"f/a.yaml", ""}, {"g/a.yml", ""}});
  ASSERT_EQ(twins.size(), 1U);
  EXPECT_EQ(twins[0].Text(), "f/a.yaml: this stands beside f/a.json; two files need two names");
}

TEST(Document, IsJsonWhenItsNameOrItsTextSaysSo) {
  EXPECT_EQ(ReadDocument({"a", R"({"a": "\/"})"})->root.Dump(), R"({"a":"/"})");
  EXPECT_EQ(ReadDocument({"a.yaml", "a: 1"})->root.Dump(), R"({"a":1})");
  EXPECT_EQ(ReadDocument({"a.yaml", "{a: 1}"})->root.Dump(), R"({"a":1})");
  EXPECT_EQ(ReadDocument({"a.yaml", "{oops"}).error().front().Text(),
            "a.yaml:1:1: the map in { } is never closed; a '}' is missing");
  EXPECT_EQ(ReadDocument({"a.json", "{oops"}).error().front().Text(),
            "a.json:1:2: a key in double quotes must stand here; no ',' may stand before a '}'");
}

TEST(Node, FollowsReferencesWithinTheDocument) {
  const auto document = ReadYaml("a.yaml", "a: {$ref: '#/b/c~1d'}\nb: {c/d: {x: text}}\n");
  const Node root(*document);
  EXPECT_EQ(root["a"].Follow()["x"].Text(), "text");
  EXPECT_EQ(&root["b"].Follow().json(), &root["b"].json()) << "without a reference it is itself";
}

TEST(Node, PlacesAMistakeAtTheValueOrTheNearestAboveIt) {
  const auto document = ReadYaml("a.yaml", "a:\n  - x: 1\n  - {y: 2}\n");
  const Node item = Node(*document)["a"].Item(1);
  EXPECT_EQ(item["y"].Wrong("no").Text(), "a.yaml:3:9: no");
  EXPECT_EQ(item["y"].WrongKey("no").Text(), "a.yaml:3:6: no");
  EXPECT_EQ(item["none"]["at"].Wrong("no").Text(), item.Wrong("no").Text());
  EXPECT_EQ(Node(*document)["a"].Item(9).Wrong("no").Text(),
            Node(*document)["a"].Wrong("no").Text());
}

TEST(Node, FindsNothingBehindABrokenReference) {
  const auto document = ReadYaml("a.yaml", "a: {$ref: '#/none'}\nb: {$ref: other.yaml}\n");
  const Node root(*document);
  EXPECT_FALSE(root["a"].Follow());
  EXPECT_FALSE(root["b"].Follow());
}

TEST(Node, GivesFallbacksWhereNothingIs) {
  const auto document = ReadYaml("a.yaml", "a: [1]\n");
  const Node nothing = Node(*document)["x"]["y"].Item(3);
  EXPECT_FALSE(nothing);
  EXPECT_EQ(nothing.Text("fallback"), "fallback");
  EXPECT_FALSE(nothing.Flag());
  EXPECT_TRUE(Node(*document)["a"].Item(0));
  EXPECT_FALSE(Node(*document)["a"].Item(1));
}

TEST(Printable, EscapesWhatATerminalWouldObey) {
  EXPECT_EQ(Printable("a\tb\r\x1b[2J\x7F"), "a\\x09b\\x0d\\x1b[2J\\x7f");
  EXPECT_EQ(Printable("\xC2\x9B\xC2\xA0\xC3\xA4"), "\\xc2\\x9b\xC2\xA0\xC3\xA4");
  EXPECT_EQ(Printable("\u202Eb\u2028\u2019"), "\\xe2\\x80\\xaeb\\xe2\\x80\\xa8\u2019");
  EXPECT_EQ(Printable("\xFF\xC3"), "\\xff\\xc3");
  EXPECT_EQ(Printable(std::string_view("\0x", 2)), "\\x00x");
}

TEST(Printable, IndentsEveryLineButTheFirst) {
  EXPECT_EQ(Printable("a\nb\n\nc"), "a\n    b\n    \n    c");
}

}  // namespace
}  // namespace mockduit
