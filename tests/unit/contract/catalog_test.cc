#include "contract/catalog.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/contract/acme.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Catalog, GathersVendorsEditionsKeysAndData) {
  const Catalog catalog = LoadedCatalog({
      {"f/zeta/b.yaml", TinyContract("zeta", "b", "get", "/z")},
      {"f/acme/old.yaml", TinyContract("acme", "old", "get", "/a")},
      {"f/acme/new.yaml", TinyContract("acme", "new", "get", "/a", ", default: true")},
      {"f/acme/keys.yaml", "refused: {}\n"},
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
      responses: {"200": {x-mockduit: {outcome: success, source: s}}, "404": {$ref: "#/components/responses/NoGadget"}}
  /widgets/{size}:
    delete:
      operationId: delete_widget
      responses: {"200": {x-mockduit: {outcome: success, source: s}}}
components:
  responses:
    NoGadget: {x-mockduit: {outcome: not_found, source: s}}
    NoKey: {x-mockduit: {outcome: unauthorized, status: 401, source: s}}
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

TEST(Catalog, TellsWhichOperationsDoNotAnswerACondition) {
  const std::string part = Replaced(kPart, "outcome: unauthorized", "outcome: forbidden");
  const auto catalog =
      Catalog::Load({{"f/acme/v1.yaml", std::string(kAcme)}, {"f/acme/part.yaml", part}});
  ASSERT_FALSE(catalog);
  EXPECT_THAT(Texts(catalog.error()),
              ElementsAre("f/acme/part.yaml:6:18: acme.list_gadgets has no outcome 'unauthorized', "
                          "which answers the condition 'no_credential'",
                          "f/acme/part.yaml:10:18: acme.delete_widget has no outcome "
                          "'unauthorized', which answers the condition 'no_credential'"));
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
          "f/acme/part.yaml:6:10: 'operationId' is missing here",
          "f/acme/part.yaml:6:10: 'responses' is missing here",
          "f/acme/lost.yaml:1:23: acme has no edition 'v2'; did you mean 'v1'?"));
}

TEST(Catalog, TellsTheMistakesOfAllFiles) {
  const auto catalog = Catalog::Load({
      {"f/acme/a.yaml", TinyContract("acne", "a", "get", "/a")},
      {"f/acme/b.yaml", "openapi: 3.1.0\n"},
      {"f/acme/keys.yaml", "a: [\n"},
  });
  ASSERT_FALSE(catalog);
  EXPECT_THAT(Texts(catalog.error()),
              ElementsAre("f/acme/a.yaml:2:22: the contract says 'acne' but stands in the folder "
                          "'acme'",
                          "f/acme/b.yaml:1:1: the document has no 'x-mockduit' block",
                          "f/acme/keys.yaml:1:4: the list in [ ] is never closed; a ']' is "
                          "missing"))
      << "by file, in the order in which they came";
}

// What the catalog says of these files of acme.
std::vector<std::string> Mistakes(std::vector<std::pair<std::string, std::string>> named,
                                  const std::vector<std::string>* behaviours = nullptr) {
  std::vector<TextFile> files;
  for (auto& [name, text] : named) files.push_back({"acme/" + name, std::move(text)});
  const auto catalog = Catalog::Load(files, behaviours);
  return catalog ? std::vector<std::string>() : Texts(catalog.error());
}

TEST(Catalog, TellsOfTwoFilesThatAreOneEditionOrBothTheDefault) {
  const auto contract = [](const std::string& edition, const std::string& more) {
    return TinyContract("acme", edition, "get", "/a", more);
  };
  EXPECT_THAT(Mistakes({{"a.yaml", contract("v1", "")}, {"b.yaml", contract("v1", "")}}),
              ElementsAre("acme/b.yaml:2:37: acme/a.yaml is the edition 'v1', too"));
  EXPECT_THAT(Mistakes({{"a.yaml", contract("v1", ", default: true")},
                        {"b.yaml", contract("v2", ", default: true")}}),
              ElementsAre("acme/b.yaml:2:52: acme/a.yaml is the default edition, too"));
  EXPECT_THAT(Mistakes({{"a.yaml", contract("v1", ", default: false")},
                        {"b.yaml", contract("v2", ", default: true")}}),
              ElementsAre());
}

