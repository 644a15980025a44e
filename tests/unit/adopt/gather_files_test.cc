#include "adopt/gather_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/references.h"
#include "unit/base/memory_files.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kHead = "openapi: 3.1.0\ninfo: {title: T, version: 1.0.0}\n";

class GatherFiles : public ::testing::Test {
 protected:
  GatherFiles() { files_.AddFolder("/api"); }

  void Add(const std::string& name, const std::string& text) {
    files_.AddFile("/api/" + name, text);
  }
  OneDocument Gathered(const std::string& rest) {
    Add("spec.yaml", kHead + rest);
    auto document = ReadOpenApi("/api/spec.yaml", files_);
    EXPECT_TRUE(document) << document.error().front().Text();
    return document ? std::move(*document) : OneDocument();
  }
  std::string Refused(const std::string& text) {
    Add("spec.yaml", text);
    const auto document = ReadOpenApi("/api/spec.yaml", files_);
    EXPECT_FALSE(document);
    return document ? "" : document.error().front().Text();
  }
  // The only note.
  std::string Noted(const std::string& rest) {
    const OneDocument document = Gathered(rest);
    EXPECT_THAT(document.notes, SizeIs(1));
    return document.notes.empty() ? "" : document.notes.front().Text();
  }

  MemoryFiles files_;
};

TEST_F(GatherFiles, TakesADocumentOfOneFileAsItIs) {
  const OneDocument document =
      Gathered("components: {schemas: {A: {$ref: '#/components/schemas/B'}, B: {type: string}}}\n");
  EXPECT_THAT(document.notes, IsEmpty());
  EXPECT_THAT(document.others, IsEmpty());
  EXPECT_EQ(document.yaml.root.At("/components/schemas/A/$ref")->AsString(),
            "#/components/schemas/B");
}

