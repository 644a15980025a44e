#include "base/json_places.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> At(std::string_view path) {
  const Json json =
      *Json::Parse(R"({"a":{"b":"one"},"items":[{"b":"two"},{"c":1},{"b":"three"}],"n":null})");
  std::vector<std::string> found;
  VisitPlaces(json, path, [&](const Json& value) { found.push_back(value.ToText()); });
  return found;
}

TEST(JsonPlaces, AreVisitedByDottedPaths) {
  EXPECT_THAT(At("a.b"), ElementsAre("one"));
  EXPECT_THAT(At("items.*.b"), ElementsAre("two", "three"));
  EXPECT_THAT(At("a.*"), IsEmpty()) << "this is no list";
  EXPECT_THAT(At("items.b"), IsEmpty());
  EXPECT_THAT(At("n.x"), IsEmpty());
  EXPECT_THAT(At("gone.b"), IsEmpty());
}

TEST(JsonPlaces, CanBeChanged) {
  Json json = *Json::Parse(R"({"items":[{"b":1},{"b":2}]})");
  VisitPlaces(json, "items.*.b", [](Json& value) { value = 3; });
  EXPECT_EQ(json.Dump(), R"({"items":[{"b":3},{"b":3}]})");
}

}  // namespace
}  // namespace mockduit
