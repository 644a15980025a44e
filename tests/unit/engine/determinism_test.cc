#include <gtest/gtest.h>

#include "engine/make_behaviour.h"
#include "engine/prefer.h"
#include "engine/selector.h"
#include "unit/engine/world.h"

namespace mockduit {
namespace {

// A run of every kind of request: its answers as bytes.
std::string Transcript(TestWorld& world) {
  std::string bytes;
  for (int round = 0; round < 3; ++round) {
    for (const GoodCall& call : GoodCalls()) {
      for (const char* key : {"k", "k@a", "k~rate-limited@a", "invalid", "k~throttled-twice@b"}) {
        const Response response = world.Send(call.With(key));
        bytes += std::to_string(response.status) + "\n";
        bytes += response.headers.lines();
        bytes += response.body + "\n";
      }
    }
  }
  return bytes;
}

TEST(Determinism, SameSeedSameClockSameRequestsGiveTheSameBytes) {
  TestWorld a, b;
  const std::string bytes = Transcript(a);
  EXPECT_EQ(bytes, Transcript(b));
  EXPECT_NE(bytes, Transcript(a)) << "no id is drawn twice";
}

TEST(Determinism, AnotherSeedGivesOtherIds) {
  TestWorld a, b({.seed = 8});
  EXPECT_NE(Transcript(a), Transcript(b));
}

TEST(Determinism, AResetSessionBeginsAnew) {
  TestWorld world;
  const std::string first = world.Send(GoodCallOf("fivetran").Make()).body;
  EXPECT_NE(world.Send(GoodCallOf("fivetran").Make()).body, first);
  world.session()->Reset({});
  EXPECT_EQ(world.Send(GoodCallOf("fivetran").Make()).body, first);
}

TEST(Determinism, OtherSessionsDoNotMatter) {
  TestWorld alone, busy;
  for (int i = 0; i < 5; ++i) busy.Send(GoodCallOf("airweave").With("k@other"));
  EXPECT_EQ(alone.Send(GoodCallOf("airweave").With("k@mine")).body,
            busy.Send(GoodCallOf("airweave").With("k@mine")).body);
}

TEST(Selector, ReadsScenarioAndSession) {
  const struct {
    std::string_view text, scenario, session;
  } kTexts[] = {
      {"~a", "a", ""}, {"@b", "", "b"}, {"~a@b", "a", "b"}, {"", "", ""}, {"~", "", ""},
  };
  for (const auto& c : kTexts) {
    const auto selector = ParseSelector(c.text, "here");
    ASSERT_TRUE(selector) << c.text;
    EXPECT_EQ(selector->scenario, c.scenario);
    EXPECT_EQ(selector->session, c.session);
  }
}

TEST(Selector, BeginsInACredentialWhereItIsWellFormedToTheEnd) {
  const std::pair<std::string_view, std::string_view> kCredentials[] = {
      {"key~a@b", "~a@b"}, {"key@b", "@b"}, {"key~a", "~a"},
      {"k~x~a@b", "~a@b"}, {"k@x@b", "@b"}, {"p@ss!word~a", "~a"},
      {"~a", "~a"},        {"k~A@b", "@b"}, {"me@a.example", "@a.example"}};
  for (const auto& [credential, selector] : kCredentials) {
    ASSERT_NE(SelectorStart(credential), std::string_view::npos) << credential;
    EXPECT_EQ(credential.substr(SelectorStart(credential)), selector);
  }
  for (const std::string_view credential :
       {"", "key", "p@ss!word", "k@", "k~", "k~@", "k~A", "k@B", "k@b ", "k~a@", "k@-b"}) {
    EXPECT_EQ(SelectorStart(credential), std::string_view::npos) << credential;
  }
}

TEST(Selector, SaysWhichNameIsMalformedAndWhatWouldBeGood) {
  const struct {
    std::string_view text, name, nearest;
  } kTexts[] = {
      {"@Checkout 7", "Checkout 7", "checkout-7"},
      {"~a@", "", "default"},
      {"@-x", "-x", "x"},
      {"@a@b", "a@b", "a-b"},
      {"@...", "...", "default"},
  };
  for (const auto& c : kTexts) {
    const auto selector = ParseSelector(c.text, "here");
    ASSERT_FALSE(selector) << c.text;
    EXPECT_EQ(selector.error().name, c.name);
    EXPECT_EQ(selector.error().place, "here");
    EXPECT_EQ(selector.error().Nearest(), c.nearest);
    EXPECT_TRUE(ParseSelector("@" + selector.error().Nearest(), ""));
  }
  const auto long_name = ParseSelector("@" + std::string(100, 'a'), "here");
  EXPECT_EQ(long_name.error().Nearest(), std::string(64, 'a'));
}

TEST(Prefer, ReadsOurTwoPreferences) {
  const struct {
    std::string_view header;
    int code;
    std::string_view example;
  } kHeaders[] = {
      {"code=429", 429, ""},
      {"code=429, example=daily", 429, "daily"},
      {"example=daily;code=429", 429, "daily"},
      {"respond-async, Code=\"404\" , wait=10", 404, ""},
      {" code = 422 , example = \"a b\" ", 422, "a b"},
      {"code=422, example=\"\"", 422, ""},
      {"code=429, code=500", 429, ""},
      {"example=a; code=404; example=b; code=x", 404, "a"},
      {"code=422, example=\"", 422, "\""},
      {"code=422, example=\"half", 422, "\"half"},
      {"code=422, example=half\"", 422, "half\""},
  };
  for (const auto& c : kHeaders) {
    const auto preference = ReadPrefer(c.header);
    ASSERT_TRUE(preference && *preference) << c.header;
    EXPECT_EQ((*preference)->code, c.code);
    EXPECT_EQ((*preference)->example, c.example);
  }
}

TEST(Prefer, IsNothingWithoutACode) {
  for (const std::string_view header : {"", "respond-async", "return=minimal", "example=x"}) {
    const auto preference = ReadPrefer(header);
    ASSERT_TRUE(preference) << header;
    EXPECT_FALSE(*preference) << header;
  }
}

TEST(Prefer, SaysWhatIsNoCode) {
  for (const std::string code : {"", "x", "4x", "99999999999", "4.5"}) {
    const auto preference = ReadPrefer("code=" + code);
    ASSERT_FALSE(preference) << code;
    EXPECT_EQ(preference.error().message, "Prefer: code=" + code + " is no status code");
  }
}

TEST(Behaviour, CannotBeMadeWhereItIsMissing) {
  TestWorld world;
  BehaviourTable table = VendorBehaviours(world.caller());
  table.extract("fivetran.create_connection");
  const Vendor& fivetran = *BuiltInCatalog().FindVendor("fivetran");
  const Operation& create = *BuiltInCatalog().FindOperation("fivetran.create_connection");
  const auto behaviour = MakeBehaviour(fivetran, create, table);
  ASSERT_FALSE(behaviour);
  EXPECT_TRUE(
      behaviour.error().message.contains("there is no behaviour 'fivetran.create_connection'"))
      << behaviour.error().message;
}

}  // namespace
}  // namespace mockduit