TEST_F(GatherFiles, TakesInTheFilesThatReferencesLeadTo) {
  Add("common.yaml", "User: {type: object, properties: {pet: {$ref: 'more/pet.json'}}}\n");
  Add("more/pet.json", R"({"type":"object","properties":{"owner":{"$ref":"../common.yaml#/User"},)"
                       R"("self":{"$ref":"#"},"doc":{"$ref":"../spec.yaml#/components"}}})");
  const OneDocument document =
      Gathered("components: {schemas: {A: {$ref: 'common.yaml#/User'}}}\n");
  EXPECT_THAT(document.notes, IsEmpty());
  EXPECT_THAT(document.others, ElementsAre("/api/common.yaml", "/api/more/pet.json"));
  const Json& root = document.yaml.root;
  const auto leads = [&](const std::string& pointer) {
    const Json* reference = root.At(pointer + "/$ref");
    EXPECT_NE(reference, nullptr) << pointer;
    return reference != nullptr ? root.At(reference->AsString().substr(1)) : nullptr;
  };
  const Json* user = leads("/components/schemas/A");
  ASSERT_NE(user, nullptr);
  EXPECT_EQ(user->Get("type").AsString(), "object");
  const std::string files = "/components/files/";
  const Json* pet = leads(files + "common.yaml/User/properties/pet");
  ASSERT_NE(pet, nullptr);
  EXPECT_EQ(leads(files + "more~1pet.json/properties/owner"), user);
  EXPECT_EQ(leads(files + "more~1pet.json/properties/self"), pet);
  EXPECT_EQ(leads(files + "more~1pet.json/properties/doc"), root.At("/components"));
}

TEST_F(GatherFiles, ReadsEachFileOnceWhateverItIsCalled) {
  Add("a b.yaml", "{type: string}\n");
  const OneDocument document = Gathered(
      "components: {schemas: {A: {$ref: 'a%20b.yaml'}, B: {$ref: './a b.yaml'}, C: {$ref: "
      "'more/../a b.yaml#'}}}\n");
  EXPECT_THAT(document.notes, IsEmpty());
  EXPECT_THAT(document.others, ElementsAre("/api/a b.yaml"));
}

TEST_F(GatherFiles, LeavesReferencesOfExamplesAlone) {
  const OneDocument document = Gathered(
      "components:\n"
      "  schemas:\n"
      "    A: {example: {$ref: no.yaml}, default: {$ref: no.yaml}}\n"
      "    B: {properties: {value: {type: string}, $ref: {type: string}}}\n"
      "  examples: {One: {value: {$ref: no.yaml}}}\n");
  EXPECT_THAT(document.notes, IsEmpty());
}

TEST_F(GatherFiles, TakesMembersNamedLikeKeywordsForSchemas) {
  Add("a.yaml", "{type: string}\n");
  const OneDocument document = Gathered(
      "components: {schemas: {A: {properties: {example: {properties: {a: {$ref: a.yaml}}}, "
      "default: {properties: {a: {$ref: a.yaml}}}}}}}\n");
  EXPECT_EQ(document.yaml.root.At("/components/schemas/A/properties/example/properties/a/$ref")
                ->AsString(),
            "#/components/files/a.yaml");
  EXPECT_EQ(document.yaml.root.At("/components/schemas/A/properties/default/properties/a/$ref")
                ->AsString(),
            "#/components/files/a.yaml");
}

TEST_F(GatherFiles, NeverLeavesTheFolder) {
  files_.AddFile("/secret.yaml", "{type: string}");
  files_.AddFile("/etc/passwd", "root:x:0:0");
  for (const char* reference :
       {"../secret.yaml", "/etc/passwd", "more/../../secret.yaml", "%2e%2e/secret.yaml", "."}) {
    EXPECT_THAT(Noted("components: {schemas: {A: {$ref: '" + std::string(reference) + "'}}}\n"),
                HasSubstr("leads out of the document's folder"))
        << reference;
  }
}

TEST_F(GatherFiles, FollowsNoLinkOutOfTheFolder) {
  files_.AddFile("/secret.yaml", "{type: string}");
  files_.AddLink("/api/link.yaml", "/secret.yaml");
  EXPECT_THAT(Noted("components: {schemas: {A: {$ref: link.yaml}}}\n"),
              HasSubstr("'link.yaml' is a link that leads out of the document's folder"));
}

TEST_F(GatherFiles, FollowsALinkWithinTheFolder) {
  Add("real.yaml", "{type: string}");
  files_.AddLink("/api/link.yaml", "/api/real.yaml");
  EXPECT_THAT(Gathered("components: {schemas: {A: {$ref: link.yaml}}}\n").notes, IsEmpty());
}

TEST_F(GatherFiles, NeverAsksTheNetwork) {
  for (const char* reference : {"http://acme.test/a.yaml", "https://acme.test/a#/b",
                                "//acme.test/a.yaml", "urn:acme:a", "file:///etc/passwd"}) {
    EXPECT_THAT(Noted("components: {schemas: {A: {$ref: '" + std::string(reference) + "'}}}\n"),
                HasSubstr("leads to the network"))
        << reference;
  }
}

TEST_F(GatherFiles, TellsOfFilesThatCannotBeRead) {
  EXPECT_THAT(Noted("components: {schemas: {A: {$ref: missing.yaml}}}\n"),
              HasSubstr("missing.yaml"));
  Add("broken.yaml", "a: [");
  EXPECT_THAT(Noted("components: {schemas: {A: {$ref: broken.yaml}}}\n"), HasSubstr("broken.yaml"));
}

TEST_F(GatherFiles, TellsWhereTheReferenceStands) {
  EXPECT_THAT(Noted("components:\n  schemas:\n    A: {$ref: missing.yaml}\n"),
              HasSubstr("/api/spec.yaml:5:"));
}

TEST_F(GatherFiles, RefusesWhatIsNoOpenApi3) {
  EXPECT_THAT(Refused("[1, 2]"), HasSubstr("this is no OpenAPI document"));
  EXPECT_THAT(Refused("just text"), HasSubstr("this is no OpenAPI document"));
  EXPECT_THAT(Refused(""), HasSubstr("no OpenAPI document"));
  EXPECT_THAT(Refused("a: 1"), HasSubstr("it has no 'openapi'"));
  EXPECT_THAT(Refused("{"), HasSubstr("/api/spec.yaml"));
  EXPECT_THAT(Refused("swagger: '2.0'"), HasSubstr("npx swagger2openapi /api/spec.yaml"));
  EXPECT_THAT(Refused("openapi: 2.1.0"), HasSubstr("OpenAPI 2.1.0 is not read; 3.0 and 3.1 are"));
  EXPECT_THAT(Refused("openapi: {a: 1}"), HasSubstr("is not read"));
  EXPECT_THAT(Refused(std::string(kHead) + "x-mockduit: {vendor: acme}"), HasSubstr("--fixtures"));
  const auto missing = ReadOpenApi("/api/no.yaml", files_);
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error().front().Text(), HasSubstr("/api/no.yaml"));
}