TEST(Catalog, TellsOfFilesThatNothingReads) {
  const std::string good = TinyContract("acme", "v1", "get", "/a");
  EXPECT_THAT(Mistakes({{"v1.yaml", good}, {"sede.yaml", "[]"}}),
              ElementsAre("acme/sede.yaml:1:1: nothing reads a file of this name; did you mean "
                          "'seed'?"));
  EXPECT_THAT(
      Mistakes({{"v1.yaml", good}, {"more.yaml", "x-mockduit: {partof: v1}"}}),
      ElementsAre("acme/more.yaml:1:1: this file has neither 'openapi', as a contract does, "
                  "nor x-mockduit's 'part_of', as a part does"));
}

TEST(Catalog, TellsOfABehaviourThatThereIsNot) {
  const std::string contract =
      Replaced(TinyContract("acme", "v1", "get", "/a"), "      responses",
               "      x-mockduit: {behaviour: acme.piant}\n      responses");
  const std::vector<std::string> behaviours = {"acme.paint", "acme.other"};
  EXPECT_THAT(Mistakes({{"v1.yaml", contract}}, &behaviours),
              ElementsAre("acme/v1.yaml:7:31: there is no behaviour 'acme.piant'; did you mean "
                          "'acme.paint'?"));
  EXPECT_THAT(Mistakes({{"v1.yaml", contract}}), ElementsAre()) << "where any may be";
}

constexpr std::string_view kList = "      x-mockduit: {effect: {list: box, where: {color: red}}}\n";

TEST(Catalog, KnowsTheKindsThatAVendorsFilesStoreWhereNoneIsDeclared) {
  const std::string contract = Replaced(TinyContract("acme", "v1", "get", "/a"), "      responses",
                                        std::string(kList) + "      responses");
  EXPECT_THAT(Mistakes({{"v1.yaml", contract}}), ElementsAre())
      << "what nothing stores may come from a user's seed";
  EXPECT_THAT(Mistakes({{"v1.yaml", contract},
                        {"seed.yaml", "- {kind: bxo, id: a, resource: {color: red}}"}}),
              ElementsAre("acme/v1.yaml:7:35: 'box' is no kind of this contract; did you mean "
                          "'bxo'?"));
  EXPECT_THAT(Mistakes({{"v1.yaml", contract},
                        {"seed.yaml", "- {kind: box, id: a, resource: {colour: red}}"}}),
              ElementsAre("acme/v1.yaml:7:48: the kind 'box' has no member 'color'; did you mean "
                          "'colour'?"));
  EXPECT_THAT(Mistakes({{"v1.yaml", contract},
                        {"seed.yaml", "- {kind: box, id: a, resource: {color: red}}"}}),
              ElementsAre());
}

TEST(Catalog, HoldsAContractThatDeclaresItsKindsToThem) {
  const std::string contract =
      Replaced(TinyContract("acme", "v1", "get", "/a", ", kinds: {bow: {members: [color]}}"),
               "      responses", std::string(kList) + "      responses");
  EXPECT_THAT(Mistakes({{"v1.yaml", contract}}),
              ElementsAre("acme/v1.yaml:7:35: 'box' is no kind of this contract; did you mean "
                          "'bow'?"));
}

TEST(Catalog, TellsOfASeedThatIsStoredTwice) {
  EXPECT_THAT(Mistakes({{"v1.yaml", TinyContract("acme", "v1", "get", "/a")},
                        {"seed.yaml",
                         "- {kind: box, id: a, resource: {}}\n"
                         "- {kind: box, id: a, resource: {}}\n- 5\n"}}),
              ElementsAre("acme/seed.yaml:2:19: the box 'a' stands here a second time",
                          "acme/seed.yaml:3:3: an entry of seed.yaml must be a map"));
}

