#include "base/lazy.h"

#include <gtest/gtest.h>

#include <memory>

namespace mockduit {
namespace {

TEST(Lazy, IsMadeOnceWhenItIsAskedFor) {
  int made = 0;
  const Lazy<int> lazy([&] { return ++made; });
  EXPECT_EQ(made, 0);
  EXPECT_EQ(lazy.Get(), 1);
  EXPECT_EQ(lazy.Get(), 1);
}

TEST(Lazy, LetsGoOfWhatPasses) {
  std::weak_ptr<int> seen;
  int made = 0;
  const Lazy<std::shared_ptr<int>> lazy([&] { return std::make_shared<int>(++made); });
  const auto see = [&](const std::shared_ptr<int>& value) {
    seen = value;
    return *value;
  };
  EXPECT_EQ(lazy.Passing(see), 1);
  EXPECT_TRUE(seen.expired());
  EXPECT_EQ(lazy.Passing(see), 2) << "it is made anew";
  EXPECT_EQ(*lazy.Get(), 3);
  EXPECT_EQ(lazy.Passing(see), 3) << "what is there stays there";
  EXPECT_FALSE(seen.expired());
}

}  // namespace
}  // namespace mockduit
