// What stores and journals hold is counted, and bounded.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/memory_account.h"
#include "session/journal.h"
#include "session/store.h"

namespace mockduit {
namespace {

const std::string kText(1'000, 'x');

TEST(Memory, OfAStoreIsCountedWithItsResources) {
  Store store(10);
  store.Put("v.thing", "a", kText);
  const std::size_t one = store.bytes();
  EXPECT_GT(one, kText.size());
  store.Put("v.thing", "b", kText);
  EXPECT_EQ(store.bytes(), 2 * one);
  store.Put("v.thing", "b", "short");
  EXPECT_LT(store.bytes(), 2 * one - 900);
  store.Remove("v.thing", "b");
  EXPECT_EQ(store.bytes(), one);
  store.Clear();
  EXPECT_EQ(store.bytes(), 0u);
}

TEST(Memory, OfAStoreThatIsFullGoesFromTheKindThatHasMost) {
  Store store(100, 5'000);
  store.Put("v.small", "s", "x");
  for (const char* id : {"a", "b", "c"}) store.Put("v.large", id, kText);
  const auto evicted = store.Put("v.other", "o", std::string(1'500, 'x'));
  ASSERT_EQ(evicted.size(), 1u);
  EXPECT_EQ(evicted.front().kind, "v.large");
  EXPECT_EQ(evicted.front().id, "a");
  EXPECT_TRUE(store.Has("v.small", "s"));
  EXPECT_EQ(store.evicted_for_bytes(), 1u);
  EXPECT_LE(store.bytes(), 5'000u);
}

TEST(Memory, OfAStoreHoldsWhatWasPutLastHoweverLongItIs) {
  Store store(100, 500);
  store.Put("v.thing", "a", "x");
  store.Put("v.thing", "b", kText);
  EXPECT_EQ(store.Count("v.thing"), 1u);
  EXPECT_TRUE(store.Has("v.thing", "b"));
  store.Put("v.thing", "b", kText);
  EXPECT_TRUE(store.Has("v.thing", "b"));
}

TEST(Memory, IsCountedTogether) {
  const auto account = std::make_shared<MemoryAccount>();
  {
    Store store(10);
    store.Put("v.thing", "a", kText);
    store.SetAccount(account);
    EXPECT_EQ(account->bytes(), store.bytes());
    Journal journal({.exchanges = 2, .bytes = 1'000'000});
    journal.SetAccount(account);
    for (int i = 0; i < 3; ++i) journal.Add(kText, nullptr);
    EXPECT_EQ(journal.bytes(), 2 * kText.size());
    store.Put("v.thing", "b", kText);
    EXPECT_EQ(account->bytes(), store.bytes() + journal.bytes());
  }
  EXPECT_EQ(account->bytes(), 0u);
}

TEST(Memory, MovesWithAShareAndIsNotCopied) {
  const auto account = std::make_shared<MemoryAccount>();
  MemoryShare first;
  first.Add(10);
  first.SetAccount(account);
  MemoryShare second = std::move(first);
  EXPECT_EQ(account->bytes(), 10u);
  {
    const MemoryShare copy = second;
    EXPECT_EQ(account->bytes(), 10u);
  }
  MemoryShare third;
  third.Add(5);
  third.SetAccount(account);
  third = std::move(second);
  EXPECT_EQ(account->bytes(), 10u);
  third = {};
  EXPECT_EQ(account->bytes(), 0u);
}

}  // namespace
}  // namespace mockduit