TEST_F(GatherFiles, TakesAVersionWithoutQuotes) {
  Add("spec.yaml", "openapi: 3.0\npaths: {}\n");
  EXPECT_TRUE(ReadOpenApi("/api/spec.yaml", files_));
  Add("spec.json", "\xEF\xBB\xBF{\"openapi\": \"3.0.1\", \"paths\": {}}");
  EXPECT_TRUE(ReadOpenApi("/api/spec.json", files_)) << "a mark of the byte order is no mistake";
}

TEST_F(GatherFiles, BoundsWhatItReads) {
  EXPECT_THAT(Refused(kHead + ("x-a: '" + std::string(kMaxOpenApiBytes, 'a') + "'")),
              HasSubstr("has at most 32 MiB"));
  Add("big.yaml", "a: '" + std::string(kMaxOpenApiBytes, 'a') + "'");
  EXPECT_THAT(Noted("components: {schemas: {A: {$ref: big.yaml}}}\n"),
              HasSubstr("has at most 32 MiB"));
}

// The value that a reference at that pointer leads to.
const Json* LeadsTo(const OneDocument& document, const std::string& pointer) {
  const Json* reference = document.yaml.root.At(pointer);
  EXPECT_NE(reference, nullptr) << pointer;
  return reference != nullptr ? document.yaml.root.At(PointerOfReference(reference->AsString()))
                              : nullptr;
}

TEST_F(GatherFiles, FollowsAnchorsOfOtherFiles) {
  Add("other.yaml",
      "Box: {$anchor: box, const: 7}\nList: {items: {$ref: '#box'}}\nDyn: {$dynamicAnchor: dyn, "
      "const: 8}\n");
  const OneDocument document = Gathered(
      "components: {schemas: {A: {$ref: 'other.yaml#box'}, B: {$ref: 'other.yaml#dyn'}, C: {$ref: "
      "'other.yaml#/List'}}}\n");
  EXPECT_THAT(document.notes, IsEmpty());
  for (const char* pointer :
       {"/components/schemas/A/$ref", "/components/files/other.yaml/List/items/$ref"}) {
    const Json* box = LeadsTo(document, pointer);
    ASSERT_NE(box, nullptr) << pointer;
    EXPECT_EQ(box->Get("const").AsInteger(), 7);
  }
  ASSERT_NE(LeadsTo(document, "/components/schemas/B/$ref"), nullptr);
  EXPECT_THAT(Noted("components: {schemas: {A: {$ref: 'other.yaml#bxo'}}}\n"),
              HasSubstr("$ref 'other.yaml#bxo' leads nowhere; no '$anchor' there is called 'bxo'"));
}

TEST_F(GatherFiles, FollowsAddressesOfTheDocumentAndItsFiles) {
  Add("user.yaml",
      "$id: https://acme.test/s/user.yaml\nproperties: {pet: {$ref: pet}, id: {$ref: "
      "'#/$defs/id'}}\n$defs: {id: {const: 9}, pet: {$id: pet, const: 8, items: {$ref: "
      "'user.yaml#/$defs/id'}}}\n");
  const OneDocument document = Gathered(
      "$id: https://acme.test/spec.yaml\n"
      "components:\n"
      "  schemas:\n"
      "    A: {$ref: 'https://acme.test/spec.yaml#/components/schemas/B'}\n"
      "    B: {$id: 'https://acme.test/b', const: 7, items: {$ref: '#/const'}}\n"
      "    C: {$ref: user.yaml}\n"
      "    D: {$ref: 'https://acme.test/s/pet'}\n"
      "    E: {$ref: 'b'}\n");
  EXPECT_THAT(document.notes, IsEmpty());
  const std::string user = "/components/files/user.yaml";
  for (const auto& [pointer, number] : {std::pair{std::string("/components/schemas/A/$ref"), 7},
                                        {"/components/schemas/E/$ref", 7},
                                        {"/components/schemas/D/$ref", 8},
                                        {user + "/properties/pet/$ref", 8},
                                        {user + "/properties/id/$ref", 9},
                                        {user + "/$defs/pet/items/$ref", 9}}) {
    const Json* there = LeadsTo(document, pointer);
    ASSERT_NE(there, nullptr) << pointer;
    EXPECT_EQ(there->Get("const").AsInteger(), number) << pointer;
  }
  EXPECT_EQ(LeadsTo(document, "/components/schemas/B/items/$ref")->AsInteger(), 7);
}

