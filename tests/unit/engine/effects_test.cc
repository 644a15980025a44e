// A vendor that is data alone: boxes of widgets, stateful without a line of C++.
#include <gtest/gtest.h>

#include "unit/engine/boxes.h"

namespace mockduit {
namespace {

TEST_F(EffectsTest, GiveWhatWasMade) {
  Make("w");
  EXPECT_EQ(Send("GET", "/widgets/w"),
            R"(200 {"id":"w","box":"b","color":"red","size":{"w":1,"h":2}})");
  EXPECT_EQ(Send("GET", "/widgets/x"), R"(404 {"error":"no widget"})");
}

TEST_F(EffectsTest, AskForWhatAnotherThingNeeds) {
  EXPECT_EQ(Send("POST", "/boxes/x/widgets", "{}"), R"(404 {"error":"no box"})");
  EXPECT_EQ(Send("GET", "/boxes/x/widgets"), R"(404 {"error":"no box"})");
}

TEST_F(EffectsTest, ListInPagesByCursor) {
  for (const char* id : {"a", "b", "c", "d", "e"}) Make(id);
  EXPECT_EQ(Listed("/boxes/b/widgets"), "e d eyJza2lwIjoyfQ");
  EXPECT_EQ(Listed("/boxes/b/widgets?cursor=eyJza2lwIjoyfQ"), "c b eyJza2lwIjo0fQ");
  EXPECT_EQ(Listed("/boxes/b/widgets?cursor=eyJza2lwIjo0fQ"), "a end");
  EXPECT_EQ(Listed("/boxes/b/widgets?limit=100"), "e d c eyJza2lwIjozfQ") << "no more than three";
  EXPECT_EQ(Listed("/boxes/b/widgets?cursor=eyJza2lwIjo5OX0"), "end") << "past the last one";
  for (const char* cursor : {"x", "eyJ4IjoxfQ", "eyJza2lwIjotMX0", "%2B"}) {
    EXPECT_EQ(Listed("/boxes/b/widgets?cursor=" + std::string(cursor)),
              R"(400 {"error":"cursor"})");
  }
}

TEST_F(EffectsTest, ListWhatIsAskedFor) {
  Make("a", "red");
  Make("b", "blue");
  Send("POST", "/boxes", R"({"id":"other"})");
  EXPECT_EQ(Listed("/boxes/b/widgets?color=blue"), "b end");
  EXPECT_EQ(Listed("/boxes/b/widgets?color=green"), "end");
  EXPECT_EQ(Listed("/boxes/other/widgets"), "end");
}

TEST_F(EffectsTest, ListInPagesByOffset) {
  for (const char* id : {"a", "b", "c"}) Make(id);
  EXPECT_EQ(Listed("/widgets"), "a b ");
  EXPECT_EQ(Listed("/widgets?skip=2"), "c ");
  EXPECT_EQ(Listed("/widgets?skip=1&limit=1"), "b ");
  EXPECT_EQ(Listed("/widgets?skip=7"), "");
}

TEST_F(EffectsTest, UpdateWhatIsSentAndNothingElse) {
  Make("w");
  EXPECT_EQ(Send("PATCH", "/widgets/w", R"({"size":{"h":5},"other":1})"),
            R"(200 {"id":"w","box":"b","color":"red","size":{"w":1,"h":5}})");
  EXPECT_EQ(Send("PATCH", "/widgets/w", R"({"color":"blue"})"),
            R"(200 {"id":"w","box":"b","color":"blue","size":{"w":1,"h":5}})");
  EXPECT_EQ(Send("GET", "/widgets/w"),
            R"(200 {"id":"w","box":"b","color":"blue","size":{"w":1,"h":5}})");
  EXPECT_EQ(Send("PATCH", "/widgets/x", "{}"), R"(404 {"error":"no widget"})");
}

TEST_F(EffectsTest, Replace) {
  Make("w");
  EXPECT_EQ(Send("PUT", "/widgets/w", "{}"), R"(200 {"id":"w","new":true})");
  EXPECT_EQ(Send("GET", "/widgets/w"), R"(200 {"id":"w","new":true})");
}

TEST_F(EffectsTest, DeleteOnceAndWithAllThatGoesWithIt) {
  Make("v");
  Make("w");
  EXPECT_TRUE(Send("DELETE", "/widgets/v").starts_with(R"(200 {"id":"v")"));
  EXPECT_EQ(Send("DELETE", "/widgets/v"), R"(404 {"error":"no widget"})");
  EXPECT_EQ(Send("DELETE", "/boxes/b"), "204 ");
  EXPECT_EQ(Send("GET", "/widgets/w"), R"(404 {"error":"no widget"})");
  EXPECT_EQ(Send("DELETE", "/boxes/b"), R"(404 {"error":"no box"})");
}

TEST_F(EffectsTest, KnowNothingOfOtherSessions) {
  Make("w");
  EXPECT_EQ(Send("GET", "/@other/widgets/w"), R"(404 {"error":"no widget"})");
}

TEST_F(EffectsTest, MoveByTheNumberOfPolls) {
  Make("w");
  const auto begin = [&](const std::string& id, std::uint64_t polls) {
    const auto session = sessions_.Get("default")->Enter();
    session->world().Begin(catalog_.FindLifecycle("acme.drying"), id, {.after_polls = polls},
                           {session->Now(), nullptr});
  };
  begin("w", 4);
  clock_.Advance(std::chrono::hours(1));
  const auto state = [](const std::string& sent) {
    const std::size_t at = sent.find("state");
    return at == std::string::npos ? "wet" : sent.substr(at + 8, sent.find('"', at + 8) - at - 8);
  };
  std::string states;
  for (int i = 0; i < 5; ++i) states += state(Send("GET", "/widgets/w")) + " ";
  EXPECT_EQ(states, "wet drying drying dry dry ");
  Make("x");
  begin("x", 1);
  EXPECT_EQ(state(Send("GET", "/widgets/w")), "dry");
  EXPECT_NE(Send("GET", "/widgets?skip=1").find(R"("state":"dry")"), std::string::npos)
      << "a list is a look at each";
}

TEST(EffectReader, TellsWhatIsWrong) {
  const std::pair<const char*, const char*> kEffects[] = {
      {"{}", "an effect is one of create, get, list, update, replace and delete"},
      {"{get: x}", "'absent' is missing here"},
      {"{create: x, resource: {}}", "'id' is missing here"},
      {"{list: x, page: {style: pages}}", "'pages' is no style of pages; it is cursor or offset"},
      {"{list: x, page: {style: cursor}}", "'bad_cursor' is missing here"},
  };
  for (const auto& [effect, message] : kEffects) {
    const std::string contract =
        "openapi: 3.1.0\nx-mockduit: {vendor: acme, edition: v1, kinds: {x: {members: "
        "any}}}\npaths:\n  /x/{id}:\n    get:\n"
        "      operationId: x\n"
        "      parameters: [{name: limit, in: query}, {name: cursor, in: query}]\n      "
        "x-mockduit: {effect: " +
        std::string(effect) +
        "}\n      responses: {\"204\": {x-mockduit: {outcome: success, source: s}}}\n";
    const auto catalog = Catalog::Load({{"f/acme/v1.yaml", contract}});
    ASSERT_FALSE(catalog) << effect;
    EXPECT_EQ(catalog.error().front().message, message);
  }
}

}  // namespace
}  // namespace mockduit
