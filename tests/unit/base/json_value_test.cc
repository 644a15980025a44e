#include <gtest/gtest.h>

#include "base/json.h"
#include "unit/parsed.h"

namespace mockduit {
namespace {

TEST(Json, NamesItsType) {
  const std::pair<Json, std::string_view> kValues[] = {
      {nullptr, "null"},
      {true, "boolean"},
      {1, "integer"},
      {1.5, "number"},
      {"a", "string"},
      {Json::MakeArray(), "array"},
      {Json::MakeObject(), "object"},
  };
  for (const auto& [json, type] : kValues) EXPECT_EQ(json.TypeName(), type);
}

TEST(Json, CountsAWholeDoubleAsAnInteger) {
  EXPECT_TRUE(Json(3.0).IsInteger());
  EXPECT_EQ(Json(3.0).AsInteger(), 3);
  EXPECT_FALSE(Json(3.5).IsInteger());
}

TEST(Json, GivesTheFallbackForAnotherType) {
  EXPECT_EQ(Json("1").AsInteger(7), 7);
  EXPECT_EQ(Json(1).AsString("none"), "none");
  EXPECT_TRUE(Json("true").AsBool(true));
  EXPECT_EQ(Json(true).AsNumber(2.5), 2.5);
  EXPECT_EQ(Json(1e300).AsInteger(7), 7);
}

TEST(Json, IsEqualWhateverTheOrderOfKeys) {
  EXPECT_EQ(Parsed(R"({"a":1,"b":[1,{"c":2}]})"), Parsed(R"({"b":[1.0,{"c":2}],"a":1})"));
}

TEST(Json, IsUnequalWhereAValueDiffers) {
  const std::pair<std::string_view, std::string_view> kPairs[] = {
      {"1", "2"},
      {"1", "\"1\""},
      {"null", "false"},
      {"[1,2]", "[2,1]"},
      {"[1]", "[1,1]"},
      {R"({"a":1})", R"({"a":2})"},
      {R"({"a":1})", R"({"b":1})"},
      {R"({"a":null})", "{}"},
      {"[]", "{}"},
      {"true", "false"},
      {"9007199254740993", "9007199254740992"},
  };
  for (const auto& [a, b] : kPairs) EXPECT_FALSE(Parsed(a) == Parsed(b)) << a << " " << b;
}

TEST(JsonPointer, FindsWhatRfc6901Says) {
  const Json json = Parsed(R"({"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"m~n":8,"o":{"p":null}})");
  const std::pair<std::string_view, std::string_view> kPointers[] = {
      {"/foo/0", "\"bar\""}, {"/foo/1", "\"baz\""}, {"/", "0"},       {"/a~1b", "1"},
      {"/c%d", "2"},         {"/m~0n", "8"},        {"/o/p", "null"},
  };
  for (const auto& [pointer, value] : kPointers) {
    ASSERT_NE(json.At(pointer), nullptr) << pointer;
    EXPECT_EQ(json.At(pointer)->Dump(), value) << pointer;
  }
  EXPECT_EQ(json.At(""), &json);
}

TEST(JsonPointer, FindsNothingWhereNothingIs) {
  const Json json = Parsed(R"({"foo":["bar"],"s":"text"})");
  for (const std::string_view pointer :
       {"/x", "/foo/1", "/foo/-1", "/foo/-", "/foo/0x", "/foo/0/a", "/s/0", "foo"}) {
    EXPECT_EQ(json.At(pointer), nullptr) << pointer;
  }
}

TEST(JsonPointer, TokenEscapesSlashAndTilde) { EXPECT_EQ(PointerToken("a/b~c"), "a~1b~0c"); }

TEST(JsonPath, GoesDownByDots) {
  const Json json = Parsed(R"({"config":{"schema":"s","list":[{"id":5}]},"a/b":1})");
  EXPECT_EQ(json.AtPath("config.schema")->AsString(), "s");
  EXPECT_EQ(json.AtPath("config.list.0.id")->AsInteger(), 5);
  EXPECT_EQ(json.AtPath("a/b")->AsInteger(), 1);
  EXPECT_EQ(json.AtPath(""), &json);
  EXPECT_EQ(json.AtPath("config.nothing"), nullptr);
  EXPECT_EQ(json.AtPath("config.schema.deeper"), nullptr);
}

TEST(JsonEdit, SetReplacesInPlaceAndAppendsWhatIsNew) {
  Json json = Parsed(R"({"a":1,"b":2})");
  json.Set("a", "x");
  json.Set("c", 3);
  EXPECT_EQ(json.Dump(), R"({"a":"x","b":2,"c":3})");
}

TEST(JsonEdit, SetMakesAnObjectOfNull) {
  Json json;
  json.Set("a", 1);
  EXPECT_EQ(json.Dump(), R"({"a":1})");
}

TEST(JsonEdit, SetAtMakesTheObjectsOnTheWay) {
  Json json = Parsed(R"({"status":{"setup_state":"incomplete"},"list":[{"a":1}]})");
  json.SetAt("/status/sync_state", "paused");
  json.SetAt("/list/0/a", 2);
  json.SetAt("/new/a~1b", true);
  EXPECT_EQ(json.Dump(), R"({"status":{"setup_state":"incomplete","sync_state":"paused"},)"
                         R"("list":[{"a":2}],"new":{"a/b":true}})");
}

TEST(JsonEdit, SetAtTheEmptyPointerReplacesAll) {
  Json json = Parsed(R"({"a":1})");
  json.SetAt("", 5);
  EXPECT_EQ(json.Dump(), "5");
}

TEST(JsonEdit, RemoveTellsWhetherItWasThere) {
  Json json = Parsed(R"({"a":1,"b":2})");
  EXPECT_TRUE(json.Remove("a"));
  EXPECT_FALSE(json.Remove("a"));
  EXPECT_EQ(json.Dump(), R"({"b":2})");
}

TEST(JsonEdit, AppendMakesAnArrayOfNull) {
  Json json;
  json.Append(1);
  json.Append("x");
  EXPECT_EQ(json.Dump(), R"([1,"x"])");
}

// RFC 7396, appendix A.
TEST(JsonMergePatch, DoesTheExamplesOfTheRfc) {
  const struct {
    std::string_view original, patch, result;
  } kExamples[] = {
      {R"({"a":"b"})", R"({"a":"c"})", R"({"a":"c"})"},
      {R"({"a":"b"})", R"({"b":"c"})", R"({"a":"b","b":"c"})"},
      {R"({"a":"b"})", R"({"a":null})", R"({})"},
      {R"({"a":"b","b":"c"})", R"({"a":null})", R"({"b":"c"})"},
      {R"({"a":["b"]})", R"({"a":"c"})", R"({"a":"c"})"},
      {R"({"a":"c"})", R"({"a":["b"]})", R"({"a":["b"]})"},
      {R"({"a":{"b":"c"}})", R"({"a":{"b":"d","c":null}})", R"({"a":{"b":"d"}})"},
      {R"({"a":[{"b":"c"}]})", R"({"a":[1]})", R"({"a":[1]})"},
      {R"(["a","b"])", R"(["c","d"])", R"(["c","d"])"},
      {R"({"a":"b"})", R"(["c"])", R"(["c"])"},
      {R"({"a":"foo"})", R"(null)", R"(null)"},
      {R"({"a":"foo"})", R"("bar")", R"("bar")"},
      {R"({"e":null})", R"({"a":1})", R"({"e":null,"a":1})"},
      {R"([1,2])", R"({"a":"b","c":null})", R"({"a":"b"})"},
      {R"({})", R"({"a":{"bb":{"ccc":null}}})", R"({"a":{"bb":{}}})"},
  };
  for (const auto& example : kExamples) {
    Json json = Parsed(example.original);
    json.MergePatch(Parsed(example.patch));
    EXPECT_EQ(json.Dump(), example.result) << example.original << " + " << example.patch;
  }
}

}  // namespace
}  // namespace mockduit
