#include "contract/catalog.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/contract/acme.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;

TEST(Catalog, GathersVendorsEditionsKeysAndData) {
  const Catalog catalog = LoadedCatalog({
      {"f/zeta/b.yaml", TinyContract("zeta", "b", "get", "/z")},
      {"f/acme/old.yaml", TinyContract("acme", "old", "get", "/a")},
      {"f/acme/new.yaml", TinyContract("acme", "new", "get", "/a", ", default: true")},
      {"f/acme/keys.yaml", "refused: {bad: unknown_credential}\n"},
      {"f/acme/extra.yaml", "a: 1\n"},
  });
  EXPECT_THAT(catalog.VendorNames(), ElementsAre("acme", "zeta"));
  const Vendor* acme = catalog.FindVendor("acme");
  ASSERT_NE(acme, nullptr);
  EXPECT_EQ(acme->editions.front()->edition, "new") << "the default one first";
  EXPECT_EQ(acme->FindEdition("old")->edition, "old");
  EXPECT_EQ(acme->FindEdition("none"), nullptr);
  EXPECT_EQ(acme->FindData("extra")->Dump(), R"({"a":1})");
  EXPECT_EQ(acme->FindData("none"), nullptr);
  EXPECT_EQ(catalog.FindVendor("none"), nullptr);
  EXPECT_THAT(catalog.OperationNames(), ElementsAre("acme.get_it", "zeta.get_it"));
  EXPECT_EQ(catalog.FindOperation("acme.get_it")->contract->edition, "new");
  for (const char* name : {"acme", "acme.none", "none.get_it", ""}) {
    EXPECT_EQ(catalog.FindOperation(name), nullptr) << name;
  }
}

TEST(Catalog, ReadsContractsInJsonAlike) {
  const auto yaml = ReadYaml("a", kAcme);
  const Catalog catalog = LoadedCatalog({{"fixtures/acme/v1.yaml", yaml->root.Dump()}});
  EXPECT_NE(catalog.FindOperation("acme.create_widget"), nullptr);
}

constexpr std::string_view kPart = R"(x-mockduit: {part_of: v1}
paths:
  /gadgets:
    get:
      operationId: list_gadgets
      responses: {"404": {$ref: "#/components/responses/NoGadget"}}
  /widgets/{size}:
    delete:
      operationId: delete_widget
      responses: {"200": {x-mockduit: {outcome: success, source: s}}}
components:
  responses:
    NoGadget: {x-mockduit: {outcome: not_found, source: s}}
)";

TEST(Catalog, PutsTheFilesOfAnEditionTogether) {
  for (const bool part_first : {false, true}) {
    std::vector<TextFile> files = {{"f/acme/v1.yaml", std::string(kAcme)},
                                   {"f/acme/v1-gadgets.yaml", std::string(kPart)}};
    if (part_first) std::swap(files[0], files[1]);
    const Catalog catalog = LoadedCatalog(files);
    EXPECT_EQ(catalog.FindVendor("acme")->editions.size(), 1u);
    ASSERT_NE(catalog.FindOperation("acme.list_gadgets"), nullptr);
    EXPECT_EQ(catalog.FindOperation("acme.list_gadgets")->FindStatus(404)->source.text, "s");
    EXPECT_NE(catalog.FindOperation("acme.create_widget"), nullptr);
    EXPECT_NE(catalog.FindOperation("acme.delete_widget"), nullptr);
  }
}

TEST(Catalog, TellsMistakesOfPartsInTheirOwnFile) {
  const std::string wrong =
      "x-mockduit: {part_of: v1}\npaths:\n  /widgets/{size}:\n    post: {}\n"
      "  /x:\n    get: {}\n";
  const auto catalog = Catalog::Load({{"f/acme/v1.yaml", std::string(kAcme)},
                                      {"f/acme/part.yaml", wrong},
                                      {"f/acme/lost.yaml", "x-mockduit: {part_of: v2}\n"}});
  ASSERT_FALSE(catalog);
  EXPECT_THAT(
      Texts(catalog.error()),
      ElementsAre(
          "f/acme/part.yaml:4:5: this stands in f/acme/v1.yaml or another of its parts, too",
          "f/acme/lost.yaml:1:23: acme has no edition 'v2'",
          "f/acme/part.yaml:6:10: 'operationId' is missing here, or is no text",
          "f/acme/part.yaml:6:10: the operation has no 'responses'"));
}

TEST(Catalog, TellsTheMistakesOfAllFiles) {
  const auto catalog = Catalog::Load({
      {"f/acme/a.yaml", TinyContract("acne", "a", "get", "/a")},
      {"f/acme/b.yaml", "openapi: 3.1.0\n"},
      {"f/acme/keys.yaml", "a: [\n"},
  });
  ASSERT_FALSE(catalog);
  EXPECT_THAT(
      Texts(catalog.error()),
      ElementsAre("f/acme/keys.yaml:1:11: the list in [ ] is never closed; a ']' is missing",
                  "f/acme/a.yaml:2:22: the contract says 'acne' but stands in the folder "
                  "'acme'",
                  "f/acme/b.yaml:1:1: the document has no 'x-mockduit' block"));
}

TEST(Catalog, LeavesOutAFolderWithoutAContract) {
  EXPECT_THAT(LoadedCatalog({{"f/acme/keys.yaml", "refused: {}\n"}}).VendorNames(), ElementsAre());
}

TEST(Keys, AreGoodUnlessRefused) {
  Keys keys;
  keys.refused = {{"invalid", "unknown_credential"}, {"forbidden", "no_permission"}};
  const std::pair<std::string_view, std::string_view> kJudged[] = {
      {"anything", ""},
      {"invalid", "unknown_credential"},
      {"invalid-7", "unknown_credential"},
      {"forbidden-key", "no_permission"},
      {"my-invalid", ""},
  };
  for (const auto& [key, condition] : kJudged) EXPECT_EQ(keys.RefusalOf(key), condition) << key;
}

TEST(Keys, AreGoodOnlyWhenListedWhereAListIsGiven) {
  const Catalog catalog = LoadedCatalog({
      {"f/acme/a.yaml", TinyContract("acme", "a", "get", "/a")},
      {"f/acme/keys.yaml", "accepted: [one, forbidden-two]\nrefused: {forbidden: no_permission}\n"},
  });
  const Keys& keys = catalog.FindVendor("acme")->keys;
  EXPECT_EQ(keys.RefusalOf("one"), "");
  EXPECT_EQ(keys.RefusalOf("other"), "unknown_credential");
  EXPECT_EQ(keys.RefusalOf("forbidden-two"), "no_permission");
}

// The page that teaches how to write a contract shows a whole one. It must be one.
TEST(Catalog, ReadsTheSmallestContractOfTheDocumentation) {
  const auto page = ReadFile(MOCKDUIT_SOURCE_DIR "/docs/contracts.md");
  ASSERT_TRUE(page);
  const std::size_t begin = page->text.find("```yaml\nopenapi:") + 8;
  const std::size_t end = page->text.find("```", begin);
  const Catalog catalog =
      LoadedCatalog({{"fixtures/acme/v1.yaml", page->text.substr(begin, end - begin)}});
  EXPECT_THAT(catalog.OperationNames(), ElementsAre("acme.create_widget"));
}

}  // namespace
}  // namespace mockduit