constexpr std::string_view kDocuments =
    "documents: {api: 'The book, {operation} and {camel_operation}, response {status}'}";

TEST(Catalog, MakesTheSourceOfAnAnswerOfItsDocument) {
  std::string contract =
      TinyContract("acme", "v1", "get", "/a", ", " + std::string(kDocuments) + ", document: api");
  contract = Replaced(contract, "{x-mockduit: {outcome: success, source: s}}", "{}");
  const Catalog catalog = LoadedCatalog({{"f/acme/v1.yaml", contract}});
  const Outcome* outcome = catalog.FindOperation("acme.get_it")->FindStatus(200);
  ASSERT_NE(outcome, nullptr);
  EXPECT_EQ(outcome->name, "success") << "by its status";
  EXPECT_EQ(outcome->source.Text(), "The book, get_it and getIt, response 200");
}

// Two operations have it, under two statuses: each source speaks of its own.
TEST(Catalog, MakesTheSourceOfASharedAnswerForEachOperation) {
  const std::string shared =
      "components:\n  responses:\n    Gone:\n"
      "      x-mockduit: {outcome: not_found, document: api, besides: the code as in them all}\n"
      "      content:\n        application/json:\n          examples:\n"
      "            gone: {value: 1}\n"
      "            other: {x-mockduit: {document: api}, value: 2}\n";
  std::string contract = TinyContract("acme", "v1", "get", "/a", ", " + std::string(kDocuments)) +
                         "    delete:\n      operationId: drop_it\n      responses:\n"
                         "        '200': {x-mockduit: {outcome: success, source: s}}\n"
                         "        '410': {$ref: '#/components/responses/Gone'}\n" +
                         shared;
  contract = Replaced(contract, "source: s}}}",
                      "source: s}}, '404': {$ref: '#/components/responses/Gone'}}");
  const Catalog catalog = LoadedCatalog({{"f/acme/v1.yaml", contract}});
  const auto of = [&](std::string_view operation, int status) {
    const Outcome* outcome = catalog.FindOperation(operation)->FindStatus(status);
    return outcome->source.Text() + " | " + outcome->variants[1].source.Text();
  };
  EXPECT_EQ(of("acme.get_it", 404),
            "The book, get_it and getIt, response 404; the code as in them all | "
            "The book, get_it and getIt, response 404");
  EXPECT_EQ(of("acme.drop_it", 410),
            "The book, drop_it and dropIt, response 410; the code as in them all | "
            "The book, drop_it and dropIt, response 410");
}

TEST(Catalog, TellsOfDocumentsThatThereAreNot) {
  const auto contract = [](const std::string& more) {
    return TinyContract("acme", "v1", "get", "/a", ", " + std::string(kDocuments) + more);
  };
  EXPECT_THAT(Mistakes({{"v1.yaml", contract(", document: apy")}}),
              ElementsAre("acme/v1.yaml:2:137: 'apy' is none of the vendor block's 'documents'; "
                          "did you mean 'api'?"));
  EXPECT_THAT(
      Mistakes({{"v1.yaml", Replaced(contract(""), "{status}", "{stauts}")}}),
      ElementsAre("acme/v1.yaml:2:115: '{stauts}' is nothing that the pattern of a document "
                  "knows; there is operation, camel_operation or status"));
  EXPECT_THAT(Mistakes({{"v1.yaml", Replaced(contract(""), "success, source: s", "success")}}),
              ElementsAre("acme/v1.yaml:7:26: this answer names no source and no inference"));
}

