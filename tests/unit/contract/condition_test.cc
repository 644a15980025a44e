#include "contract/language/condition.h"

#include <gtest/gtest.h>

#include <map>

#include "contract/language/step.h"
#include "unit/parsed.h"

namespace mockduit {
namespace {

// Gives `body` below request.body, and null for all else.
class BodyScope : public Scope {
 public:
  explicit BodyScope(std::string_view text) : body_(Parsed(text)) {}

  Json Value(const Hole& hole) override {
    const Json* found = hole.root == Root::kRequestBody ? body_.AtPath(hole.path) : nullptr;
    return found != nullptr ? *found : Json();
  }

 private:
  Json body_;
};

bool Holds(std::string_view condition, std::string_view body) {
  BodyScope scope(body);
  const auto compiled = Condition::Compile(Parsed(condition), Names::Any());
  EXPECT_TRUE(compiled) << condition;
  return compiled && compiled->Holds(scope);
}

TEST(Condition, HoldsWhereNothingIsAsked) {
  BodyScope scope("{}");
  EXPECT_TRUE(Condition().Holds(scope));
}

TEST(Condition, HoldsWhenAllNamesOfAMapAreSo) {
  constexpr std::string_view kBoth = R"({"request.body.a":1,"request.body.b":{"gt":2}})";
  EXPECT_TRUE(Holds(kBoth, R"({"a":1,"b":3})"));
  EXPECT_FALSE(Holds(kBoth, R"({"a":1,"b":2})"));
  EXPECT_FALSE(Holds(kBoth, R"({"a":2,"b":3})"));
  EXPECT_FALSE(Holds(kBoth, "{}"));
}

TEST(Condition, HoldsWhenOneMapOfAListIsSo) {
  constexpr std::string_view kEither = R"([{"request.body.a":1},{"request.body.b":2}])";
  EXPECT_TRUE(Holds(kEither, R"({"a":1})"));
  EXPECT_TRUE(Holds(kEither, R"({"b":2})"));
  EXPECT_FALSE(Holds(kEither, R"({"a":2,"b":1})"));
}

TEST(Condition, AsksForWhatATemplateGives) {
  constexpr std::string_view kSame = R"({"request.body.a":"{{request.body.b}}"})";
  EXPECT_TRUE(Holds(kSame, R"({"a":"x","b":"x"})"));
  EXPECT_FALSE(Holds(kSame, R"({"a":"x","b":"y"})"));
  constexpr std::string_view kAbove = R"({"request.body.a":{"gt":"{{request.body.b}}"}})";
  EXPECT_TRUE(Holds(kAbove, R"({"a":2,"b":1})"));
  EXPECT_FALSE(Holds(kAbove, R"({"a":1,"b":1})"));
  EXPECT_FALSE(Holds(kAbove, R"({"a":1,"b":"no number"})")) << "a matcher that is none";
}

TEST(Condition, AppliesTheFiltersOfAName) {
  EXPECT_TRUE(Holds(R"({"request.body.a | length":3})", R"({"a":[1,2,3]})"));
  EXPECT_FALSE(Holds(R"({"request.body.a | length":3})", R"({"a":[1]})"));
}

// Which of {"n":1} and {"n":2} a `where` takes, once its templates are filled.
std::string Taken(std::string_view asked, std::string_view body) {
  BodyScope scope(body);
  Where where;
  const Json json = Parsed(asked);
  for (const JsonMember& member : *json.IfObject()) {
    where.emplace_back(member.key, Asked::Compile(member.value, Names::Any()).value());
  }
  const Selection selection(where, scope);
  std::string taken = selection.everything() ? "all: " : "";
  for (const char* resource : {R"({"n":1,"s":"one"})", R"({"n":2,"s":"two"})", R"({"s":"none"})"}) {
    const bool may = selection.MayTake(resource);
    const bool takes = selection.Takes(Parsed(resource));
    EXPECT_TRUE(may || !takes) << "what may not be taken is not";
    if (takes) taken += std::string(Parsed(resource).Get("s").AsString()) + " ";
  }
  return taken;
}

TEST(Selection, TakesWhatIsAskedFor) {
  EXPECT_EQ(Taken("{}", "{}"), "all: one two none ");
  EXPECT_EQ(Taken(R"({"n":1})", "{}"), "one ");
  EXPECT_EQ(Taken(R"({"s":"two"})", "{}"), "two ");
  EXPECT_EQ(Taken(R"({"n":null})", "{}"), "none ");
  EXPECT_EQ(Taken(R"({"n":{"gte":1},"s":{"not":"two"}})", "{}"), "one ");
}

TEST(Selection, AsksNothingByATemplateThatGivesNull) {
  EXPECT_EQ(Taken(R"({"n":"{{request.body.n}}"})", R"({"n":2})"), "two ");
  EXPECT_EQ(Taken(R"({"n":"{{request.body.n}}"})", "{}"), "all: one two none ");
  EXPECT_EQ(Taken(R"({"n":{"gt":"{{request.body.n}}"}})", "{}"), "all: one two none ");
  EXPECT_EQ(Taken(R"({"n":{"gt":"{{request.body.n}}","lt":2}})", "{}"), "one ");
  EXPECT_EQ(Taken(R"({"n":{"gt":"{{request.body.n}}"}})", R"({"n":1})"), "two ");
}

TEST(Selection, AsksForWhatATemplateWithinNotGives) {
  constexpr std::string_view kOthers = R"({"n":{"not":{"one_of":"{{request.body.n}}"}}})";
  EXPECT_EQ(Taken(kOthers, R"({"n":[2,3]})"), "one none ");
  EXPECT_EQ(Taken(kOthers, R"({"n":[]})"), "one two none ");
}

TEST(Selection, TakesNothingByAMatcherThatIsNone) {
  EXPECT_EQ(Taken(R"({"n":{"gt":"{{request.body.n}}"}})", R"({"n":"x"})"), "");
}

}  // namespace
}  // namespace mockduit
