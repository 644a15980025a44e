#include "session/seeds.h"

#include <gtest/gtest.h>

#include <string>

#include "contract/catalog.h"
#include "unit/parsed.h"

namespace mockduit {
namespace {

Seeds ThreeSeeds() {
  return Seeds(Seeds::Resources{{"a.x", "1", "{}"}, {"a.x", "2", "{}"}, {"a.y", "1", "{}"}});
}

TEST(Seeds, AreNoneUnlessTheyAreGiven) {
  EXPECT_EQ(Seeds().store().Snapshot(), Parsed("{}"));
  EXPECT_EQ(ThreeSeeds().store().Snapshot(), Parsed(R"({"a.x":{"1":{},"2":{}},"a.y":{"1":{}}})"));
}

TEST(Seeds, AreMadeOnceWhenTheyAreAskedFor) {
  int made = 0;
  const Seeds seeds([&made] {
    ++made;
    return Seeds::Resources{{"a.x", "1", "{}"}};
  });
  const Seeds copy = seeds;
  EXPECT_EQ(made, 0);
  EXPECT_EQ(copy.store().Count("a.x"), 1u);
  EXPECT_EQ(seeds.store().Count("a.x"), 1u);
  EXPECT_EQ(made, 1);
}

TEST(Seeds, AreLaidOverKindByKind) {
  const Seeds seeds = ThreeSeeds();
  const Seeds laid = LaidOver(seeds, Parsed(R"({"a.x":{"9":{"v":1}},"b.z":{"1":{}}})"));
  EXPECT_EQ(laid.store().Snapshot(),
            Parsed(R"({"a.x":{"9":{"v":1}},"a.y":{"1":{}},"b.z":{"1":{}}})"));
  EXPECT_EQ(LaidOver(seeds, Parsed(R"({"a.x":{}})")).store().Snapshot(),
            Parsed(R"({"a.x":{},"a.y":{"1":{}}})"));
  EXPECT_EQ(seeds.store().Count("a.x"), 2u);
}

// An editor may save a file empty before it saves it whole.
TEST(Seeds, OfAFileThatSaysNothingAreNone) {
  const auto catalog = Catalog::Load({{"f/acme/v1.yaml",
                                       "openapi: 3.1.0\n"
                                       "x-mockduit: {vendor: acme, edition: v1}\n"
                                       "paths: {}\n"},
                                      {"f/acme/seed.yaml", "# none yet\n"}});
  ASSERT_TRUE(catalog) << catalog.error().front().Text();
  EXPECT_EQ(SeedsOf(*catalog).store().Snapshot(), Parsed("{}"));
}

// A store that begins with them shares each kind until it changes that one.
class Beginning : public ::testing::Test {
 protected:
  Beginning() { store_.BeginWith(seeds_.store()); }

  const Seeds seeds_ = ThreeSeeds();
  Store store_{10};
};

TEST_F(Beginning, CostsNothing) {
  EXPECT_EQ(store_.Snapshot(), seeds_.store().Snapshot());
  EXPECT_EQ(store_.bytes(), 0u);
}

TEST_F(Beginning, ChangesNothingForOthers) {
  Store other(10);
  other.BeginWith(seeds_.store());
  store_.PutText("a.x", "2", R"({"v":1})");
  store_.PutText("a.x", "3", "{}");
  EXPECT_TRUE(store_.Remove("a.y", "1"));
  EXPECT_EQ(store_.Snapshot(), Parsed(R"({"a.x":{"1":{},"2":{"v":1},"3":{}},"a.y":{}})"));
  EXPECT_EQ(other.Snapshot(), ThreeSeeds().store().Snapshot());
  EXPECT_EQ(seeds_.store().Snapshot(), ThreeSeeds().store().Snapshot());
}

TEST_F(Beginning, CountsWhatItChanges) {
  Store alone(10);
  alone.PutText("a.y", "1", "{}");
  alone.PutText("a.y", "2", "{}");
  store_.PutText("a.y", "2", "{}");
  EXPECT_EQ(store_.bytes(), alone.bytes());
  store_.Remove("a.y", "1");
  store_.Remove("a.y", "2");
  EXPECT_EQ(store_.bytes(), 0u);
}

// Also where nobody else has them any more.
TEST(Seeds, AreCountedByTheLastThatHasThem) {
  Store store(10);
  store.BeginWith(LaidOver(ThreeSeeds(), Parsed(R"({"a.x":{"1":{},"2":{}}})")).store());
  EXPECT_EQ(store.bytes(), 0u);
  store.Remove("a.x", "1");
  EXPECT_GT(store.bytes(), 0u);
  store.Remove("a.x", "2");
  EXPECT_EQ(store.bytes(), 0u);
  store.ReplaceKinds(Parsed(R"({"a.x":{"1":{}}})"));
  store.ReplaceKinds(Parsed(R"({"a.x":{}})"));
  EXPECT_EQ(store.bytes(), 0u);
}

TEST_F(Beginning, AsksNothingOfTheOthersForWhatIsNotThere) {
  EXPECT_FALSE(store_.Remove("a.x", "9"));
  EXPECT_EQ(store_.bytes(), 0u);
}

TEST_F(Beginning, KeepsTheBoundInBytes) {
  Store small(10, 400);
  small.BeginWith(seeds_.store());
  EXPECT_LE(small.bytes(), 400u);
  EXPECT_GT(small.bytes(), 0u);
  EXPECT_EQ(small.evicted_for_bytes(), 1u);
  EXPECT_EQ(seeds_.store().Count("a.x"), 2u);
}

// What a vendor needs to answer is not what clients have made too many of.
TEST_F(Beginning, IsKeptWhateverTheBoundInNumber) {
  Store small(1);
  small.BeginWith(seeds_.store());
  EXPECT_EQ(small.Count("a.x"), 2u);
  small.PutText("a.x", "3", "{}");
  EXPECT_EQ(small.Snapshot().Get("a.x"), Parsed(R"({"2":{},"3":{}})"));
  small.PutText("a.y", "2", "{}");
  EXPECT_EQ(small.Snapshot().Get("a.y"), Parsed(R"({"2":{}})"));
  EXPECT_EQ(seeds_.store().Count("a.x"), 2u);
}

}  // namespace
}  // namespace mockduit
