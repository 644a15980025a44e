// Schemas that refer to themselves, and to each other.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "contract/schema.h"
#include "unit/parsed.h"

namespace mockduit {
namespace {

// A folder holds files and folders.
constexpr std::string_view kFolder = R"({"type": "object", "required": ["name"],
  "properties": {"name": {"type": "string"},
                 "parent": {"allOf": [{"$ref": "#/folder"}]},
                 "children": {"type": "array", "items": {"$ref": "#/folder"}}}})";

std::shared_ptr<const Schema> Folder() {
  const Json root = Json::MakeObject({{"folder", Parsed(kFolder)}});
  auto schema = Schema::Compile(Json::MakeObject({{"$ref", "#/folder"}}), root);
  EXPECT_TRUE(schema);
  return schema ? *std::move(schema) : nullptr;
}

TEST(Schema, MayReferToItself) {
  const Json good = Parsed(R"({"name":"a","children":[{"name":"b","children":[{"name":"c"}]}]})");
  EXPECT_TRUE(Folder()->Validate(good, "body").empty());
}

TEST(Schema, ThatRefersToItselfFindsWhatIsWrongAtAnyDepth) {
  const Json bad = Parsed(
      R"({"name":"a","parent":{"name":1},"children":[{"name":"b","children":[{"nmae":"c"}]}]})");
  const auto violations = Folder()->Validate(bad, "body");
  ASSERT_EQ(violations.size(), 2u);
  EXPECT_EQ(violations[0].path, (std::vector<std::string>{"body", "parent", "name"}));
  EXPECT_EQ(violations[1].path,
            (std::vector<std::string>{"body", "children", "0", "children", "0", "name"}));
}

TEST(Schema, ThatRefersToItselfSurveysMembersAtAnyDepth) {
  const Json sent = Parsed(R"({"name":"a","children":[{"name":"b","colour":1}]})");
  std::vector<std::string> path;
  std::vector<std::string> unknown;
  Folder()->SurveyMembers(sent, path, [&](const std::vector<std::string>& at, Schema::Use /*use*/) {
    unknown.push_back(at.back());
  });
  EXPECT_EQ(unknown, std::vector<std::string>{"colour"});
}

// Once round they are known; from there on anything may be asked for.
TEST(Schema, ThatRefersToItselfKnowsItsMembersOnce) {
  const Shape members = Folder()->Members();
  const Shape* children = members.Find("children");
  ASSERT_NE(children, nullptr);
  EXPECT_EQ(members.Find("nmae"), nullptr);
  ASSERT_NE(children->Find("0"), nullptr);
  EXPECT_TRUE(children->Find("0")->anything());
}

// 12 schemas, each of which has every other below it: 12! ways lead through them.
TEST(Schema, MayReferToManyOthersThatDoTheSame) {
  Json root = Json::MakeObject();
  for (int i = 0; i < 12; ++i) {
    Json properties = Json::MakeObject();
    for (int j = 0; j < 12; ++j) {
      properties.Set("p" + std::to_string(j),
                     Json::MakeObject({{"$ref", "#/s" + std::to_string(j)}}));
    }
    root.Set("s" + std::to_string(i), Json::MakeObject({{"properties", std::move(properties)}}));
  }
  const auto schema = Schema::Compile(Json::MakeObject({{"$ref", "#/s0"}}), root);
  ASSERT_TRUE(schema);
  EXPECT_NE((*schema)->Members().Find("p3"), nullptr);
  EXPECT_TRUE((*schema)->Validate(Parsed(R"({"p1":{"p2":{"p1":1}}})"), "body").empty());
}

}  // namespace
}  // namespace mockduit
