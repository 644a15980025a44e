#include "adopt/whole_echo.h"

#include <gtest/gtest.h>

#include "unit/adopt/documents.h"

namespace mockduit {
namespace {

constexpr const char* kSchemas = R"({
  Cat: {type: object, required: [kind, lives], properties: {
    id: {type: string, readOnly: true}, kind: {type: string}, lives: {type: integer}}},
  Dog: {type: object, required: [kind, bark], properties: {
    id: {type: string, readOnly: true}, kind: {type: string}, bark: {type: boolean}}},
  Chipped: {type: object, required: [chip], properties: {chip: {type: string, readOnly: true}}},
  Locked: {type: object, properties: {secret: {type: string, writeOnly: true}}},
  Pet: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}],
        discriminator: {propertyName: kind}},
  Bird: {type: object, properties: {type: {type: string}}, discriminator: {propertyName: type}},
  Labels: {type: object, additionalProperties: {type: string}},
  Plain: {type: object, properties: {name: {type: string}}},
  Names: {type: array, items: {type: string}}
})";

// "POINTER TEMPLATE" of a request of one schema that is answered with a body of another; "" where
// it shows no whole.
std::string Whole(const std::string& sent, const std::string& shown, const std::string& body,
                  const Fill& fill = {}) {
  const Json root = DocumentWith(kSchemas);
  References references(root);
  const Json body_schema = FromYaml(sent);
  const auto whole = EchoOfAll(FromYaml(body), FromYaml(shown),
                               SendablesOf({}, &body_schema, references), fill, references);
  return whole ? whole->pointer + " " + whole->shown.Dump() : "";
}

std::string WholeOf(const std::string& name, const std::string& body, const Fill& fill = {}) {
  const std::string schema = "{$ref: '#/components/schemas/" + name + "'}";
  return Whole(schema, schema, body, fill);
}

TEST(WholeEcho, ShowsTheChoiceThatWasSent) {
  EXPECT_EQ(WholeOf("Pet", "{id: x, kind: Cat, lives: 1}", {{"/id", "{{uuid4}}"}}),
            R"( {"$first":[{"$merge":[{"id":"{{uuid4}}"},"{{request.body}}"]},)"
            R"({"id":"{{uuid4}}","kind":"Cat","lives":1}]})");
}

TEST(WholeEcho, ShowsWhatADiscriminatorAdds) {
  EXPECT_EQ(WholeOf("Bird", "{type: x}"),
            R"( {"$first":[{"$merge":[{"type":"x"},"{{request.body}}"]},{"type":"x"}]})");
}

TEST(WholeEcho, ShowsMapsAndListsAsTheyWereSent) {
  EXPECT_EQ(WholeOf("Labels", "{key_1: x}"),
            R"( {"$first":[{"$merge":[{},"{{request.body}}"]},{"key_1":"x"}]})");
  EXPECT_EQ(WholeOf("Names", "[x]"), R"( {"$first":["{{request.body}}",["x"]]})");
}

TEST(WholeEcho, LooksIntoTheOneObjectThatWrapsTheResource) {
  const std::string pet = "{$ref: '#/components/schemas/Pet'}";
  EXPECT_EQ(Whole(pet, "{type: object, properties: {data: " + pet + ", ok: {}}}",
                  "{data: {id: x, kind: Cat, lives: 1}, ok: true}"),
            R"(/data {"$first":[{"$merge":[{"id":"x"},"{{request.body}}"]},)"
            R"({"id":"x","kind":"Cat","lives":1}]})");
  EXPECT_EQ(Whole(pet, "{type: object, properties: {data: " + pet + ", meta: {type: object}}}",
                  "{data: {id: x}, meta: {}}"),
            "")
      << "which one is meant is not known";
}

TEST(WholeEcho, IsNoneWhereWhatWasSentNeedNotBeGood) {
  EXPECT_EQ(WholeOf("Plain", "{name: x}"), "") << "its members are all named";
  EXPECT_EQ(Whole("{$ref: '#/components/schemas/Pet'}", "{$ref: '#/components/schemas/Cat'}",
                  "{id: x, kind: Cat, lives: 1}"),
            "");
  const auto choices = [](const std::string& other) {
    const std::string both =
        "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/" + other +
        "'}]}";
    return Whole(both, both, "{id: x, kind: Cat, lives: 1}");
  };
  EXPECT_EQ(choices("Chipped"), "") << "no request brings the chip";
  EXPECT_EQ(choices("Locked"), "") << "no answer shows the secret";
}

}  // namespace
}  // namespace mockduit