TEST_F(GatherFiles, RewritesWhatADiscriminatorNames) {
  Add("pets.yaml",
      "Dog: {const: 1}\nPet: {discriminator: {propertyName: a, mapping: {d: '#/Dog'}}}\n");
  const OneDocument document = Gathered(
      "components: {schemas: {A: {$ref: 'pets.yaml#/Pet'}, B: {discriminator: {propertyName: a, "
      "mapping: {d: 'pets.yaml#/Dog', e: Dog, f: Dog.v2}}}}}\n");
  EXPECT_THAT(document.notes, IsEmpty());
  const std::string mapping = "/components/schemas/B/discriminator/mapping/";
  EXPECT_EQ(LeadsTo(document, mapping + "d")->Get("const").AsInteger(), 1);
  EXPECT_EQ(document.yaml.root.At(mapping + "e")->AsString(), "Dog");
  EXPECT_EQ(document.yaml.root.At(mapping + "f")->AsString(), "Dog.v2");
  EXPECT_NE(LeadsTo(document, "/components/files/pets.yaml/Pet/discriminator/mapping/d"), nullptr);
}

TEST_F(GatherFiles, ReadsExamplesOfFilesBelowTheFolder) {
  Add("examples/one.json", R"({"a": 1})");
  Add("two.xml", "<a>1</a>");
  const OneDocument document = Gathered(
      "paths: {/a: {get: {responses: {'200': {content: {application/json: {examples: {one: "
      "{externalValue: ./examples/one.json}, two: {externalValue: two.xml, value: 3}}}, "
      "application/xml: {examples: {two: {externalValue: two.xml}}}}}}}}}\n");
  EXPECT_THAT(document.notes, IsEmpty());
  EXPECT_THAT(document.others, ElementsAre("/api/examples/one.json", "/api/two.xml"));
  const std::string content = "/paths/~1a/get/responses/200/content/";
  EXPECT_EQ(document.yaml.root.At(content + "application~1json/examples/one/value/a")->AsInteger(),
            1);
  EXPECT_EQ(document.yaml.root.At(content + "application~1json/examples/two/value")->AsInteger(),
            3);
  EXPECT_EQ(document.yaml.root.At(content + "application~1xml/examples/two/value")->AsString(),
            "<a>1</a>");
}

TEST_F(GatherFiles, ReadsNoExampleBeyondTheFolder) {
  files_.AddFile("/secret.json", "{}");
  files_.AddLink("/api/link.json", "/secret.json");
  Add("bad.json", "{");
  Add("bytes.json", "\xFF");
  for (const auto& [place, why] : {std::pair{"https://acme.test/a.json", "network"},
                                   {"../secret.json", "leads out of the document's folder"},
                                   {"/secret.json", "leads out of the document's folder"},
                                   {"link.json", "is a link that leads out"},
                                   {"missing.json", "missing.json"},
                                   {"bytes.json", "is no text in UTF-8"},
                                   {"bad.json", "is no JSON; it is taken as a text"}}) {
    EXPECT_THAT(
        Noted("components: {examples: {One: {externalValue: '" + std::string(place) + "'}}}\n"),
        HasSubstr(why))
        << place;
  }
}

TEST_F(GatherFiles, EndsWithFilesThatLeadToEachOther) {
  Add("a.yaml", "{$ref: b.yaml}");
  Add("b.yaml", "{$ref: a.yaml}");
  const OneDocument document = Gathered("components: {schemas: {A: {$ref: a.yaml}}}\n");
  EXPECT_THAT(document.others, SizeIs(2));
}

}  // namespace
}  // namespace mockduit
