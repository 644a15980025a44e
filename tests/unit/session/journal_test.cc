#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "session/exchange_codec.h"
#include "session/journal.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class JournalTest : public ::testing::Test {
 protected:
  void Add(Journal& journal, int status, const char* operation = "v.op",
           const char* outcome = "success") {
    Exchange exchange{.at = *ParseTime("2026-01-15T10:00:00Z")};
    exchange.operation = operation;
    exchange.outcome = outcome;
    exchange.response.status = status;
    journal.Add(EncodeExchange(exchange), nullptr);
  }

  static std::vector<std::int64_t> Ids(const Json& list) {
    std::vector<std::int64_t> ids;
    for (const Json& request : *list.Find("requests")->IfArray()) {
      ids.push_back(request.Find("id")->AsInteger());
    }
    return ids;
  }
};

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
  EXPECT_EQ(journal.Add(EncodeExchange({}), nullptr), 1u);
  EXPECT_EQ(journal.Add(EncodeExchange({}), nullptr), 2u);
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

TEST_F(JournalTest, IsBoundedInBytesAndCountsWhatHadToGo) {
  Exchange exchange;
  exchange.request.body = std::string(1000, 'a');
  const std::size_t size = EncodeExchange(exchange).size();
  Journal journal({.exchanges = 1000, .bytes = 3 * size});
  for (int i = 0; i < 10; ++i) journal.Add(EncodeExchange(exchange), nullptr);
  EXPECT_EQ(journal.size(), 3u);
  EXPECT_EQ(journal.bytes(), 3 * size);
  EXPECT_EQ(journal.evicted(), 7u);
  EXPECT_TRUE(journal.truncated());
  exchange.request.body = std::string(5000, 'a');
  journal.Add(EncodeExchange(exchange), nullptr);
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

TEST_F(JournalTest, SeesWhatHappensOnTheWireAfterItGotTheExchange) {
  const auto at = [](int second) { return Time(std::chrono::seconds(second)); };
  const auto connection = std::make_shared<ConnectionTimes>(7, at(1));
  const auto passage = std::make_shared<Passage>(connection, 3, at(2));
  Journal journal({.exchanges = 2});
  journal.Add(EncodeExchange({}), nullptr);
  journal.Add(EncodeExchange({}), passage);
  EXPECT_EQ(journal.Find(1)->wire, std::nullopt);
  EXPECT_EQ(journal.Find(2)->wire->connection, 7u);
  EXPECT_EQ(journal.Find(2)->wire->request, 3u);
  EXPECT_EQ(journal.Find(2)->wire->arrived, at(2));
  EXPECT_EQ(journal.Find(2)->wire->ended, Time{}) << "it is still under way";
  EXPECT_FALSE(journal.Find(2)->abandoned);
  passage->Leave(at(4));
  connection->closed = at(5);
  EXPECT_EQ(journal.Find(2)->wire->ended, at(4));
  EXPECT_EQ(journal.Find(2)->wire->closed, at(5));
  EXPECT_TRUE(journal.Find(2)->abandoned);
}

TEST_F(JournalTest, AsksWhetherAClientHasLeftWhileItsAnswerIsHeldBack) {
  const auto at = [](int second) { return Time(std::chrono::seconds(second)); };
  const auto passage = std::make_shared<Passage>(std::make_shared<ConnectionTimes>(7), 3, at(2));
  Journal journal({.exchanges = 1});
  journal.Add(EncodeExchange({}), passage);
  std::optional<Time> left;
  passage->HoldBack([&] { return left; });
  EXPECT_FALSE(journal.Find(1)->abandoned);
  left = at(1);
  EXPECT_TRUE(journal.Find(1)->abandoned);
  EXPECT_EQ(journal.Find(1)->wire->ended, at(2)) << "not before its request came";
  left = at(9);
  passage->GoOn();
  EXPECT_EQ(journal.Find(1)->wire->ended, at(2)) << "it has left already";
}

TEST_F(JournalTest, AsksOnceMoreWhenAnAnswerIsHeldBackNoLonger) {
  const auto passage = std::make_shared<Passage>(std::make_shared<ConnectionTimes>(7), 3, Time{});
  std::optional<Time> left;
  passage->HoldBack([&] { return left; });
  left = Time(std::chrono::seconds(4));
  passage->GoOn();
  left = std::nullopt;
  EXPECT_TRUE(passage->Look().left);
}

TEST_F(JournalTest, CountsTheBytesOfPassages) {
  const auto passage = std::make_shared<Passage>(std::make_shared<ConnectionTimes>(7), 3, Time{});
  Journal journal({.exchanges = 1});
  journal.Add(EncodeExchange({}), nullptr);
  const std::size_t before = journal.bytes();
  journal.Add(EncodeExchange({}), passage);
  EXPECT_GT(journal.bytes(), before);
  journal.Add(EncodeExchange({}), nullptr);
  EXPECT_EQ(journal.bytes(), before);
}

TEST_F(JournalTest, ListsItsExchangesAndItsCounts) {
  Journal journal({.exchanges = 10});
  journal.Add(EncodeExchange({.id = 5}), nullptr);
  const std::string exchange = Exchange{.id = 1}.ToJson().Dump();
  EXPECT_EQ(journal.List({}).Dump(),
            R"({"requests":[)" + exchange + R"(],"total":1,"truncated":false})");
}

}  // namespace
}  // namespace mockduit
