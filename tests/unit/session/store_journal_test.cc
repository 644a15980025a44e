#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "session/exchange_codec.h"
#include "session/journal.h"
#include "session/store.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

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

TEST(Store, ClearEmptiesEveryKind) {
  Store store(2);
  store.Put("k", "a", 1);
  store.Clear();
  EXPECT_EQ(store.Snapshot().Dump(), "{}");
}

class JournalTest : public ::testing::Test {
 protected:
  void Add(Journal& journal, int status, const char* operation = "v.op",
           const char* outcome = "success") {
    Exchange exchange{.at = *ParseTime("2026-01-15T10:00:00Z")};
    exchange.operation = operation;
    exchange.outcome = outcome;
    exchange.response.status = status;
    journal.Add(EncodeExchange(exchange));
  }

  static std::vector<std::int64_t> Ids(const Json& list) {
    std::vector<std::int64_t> ids;
    for (const Json& request : *list.Find("requests")->IfArray()) {
      ids.push_back(request.Find("id")->AsInteger());
    }
    return ids;
  }
};

TEST_F(JournalTest, TellsAnExchangeWhole) {
  Journal journal({.exchanges = 10});
  Exchange exchange{.at = *ParseTime("2026-01-15T10:00:00.5Z")};
  exchange.operation = "v.op";
  exchange.request = {"POST", "/p", "q=1", {{"A", "1"}, {"a", "2"}}, "{}"};
  exchange.response = {201, {{"B", "3"}}, "[]"};
  exchange.request_bytes = exchange.response_bytes = 2;
  journal.Add(EncodeExchange(exchange));
  EXPECT_EQ(journal.List({}).Dump(),
            R"({"requests":[{"id":1,"at":"2026-01-15T10:00:00.500000Z","operation":"v.op",)"
            R"("edition":null,"outcome":null,"scenario":null,"rule":null,"play":null,)"
            R"("applied":false,"scripted":false,"passing":false,"transient":false,)"
            R"("going_on":false,"abandoned":false,"page":null,)"
            R"("fault":null,"delay":0,"retry_after":null,)"
            R"("request":{"method":"POST","path":"/p","path_start":0,"query":"q=1",)"
            R"("headers":[["A","1"],["a","2"]],"body":"{}","body_bytes":2},)"
            R"("response":{"status":201,"headers":[["B","3"]],"body":"[]","body_bytes":2}}],)"
            R"("total":1,"truncated":false})");
}

TEST_F(JournalTest, KeepsTheLastOnesAndSaysThatSomeAreGone) {
  Journal journal({.exchanges = 3});
  for (int i = 0; i < 3; ++i) Add(journal, 200);
  EXPECT_FALSE(journal.List({}).Find("truncated")->AsBool());
  for (int i = 0; i < 2; ++i) Add(journal, 200);
  const Json list = journal.List({});
  EXPECT_THAT(Ids(list), ElementsAre(3, 4, 5));
  EXPECT_EQ(list.Find("total")->AsInteger(), 5);
  EXPECT_TRUE(list.Find("truncated")->AsBool());
}

TEST_F(JournalTest, GivesEachExchangeTheNextId) {
  Journal journal({.exchanges = 1});
  EXPECT_EQ(journal.Add(EncodeExchange({})), 1u);
  EXPECT_EQ(journal.Add(EncodeExchange({})), 2u);
  EXPECT_EQ(journal.Exchanges({}).front().id, 2u);
}

TEST_F(JournalTest, FiltersByEveryPart) {
  Journal journal({.exchanges = 10});
  Add(journal, 201, "v.create", "success");
  Add(journal, 429, "v.create", "rate_limited");
  Add(journal, 201, "v.other", "success");
  Add(journal, 404, "", "");
  EXPECT_THAT(Ids(journal.List({.operation = "v.create"})), ElementsAre(1, 2));
  EXPECT_THAT(Ids(journal.List({.outcome = "success"})), ElementsAre(1, 3));
  EXPECT_THAT(Ids(journal.List({.status = 201})), ElementsAre(1, 3));
  EXPECT_THAT(Ids(journal.List({.after = 2})), ElementsAre(3, 4));
  EXPECT_THAT(Ids(journal.List({.limit = 2})), ElementsAre(1, 2));
  EXPECT_THAT(Ids(journal.List({.limit = 0})), IsEmpty());
  EXPECT_THAT(Ids(journal.List({.operation = "v.create", .status = 429})), ElementsAre(2));
  EXPECT_EQ(journal.Exchanges({.status = 404}).front().id, 4u);
}

