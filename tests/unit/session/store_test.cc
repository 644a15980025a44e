#include <gtest/gtest.h>

#include <deque>
#include <thread>

#include "session/store.h"

namespace mockduit {
namespace {

TEST(Store, FindsWhatWasPut) {
  Store store(10);
  store.Put("v.thing", "a", Json::MakeObject({{"n", 1}}));
  EXPECT_EQ(store.Find("v.thing", "a")->Dump(), R"({"n":1})");
  EXPECT_TRUE(store.Has("v.thing", "a"));
  EXPECT_FALSE(store.Has("v.thing", "b"));
  EXPECT_FALSE(store.Has("v.other", "a"));
  EXPECT_EQ(store.Find("v.other", "a"), std::nullopt);
  EXPECT_EQ(store.Count("v.thing"), 1u);
  EXPECT_EQ(store.Count("v.other"), 0u);
}

TEST(Store, KeepsWhatIsNoUtf8SoThatItCanBeReadAgain) {
  Store store(10);
  store.Put("v.thing", "a", Json::MakeObject({{"n", "x\xFF"}}));
  ASSERT_TRUE(store.Find("v.thing", "a"));
  EXPECT_EQ(store.Find("v.thing", "a")->Dump(), "{\"n\":\"x\xEF\xBF\xBD\"}");
}

TEST(Store, ReplacesWhereTheOldOneStands) {
  Store store(10);
  for (const char* id : {"a", "b", "c"}) store.Put("k", id, id);
  store.Put("k", "b", "new");
  EXPECT_EQ(store.Snapshot().Dump(), R"({"k":{"a":"a","b":"new","c":"c"}})");
  EXPECT_EQ(store.evicted(), 0u);
}

TEST(Store, LetsTheOldestOfAKindGoPastTheLimit) {
  Store store(2);
  store.Put("other", "x", 0);
  for (const char* id : {"a", "b", "c", "d"}) store.Put("k", id, id);
  EXPECT_EQ(store.Snapshot().Dump(), R"({"k":{"c":"c","d":"d"},"other":{"x":0}})");
  EXPECT_FALSE(store.Has("k", "a"));
  EXPECT_EQ(store.evicted(), 2u);
}

TEST(Store, RemovesOneResourceOfOneKind) {
  Store store(10);
  store.Put("k", "a", 1);
  store.Put("k", "b", 2);
  EXPECT_TRUE(store.Remove("k", "a"));
  EXPECT_FALSE(store.Remove("k", "a"));
  EXPECT_FALSE(store.Remove("other", "b"));
  EXPECT_EQ(store.Snapshot().Dump(), R"({"k":{"b":2}})");
}

TEST(Store, VisitsAKindInEitherOrderUntilItIsStopped) {
  Store store(10);
  for (const char* id : {"a", "b", "c"}) store.Put("k", id, 1);
  const auto visited = [&](Store::Order order, const std::string& last) {
    std::string ids;
    store.Visit("k", order, [&](const std::string& id, const std::string&) {
      ids += id;
      return id != last;
    });
    return ids;
  };
  EXPECT_EQ(visited(Store::Order::kOldestFirst, ""), "abc");
  EXPECT_EQ(visited(Store::Order::kNewestFirst, ""), "cba");
  EXPECT_EQ(visited(Store::Order::kOldestFirst, "b"), "ab");
  EXPECT_EQ(visited(Store::Order::kNewestFirst, "b"), "cb");
}

TEST(Store, VisitsNothingOfAKindThatItDoesNotHave) {
  Store store(10);
  store.Visit("k", Store::Order::kOldestFirst, [](const std::string&, const std::string&) {
    ADD_FAILURE();
    return true;
  });
}

// What a visit to those of one value gives, of a store of {"at": value} by id, in either order.
std::string VisitedWhere(Store& store, std::string_view text) {
  std::string ids;
  for (const Store::Order order : {Store::Order::kOldestFirst, Store::Order::kNewestFirst}) {
    store.VisitWhere("k", order, "in.at", text, [&](const std::string& id, const std::string&) {
      ids += id;
      return true;
    });
    ids += '|';
  }
  return ids;
}

Json At(const Json& value) { return Json::MakeObject({{"in", Json::MakeObject({{"at", value}})}}); }

TEST(Store, VisitsThoseOfOneValueWhateverBecomesOfThem) {
  Store store(6);
  EXPECT_EQ(VisitedWhere(store, "x"), "||");
  store.Put("k", "a", At("x"));
  store.Put("k", "b", At(5));
  store.Put("k", "c", At(nullptr));
  store.Put("k", "d", Json::MakeObject());
  EXPECT_EQ(VisitedWhere(store, "x"), "a|a|");
  EXPECT_EQ(VisitedWhere(store, "5"), "b|b|");
  EXPECT_EQ(VisitedWhere(store, "null"), "||");
  EXPECT_EQ(VisitedWhere(store, ""), "||");
  store.Put("k", "e", At("x"));
  store.PutText("k", "c", At("x").Dump());
  EXPECT_EQ(VisitedWhere(store, "x"), "ace|eca|") << "where the old one stood";
  store.Put("k", "a", At("y"));
  store.Remove("k", "e");
  EXPECT_EQ(VisitedWhere(store, "x"), "c|c|");
  EXPECT_EQ(VisitedWhere(store, "y"), "a|a|");
  for (const char* id : {"f", "g"}) store.Put("k", id, At("y"));
  store.Put("k", "h", At("y"));
  EXPECT_EQ(VisitedWhere(store, "y"), "fgh|hgf|") << "the oldest had to go";
}

TEST(Store, VisitsThoseOfOneValueAmongWhatItSharesAndWhatItHasChanged) {
  Store seed(10);
  seed.Put("k", "a", At("x"));
  Store store(10);
  store.BeginWith(seed);
  EXPECT_EQ(VisitedWhere(store, "x"), "a|a|");
  EXPECT_EQ(store.bytes(), 0u);
  store.Put("k", "b", At("x"));
  EXPECT_EQ(VisitedWhere(store, "x"), "ab|ba|");
  EXPECT_EQ(VisitedWhere(seed, "x"), "a|a|");
}

TEST(Store, VisitsThoseOfOneValueAmongWhatManyThreadsShare) {
  Store seed(100);
  for (int id = 0; id < 100; ++id) seed.Put("k", std::to_string(id), At(id % 10));
  std::deque<Store> stores;
  std::deque<std::string> visited;
  {
    std::deque<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      Store& store = stores.emplace_back(100);
      store.BeginWith(seed);
      std::string& ids = visited.emplace_back();
      threads.emplace_back([&store, &ids] { ids = VisitedWhere(store, "3"); });
    }
  }
  for (const std::string& ids : visited) {
    EXPECT_EQ(ids, "3132333435363738393|9383736353433323133|");
  }
  for (const Store& store : stores) EXPECT_EQ(store.bytes(), 0u);
}

TEST(Store, TellsWhichChangeAResourceCameBy) {
  Store store(10);
  EXPECT_EQ(store.ChangeOf("k", "a"), 0u);
  store.Put("k", "a", At("x"));
  const std::uint64_t first = store.ChangeOf("k", "a");
  store.Put("k", "b", At("x"));
  EXPECT_EQ(store.ChangeOf("k", "a"), first);
  store.Put("k", "a", At("x"));
  EXPECT_GT(store.ChangeOf("k", "a"), first);
  store.Remove("k", "a");
  EXPECT_EQ(store.ChangeOf("k", "a"), 0u);
}

TEST(Store, CountsWhatAnIndexTakesAndForgetsItAgain) {
  Store store(10);
  store.Put("k", "a", At("x"));
  const std::size_t before = store.bytes();
  VisitedWhere(store, "x");
  EXPECT_GT(store.bytes(), before);
  store.Put("k", "b", At("x"));
  store.Remove("k", "a");
  store.Remove("k", "b");
  EXPECT_EQ(store.bytes(), 0u);
}

TEST(IdOf, IsTheTextOfTheField) {
  const Json resource = *Json::Parse(R"({"s":"x","n":5,"nothing":null})");
  EXPECT_EQ(IdOf(resource, "s"), "x");
  EXPECT_EQ(IdOf(resource, "n"), "5");
  EXPECT_EQ(IdOf(resource, "nothing"), "");
  EXPECT_EQ(IdOf(resource, "absent"), "");
}

TEST(Store, ClearEmptiesEveryKind) {
  Store store(2);
  store.Put("k", "a", 1);
  store.Clear();
  EXPECT_EQ(store.Snapshot().Dump(), "{}");
}

TEST(Store, KeepsAKindThatHasNothingLeftThroughItsSnapshot) {
  const Json snapshot = *Json::Parse(R"({"acme.box":{}})");
  Store store(10);
  EXPECT_TRUE(store.Replace(snapshot));
  EXPECT_EQ(store.Snapshot(), snapshot);
}

TEST(Store, IsReplacedByASnapshotOrNotAtAll) {
  Store store(10);
  store.Put("v.thing", "a", Json::MakeObject());
  const Json snapshot = *Json::Parse(R"({"v.other":{"x":{"n":1},"b":{"n":2}}})");
  EXPECT_TRUE(store.Replace(snapshot));
  EXPECT_EQ(store.Snapshot().Dump(), snapshot.Dump()) << "in the order of the snapshot";
  const std::pair<const char*, const char*> kBroken[] = {
      {"[]", "the store must be an object of kinds"},
      {R"({"thing":{}})", "'thing' is no kind; a kind is written as vendor.kind"},
      {R"({"v.thing":[]})", "v.thing must be an object of ids to resources"},
      {R"({"v.a":{"x":{}},"v.thing":{"a":5}})", "v.thing 'a' must be an object"},
  };
  for (const auto& [text, message] : kBroken) {
    const auto replaced = store.Replace(*Json::Parse(text));
    ASSERT_FALSE(replaced) << text;
    EXPECT_EQ(replaced.error().message, message);
    EXPECT_EQ(store.Snapshot().Dump(), snapshot.Dump());
  }
}

}  // namespace
}  // namespace mockduit
