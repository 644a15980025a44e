#include "adopt/adopt.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/base/memory_files.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class AdoptTest : public ::testing::Test {
 protected:
  AdoptTest() { files_.AddFolder("/api"); }

  void Add(const std::string& name, const std::string& title, const std::string& version) {
    files_.AddFile("/api/" + name, "openapi: 3.1.0\ninfo: {title: " + title + ", version: '" +
                                       version + "'}\npaths: {/a: {get: {}}}\n");
  }
  // "name edition edition*": the default one has a star.
  std::vector<std::string> Vendors(const std::vector<std::string>& texts) {
    auto adopted = Adopt(texts, files_);
    EXPECT_TRUE(adopted) << adopted.error().front().Text();
    std::vector<std::string> vendors;
    if (!adopted) return vendors;
    for (const Vendor& vendor : adopted->vendors) {
      vendors.push_back(vendor.name);
      for (const auto& edition : vendor.editions) {
        vendors.back() += " " + edition->edition + (edition->is_default ? "*" : "");
      }
    }
    read_ = adopted->files;
    return vendors;
  }
  std::string Refused(const std::vector<std::string>& texts) {
    const auto adopted = Adopt(texts, files_);
    EXPECT_FALSE(adopted);
    return adopted ? "" : adopted.error().front().Text();
  }

  MemoryFiles files_;
  std::vector<std::string> read_;
};

// Each ended the server, or was passed over, at the first request that met it.
TEST_F(AdoptTest, TellsWhatAnOverlaySaysOfAnswersAndOperationsThatAreNotThere) {
  Add("spec.yaml", "Nango API", "1");
  const std::pair<const char*, const char*> kOverlays[] = {
      {"x-mockduit: {refuse: [{header: X-T, unlike: a, outcome: conflict}]}",
       "/api/spec.mockduit.yaml:1:57: no answer in components.responses that has a 'status' has "
       "the "
       "outcome 'conflict'"},
      {"paths: {/a: {get: {x-mockduit: {behaviour: acme.nope}}}}",
       "/api/spec.mockduit.yaml:1:33: behaviours are code that knows its own vendor's contracts; "
       "an "
       "overlay has 'effect'"},
      {"x-mockduit: {aliases: [{from: /b, to: /c}]}",
       "/api/spec.mockduit.yaml:1:39: no path begins with '/c'"},
      {"x-mockduit: {conditions: {invalid: no_answer}}",
       "/api/spec.mockduit.yaml:1:36: no answer has the outcome 'no_answer' of this condition"},
      {"keys: {refused: {bad: nope}}",
       "/api/spec.mockduit.yaml:1:23: 'nope' is no refusal; it is unknown_credential or "
       "no_permission"},
      {"seed: [{kind: a}]", "/api/spec.mockduit.yaml:1:8: 'id' is missing here"}};
  for (const auto& [overlay, told] : kOverlays) {
    files_.AddFile("/api/spec.mockduit.yaml", std::string(overlay) + "\n");
    EXPECT_THAT(Refused({"/api/spec.yaml"}), HasSubstr(told)) << overlay;
  }
}

TEST_F(AdoptTest, NamesTheVendorAsAskedElseByTheTitle) {
  Add("spec.yaml", "Nango API", "1");
  EXPECT_THAT(Vendors({"/api/spec.yaml"}), ElementsAre("nango 1*"));
  EXPECT_THAT(Vendors({"mine=/api/spec.yaml"}), ElementsAre("mine 1*"));
  EXPECT_THAT(read_, ElementsAre("/api/spec.yaml"));
}

TEST_F(AdoptTest, TakesAPathWithAnEqualsSign) {
  Add("a=b.yaml", "Nango API", "1");
  EXPECT_THAT(Vendors({"/api/a=b.yaml"}), ElementsAre("nango 1*"));
  EXPECT_THAT(Vendors({"x=/api/a=b.yaml"}), ElementsAre("x 1*"));
}

TEST_F(AdoptTest, TakesDocumentsOfOneVendorForItsEditions) {
  Add("old.yaml", "Acme", "1");
  Add("new.yaml", "Acme", "2");
  Add("other.yaml", "Other", "1");
  EXPECT_THAT(Vendors({"/api/new.yaml", "/api/other.yaml", "/api/old.yaml"}),
              ElementsAre("acme 2* 1", "other 1*"));
}