TEST_F(JournalTest, GoesOnCountingAfterAClearAndBeginsAnewAfterAReset) {
  Journal journal({.exchanges = 10});
  Add(journal, 200);
  journal.Clear();
  EXPECT_EQ(journal.List({}).Dump(), R"({"requests":[],"total":0,"truncated":false})");
  Add(journal, 200);
  EXPECT_THAT(Ids(journal.List({})), ElementsAre(2));
  journal.Reset();
  Add(journal, 200);
  EXPECT_THAT(Ids(journal.List({})), ElementsAre(1));
}

TEST_F(JournalTest, CutsLongBodies) {
  Journal journal({.exchanges = 10});
  Exchange exchange;
  exchange.request.body = std::string(Exchange::kMaxBody + 1, 'a');
  exchange.response.body = std::string(Exchange::kMaxBody + 1, 'b');
  journal.Add(EncodeExchange(exchange));
  const Exchange kept = journal.Exchanges({}).front();
  EXPECT_EQ(kept.request.body.size(), Exchange::kMaxBody);
  EXPECT_EQ(kept.response.body.size(), Exchange::kMaxBody);
}

TEST_F(JournalTest, IsJsonWhateverBytesWereSent) {
  Journal journal({.exchanges = 10});
  Exchange exchange;
  exchange.request = {"GET", "/\xff", "q=\xfe", {{"A", "\x80"}}, std::string("\xff\0x", 3)};
  journal.Add(EncodeExchange(exchange));
  const auto list = Json::Parse(journal.List({}).Dump());
  ASSERT_TRUE(list) << list.error().message;
  EXPECT_EQ(list->At("/requests/0/request/body")->AsString(), std::string_view("\uFFFD\0x", 5));
}

TEST_F(JournalTest, GivesBackEveryByteOfAnExchange) {
  Journal journal({.exchanges = 10});
  Exchange exchange{.at = Time(Duration(-5)), .outcome = "o"};
  exchange.request = {"", "", "", {}, std::string("a\0b", 3)};
  exchange.response = {599, {{"", ""}}, ""};
  journal.Add(EncodeExchange(exchange));
  const Exchange kept = journal.Exchanges({}).front();
  EXPECT_EQ(kept.at, Time(Duration(-5)));
  EXPECT_EQ(kept.outcome, "o");
  EXPECT_EQ(kept.request.body, std::string("a\0b", 3));
  EXPECT_EQ(kept.response.status, 599);
  EXPECT_EQ(kept.response.headers.fields().size(), 1u);
}

TEST_F(JournalTest, IsBoundedInBytesAndCountsWhatHadToGo) {
  Exchange exchange;
  exchange.request.body = std::string(1000, 'a');
  const std::size_t size = EncodeExchange(exchange).size();
  Journal journal({.exchanges = 1000, .bytes = 3 * size});
  for (int i = 0; i < 10; ++i) journal.Add(EncodeExchange(exchange));
  EXPECT_EQ(journal.size(), 3u);
  EXPECT_EQ(journal.bytes(), 3 * size);
  EXPECT_EQ(journal.evicted(), 7u);
  EXPECT_TRUE(journal.truncated());
  exchange.request.body = std::string(5000, 'a');
  journal.Add(EncodeExchange(exchange));
  EXPECT_EQ(journal.size(), 1u) << "the newest stays, however long it is";
}

TEST_F(JournalTest, FindsOneById) {
  Journal journal({.exchanges = 2});
  for (int status : {201, 202, 203}) Add(journal, status);
  EXPECT_EQ(journal.Find(2)->response.status, 202);
  for (const std::uint64_t id : {0u, 1u, 4u}) EXPECT_FALSE(journal.Find(id)) << id;
}

TEST_F(JournalTest, FiltersOperationsByGlob) {
  Journal journal({.exchanges = 10});
  Add(journal, 201, "v.create_thing", "success");
  Add(journal, 201, "v.get_thing", "success");
  EXPECT_THAT(Ids(journal.List({.operation = "*.create_*"})), ElementsAre(1));
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
