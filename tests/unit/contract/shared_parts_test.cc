#include "contract/read/shared_parts.h"

#include <gtest/gtest.h>

#include "unit/parsed.h"

namespace mockduit {
namespace {

VariantBody BodyOf(const std::string& example, const std::string& filled) {
  return {Parsed(example), *JsonTemplate::Compile(Parsed(filled), Names::Any())};
}

TEST(SharedBodies, MakesOneOfThoseThatAreEqual) {
  SharedBodies bodies;
  const auto one = bodies.Of(BodyOf(R"({"a":1})", R"({"a":1})"));
  EXPECT_EQ(bodies.Of(BodyOf(R"({"a":1})", R"({"a":1})")), one);
  EXPECT_NE(bodies.Of(BodyOf(R"({"a":2})", R"({"a":2})")), one);
  EXPECT_NE(bodies.Of(BodyOf(R"({"a":1})", R"({"a":"{{uuid4}}"})")), one) << "another fill";
  EXPECT_NE(bodies.Of(BodyOf(R"({"a":2})", R"({"a":1})")), one) << "another example";
}

TEST(SharedBodies, KeepsNothingThatNobodyHas) {
  SharedBodies bodies;
  const std::weak_ptr<const VariantBody> gone = bodies.Of(BodyOf("1", "1"));
  EXPECT_TRUE(gone.expired());
  EXPECT_EQ(bodies.Of(BodyOf("1", "1"))->example, Json(1));
}

}  // namespace
}  // namespace mockduit