TEST_F(AdoptTest, ReadsAFolderAsEditionsOfOneVendor) {
  Add("v1.yaml", "Acme", "1");
  Add("v2.yml", "Something else", "2");
  files_.AddFile("/api/common.yaml", "User: {type: string}");
  files_.AddFile("/api/notes.txt", "no document");
  EXPECT_THAT(Vendors({"/api"}), ElementsAre("acme 1* 2"));
  EXPECT_THAT(Vendors({"mine=/api/"}), ElementsAre("mine 1* 2"));
}

TEST_F(AdoptTest, RefusesTwoEditionsOfOneName) {
  Add("a.yaml", "Acme", "1");
  Add("b.yaml", "Acme", "1");
  EXPECT_THAT(Refused({"/api/a.yaml", "/api/b.yaml"}), HasSubstr("has the edition '1' already"));
}

TEST_F(AdoptTest, RefusesNamesThatNobodyCanWrite) {
  Add("a.yaml", "Acme", "1");
  EXPECT_THAT(Refused({"My API=/api/a.yaml"}), HasSubstr("did you mean 'my-api'?"));
  EXPECT_THAT(Refused({"=/api/a.yaml"}), HasSubstr("no name of a vendor"));
  Add("b.yaml", "データ", "1");
  EXPECT_THAT(Refused({"/api/b.yaml"}), HasSubstr("write it as NAME=/api/b.yaml"));
}

TEST_F(AdoptTest, TellsAllThatCannotBeRead) {
  files_.AddFile("/api/old.yaml", "swagger: '2.0'");
  files_.AddFile("/api/cut.yaml", "openapi: 3.1.0\npaths: {/a: {");
  const auto adopted = Adopt({"/api/old.yaml", "/api/cut.yaml", "/api/missing.yaml"}, files_);
  ASSERT_FALSE(adopted);
  std::vector<std::string> told;
  for (const Problem& problem : adopted.error()) told.push_back(problem.Text());
  EXPECT_THAT(told, ElementsAre(HasSubstr("swagger2openapi"), HasSubstr("/api/cut.yaml"),
                                HasSubstr("/api/missing.yaml")));
}

TEST_F(AdoptTest, RefusesAFolderWithoutDocuments) {
  files_.AddFile("/api/a.yaml", "a: 1");
  EXPECT_THAT(Refused({"/api"}), HasSubstr("no file in /api has 'openapi'"));
}

TEST_F(AdoptTest, RefusesCredentialsByTheirBeginningAsOtherVendorsDo) {
  Add("a.yaml", "Acme", "1");
  const auto adopted = Adopt({"/api/a.yaml"}, files_);
  ASSERT_TRUE(adopted);
  const Keys& keys = adopted->vendors.front().keys;
  EXPECT_EQ(keys.RefusalOf("invalid-key"), "unknown_credential");
  EXPECT_EQ(keys.RefusalOf("forbidden-key"), "no_permission");
  EXPECT_EQ(keys.RefusalOf("my-key"), "");
}

TEST_F(AdoptTest, ListsTheFilesThatADocumentIsMadeOf) {
  files_.AddFile("/api/spec.yaml",
                 "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {/a: {$ref: a.yaml}}\n");
  files_.AddFile("/api/a.yaml", "get: {operationId: of_a}\n");
  EXPECT_THAT(Vendors({"/api/spec.yaml"}), ElementsAre("a 1*"));
  EXPECT_THAT(read_, ElementsAre("/api/spec.yaml", "/api/a.yaml"));
}

TEST_F(AdoptTest, KnowsThePathsOfItsTexts) {
  Add("a.yaml", "Acme", "1");
  EXPECT_THAT(PathsOf({"x=/api/a.yaml", "/api/", "b"}, files_),
              ElementsAre("/api/a.yaml", "/api", "b"));
}

TEST_F(AdoptTest, TellsNotesInTheOrderOfTheDocument) {
  files_.AddFile(
      "/api/spec.yaml",
      "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths:\n"
      "  /a: {get: {parameters: [{in: query}], responses: {'200': {}}}}\n  b: {get: {}}\n"
      "  /c: {get: {parameters: [{in: query}], responses: {'200': {}}}}\n");
  const auto adopted = Adopt({"/api/spec.yaml"}, files_);
  ASSERT_TRUE(adopted);
  std::vector<int> lines;
  for (const Problem& note : AllNotes(*adopted)) lines.push_back(note.line);
  EXPECT_THAT(lines, ElementsAre(4, 5, 6));
}

}  // namespace
}  // namespace mockduit
