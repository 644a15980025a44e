#include "app/machine_memory.h"

#include <gtest/gtest.h>

namespace mockduit {
namespace {

constexpr std::size_t kMiB = 1024UZ * 1024;

TEST(MachineMemory, IsThere) { EXPECT_GT(MachineMemory(), 16 * kMiB); }

TEST(MachineMemory, IsGivenToSessionsByAQuarterWithinBounds) {
  EXPECT_EQ(DefaultMaxMemory(100 * kMiB), 64 * kMiB);
  EXPECT_EQ(DefaultMaxMemory(2'048 * kMiB), 512 * kMiB);
  EXPECT_EQ(DefaultMaxMemory(1'000'000 * kMiB), 4'096 * kMiB);
}

}  // namespace
}  // namespace mockduit
