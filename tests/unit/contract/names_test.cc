#include "contract/language/names.h"

#include <gtest/gtest.h>

#include "contract/language/kind.h"

namespace mockduit {
namespace {

Names SomeNames() {
  Names names;
  const Shape box = Shape::Of({{"id", Shape::Leaf()},
                               {"lock", Shape::Of({{"code", Shape::Leaf()}})},
                               {"config", Shape()},
                               {"tags", Shape::ListOf(Shape::Of({{"name", Shape::Leaf()}}))}});
  names.KnowMember(Root::kFound, "box", box);
  names.KnowMember(Root::kFound, "lid", Shape::ListOf(box));
  names.Know(Root::kRequestHeader, Shape::Of({{"x-acme", Shape::Leaf()}}));
  names.Know(Root::kResult, Shape());
  names.Know(Root::kSession);
  names.Know(Root::kRequestPath, Shape::Of({{"boxId", Shape::Leaf()}}));
  return names;
}

// Why `names` do not know what stands in a hole; "" when they do.
std::string Why(const Names& names, std::string_view hole) {
  return names.WhyUnknown(ParseHole(hole).value()).value_or("");
}

TEST(Names, KnowWhatTheyWereTold) {
  for (const char* hole :
       {"found", "found.box", "found.box.id", "found.box.lock.code", "found.box.config.a.b",
        "found.box.tags.0.name", "found.lid.3.id", "result.whatever", "session",
        "request.header.X-Acme", "request.path.boxId", "found.box.tags | pluck name | length",
        "found.lid | pluck id", "result | pluck any", "now + 1h", "uuid4",
        "now | days_until found.box.id", "found.box.id | except found.box.id",
        "found.lid | length"}) {
    EXPECT_EQ(Why(SomeNames(), hole), "") << hole;
  }
}

TEST(Names, SayWhatTheyDoNotKnowAndWhatIsNearest) {
  const std::pair<std::string_view, std::string_view> kHoles[] = {
      {"found.bxo", "'found.bxo' is not known here; did you mean 'found.box'?"},
      {"found.bxo.id", "'found.bxo.id' is not known here; did you mean 'found.box.id'?"},
      {"found.box.lokc.code",
       "'found.box.lokc.code' is not known here; did you mean "
       "'found.box.lock.code'?"},
      {"found.bucket", "'found.bucket' is not known here; 'found' has box or lid"},
      {"found.box.id.x", "'found.box.id.x' is not known here; 'found.box.id' has no members here"},
      {"found.lid.id", "'found.lid.id' is not known here; 'found.lid' has no members here"},
      {"found.lid | pluck di", "'found.lid.di' is not known here; did you mean 'found.lid.id'?"},
      {"now | days_until found.bxo", "'found.bxo' is not known here; did you mean 'found.box'?"},
      {"request.header.X-Amce",
       "'request.header.x-amce' is not known here; did you mean "
       "'request.header.x-acme'?"},
      {"request.path.boxid",
       "'request.path.boxid' is not known here; did you mean "
       "'request.path.boxId'?"},
      {"error", "'error' is not known here, only in lifecycles"},
      {"made.box", "'made.box' is not known here, only behind the steps that make something"},
  };
  for (const auto& [hole, why] : kHoles) EXPECT_EQ(Why(SomeNames(), hole), why) << hole;
}

TEST(Names, NameTheirPlace) {
  Names names = SomeNames();
  names.SetPlace("in acme.create_box");
  EXPECT_EQ(Why(names, "found.bxo"),
            "'found.bxo' is not known in acme.create_box; did you mean 'found.box'?");
  EXPECT_EQ(Why(names, "error"), "'error' is not known in acme.create_box, only in lifecycles");
}

TEST(Names, KnowTogetherWhatEitherKnows) {
  Names names = SomeNames();
  Names others;
  others.Know(Root::kError);
  others.KnowMember(Root::kFound, "job", Shape::Leaf());
  others.KnowMember(Root::kFound, "box", Shape::Of({{"size", Shape::Leaf()}}));
  names.Add(others);
  for (const char* hole : {"error", "found.job", "found.box.size", "found.box.id"}) {
    EXPECT_EQ(Why(names, hole), "") << hole;
  }
  EXPECT_NE(Why(names, "found.box.weight"), "");
  names.Forget(Root::kError);
  EXPECT_NE(Why(names, "error"), "");
}

TEST(Names, KnowEverythingWhereTheyAreAny) {
  for (const char* hole :
       {"found.x.y", "error", "signature", "violations.fields", "request.body.a"}) {
    EXPECT_EQ(Why(Names::Any(), hole), "") << hole;
  }
}

TEST(Shape, IsGatheredFromTemplates) {
  const Json resource = Json::Parse(R"({"id":"{{uuid4}}","lock":"{{found.box.lock}}","any":null,
      "tags":[],"list":[{"a":1},{"b":2}],"first":{"$first":[1]},"text":"a {{found.box.lock}}"})")
                            .value();
  const Shape shape = ShapeOf(resource, SomeNames());
  const auto has = [&](std::string_view a, std::string_view b) {
    const Shape* member = shape.Find(a);
    return member != nullptr && member->Find(b) != nullptr;
  };
  EXPECT_FALSE(has("id", "x"));
  EXPECT_TRUE(has("lock", "code"));
  EXPECT_FALSE(has("lock", "x"));
  EXPECT_TRUE(has("any", "x"));
  EXPECT_TRUE(has("tags", "x"));
  EXPECT_TRUE(has("first", "x"));
  EXPECT_FALSE(has("text", "code"));
  EXPECT_NE(shape.Find("list")->Item().Find("a"), nullptr);
  EXPECT_NE(shape.Find("list")->Item().Find("b"), nullptr);
  EXPECT_EQ(shape.Find("none"), nullptr);
}

TEST(Shape, IsGatheredFromDottedPaths) {
  const Json set = Json::Parse(R"({"status.state":"done","status.at":1,"name":"x"})").value();
  const Shape shape = ShapeOfPaths(set, Names());
  EXPECT_EQ(shape.MemberNames(), (std::vector<std::string>{"status", "name"}));
  EXPECT_EQ(shape.Find("status")->MemberNames(), (std::vector<std::string>{"state", "at"}));
}

}  // namespace
}  // namespace mockduit