// The operation and the status that it makes a source of are those of no example in components.
TEST(Catalog, TellsOfADocumentThatMakesNoSource) {
  std::string contract =
      TinyContract("acme", "v1", "get", "/a", ", " + std::string(kDocuments)) +
      "components:\n  examples:\n    One: {x-mockduit: {document: api}, value: 1}\n";
  contract = Replaced(contract, "source: s}}",
                      "source: s}, content: {application/json: {examples: {one: {$ref: "
                      "'#/components/examples/One'}}}}}");
  EXPECT_THAT(Mistakes({{"v1.yaml", contract}}),
              ElementsAre("acme/v1.yaml:10:34: only an example within an answer can name a "
                          "'document'; name its 'source'"));
}

TEST(Catalog, TellsOfSourcesThatNoDocumentMakes) {
  const std::string contract =
      TinyContract("acme", "v1", "get", "/a", ", " + std::string(kDocuments));
  EXPECT_THAT(Mistakes({{"v1.yaml", Replaced(contract, "source: s", "source: s, besides: b")}}),
              ElementsAre(HasSubstr("'besides' is said besides what a document says, and here is "
                                    "none")));
  EXPECT_THAT(Mistakes({{"v1.yaml",
                         contract + "components:\n  responses:\n    Gone: {x-mockduit: {outcome: "
                                    "not_found, status: 404, document: api}}\n"}}),
              ElementsAre(HasSubstr("an answer with a 'status' is of no operation; name its "
                                    "'source'")));
}

TEST(Catalog, TellsOfPagesThatAreNone) {
  for (const std::string pages : {"no url", "https://app.test/"}) {
    EXPECT_THAT(Mistakes({{"v1.yaml",
                           TinyContract("acme", "v1", "get", "/a", ", pages: '" + pages + "'")}}),
                ElementsAre(HasSubstr("'pages' is a URL that ends without '/'")))
        << pages;
  }
}

TEST(Catalog, GivesAnswersTheHeadersOfTheirClass) {
  std::string contract =
      TinyContract("acme", "v1", "get", "/a",
                   ", headers: {success: {X-Good: {example: 1}}, failure: {X-Bad: {example: 2}}}");
  contract = Replaced(contract, "s}}}",
                      "s}}, '404': {x-mockduit: {outcome: not_found, source: s}}, '409': {headers: "
                      "{}, x-mockduit: {outcome: conflict, source: s}}}");
  const Catalog catalog = LoadedCatalog({{"f/acme/v1.yaml", contract}});
  const Operation* operation = catalog.FindOperation("acme.get_it");
  ASSERT_EQ(operation->FindStatus(200)->headers.size(), 1u);
  EXPECT_EQ(operation->FindStatus(200)->headers.front().name, "X-Good");
  ASSERT_EQ(operation->FindStatus(404)->headers.size(), 1u);
  EXPECT_EQ(operation->FindStatus(404)->headers.front().name, "X-Bad");
  EXPECT_TRUE(operation->FindStatus(409)->headers.empty()) << "it lists its own";
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

TEST(Keys, AreListedOnlyWhereAnEditionAnswersAllOthers) {
  const auto catalog = Catalog::Load({{"f/acme/a.yaml", TinyContract("acme", "a", "get", "/a")},
                                      {"f/acme/keys.yaml", "accepted: [one]\n"}});
  ASSERT_FALSE(catalog);
  EXPECT_THAT(Texts(catalog.error()),
              ElementsAre("f/acme/keys.yaml:1:11: no edition of acme has the condition "
                          "'unknown_credential' among its 'conditions'"));
}

TEST(Keys, AreGoodOnlyWhenListedWhereAListIsGiven) {
  const Catalog catalog = LoadedCatalog({
      {"f/acme/a.yaml",
       Replaced(
           TinyContract("acme", "a", "get", "/a",
                        ", conditions: {no_permission: forbidden, unknown_credential: forbidden}"),
           "s}}}", "s}}, '403': {x-mockduit: {outcome: forbidden, source: s}}}")},
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
