#include "adopt/path_item.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adopt/adopt.h"
#include "unit/adopt/documents.h"
#include "unit/base/memory_files.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(PathItem, EndsWhereReferencesLeadNowhereOrRound) {
  const Json root = FromYaml(
      "{paths: {/a: {$ref: '#/paths/~1b', get: {}}, /b: {$ref: '#/paths/~1a', put: {}, get: {x: "
      "1}}, /c: {$ref: '#/paths/~1c'}, /d: {$ref: '#/no', get: 1}, /e: text, /f: {servers: []}}}");
  References references(root);
  const auto at = [&](const char* path) {
    return PathItemOf(*root.Get("paths").Find(path), references);
  };
  const auto methods = [&](const char* path) {
    std::vector<std::string> names;
    for (const auto& [method, operation] : at(path).Operations()) names.emplace_back(method);
    return names;
  };
  EXPECT_THAT(methods("/a"), ElementsAre("get", "put"));
  EXPECT_TRUE(at("/a").leads_nowhere);
  EXPECT_THAT(methods("/c"), IsEmpty());
  EXPECT_THAT(methods("/d"), IsEmpty());
  EXPECT_TRUE(at("/e").leads_nowhere);
  EXPECT_FALSE(at("/f").leads_nowhere);
  EXPECT_TRUE(at("/f").Get("servers").IsArray());
  EXPECT_TRUE(at("/f").Get("parameters").IsNull());
}

TEST(PathItem, HasWhatStandsBesideItsReference) {
  MemoryFiles files;
  files.AddFolder("/api");
  files.AddFile("/api/spec.yaml", R"(
openapi: 3.1.0
info: {title: Acme API, version: '2'}
paths:
  /a/{id}:
    $ref: '#/components/pathItems/Item'
    delete: {operationId: own, responses: {'204': {}}}
    get: {operationId: ownGet, responses: {'200': {}}, got: 1}
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    servers: [{url: /v1}]
  /b: {$ref: '#/components/pathItems/No', get: {operationId: b, responses: {'200': {}}}}
components:
  pathItems:
    Item:
      get: {operationId: theirGet, responses: {'200': {}}}
      put: {operationId: their, responses: {'200': {}}}
      parameters:
      - {name: id, in: path, required: true, schema: {type: integer}}
      - {name: q, in: query, schema: {type: integer}}
)");
  auto adopted = Adopt({"/api/spec.yaml"}, files);
  ASSERT_TRUE(adopted) << adopted.error().front().Text();
  std::vector<std::string> operations;
  for (const auto& one : adopted->vendors.at(0).editions.at(0)->operations) {
    operations.push_back(one->name);
    if (one->name == "acme.b") continue;
    ASSERT_EQ(one->parameters().size(), 2u) << one->name;
    EXPECT_EQ(one->parameters()[0].name, "id");
    EXPECT_TRUE(one->parameters()[0].schema->Validate(Json("x"), "id").empty()) << "its own";
    EXPECT_EQ(one->parameters()[1].name, "q");
  }
  EXPECT_THAT(operations, ElementsAre("acme.own", "acme.ownGet", "acme.their", "acme.b"));
  std::string notes;
  for (const Problem& note : AllNotes(*adopted)) notes += note.Text() + "\n";
  EXPECT_THAT(notes, HasSubstr("the path has what stands beside it alone"));
  EXPECT_THAT(notes, HasSubstr("an operation has no 'got'"));
}

}  // namespace
}  // namespace mockduit
