#include "session/snapshot.h"
#include "unit/parsed.h"

#include <gtest/gtest.h>

namespace mockduit {
namespace {

TEST(Snapshot, TellsWhatChanged) {
  const Json before = Parsed(R"({"a.x":{"1":{"v":1},"2":{"v":2}},"a.y":{"1":{}}})");
  const Json after = Parsed(R"({"a.x":{"2":{"v":3},"3":{}},"b.z":{"9":{}}})");
  EXPECT_EQ(DiffSnapshots(before, after).Dump(),
            R"({"added":{"a.x":{"3":{}},"b.z":{"9":{}}},"removed":{"a.x":{"1":{"v":1}},)"
            R"("a.y":{"1":{}}},"changed":{"a.x":{"2":{"before":{"v":2},"after":{"v":3}}}}})");
  EXPECT_EQ(DiffSnapshots(after, after).Dump(), R"({"added":{},"removed":{},"changed":{}})");
}

TEST(Snapshot, SaysWhatIsNone) {
  const std::pair<const char*, const char*> kCases[] = {
      {"[]", "the store must be an object of kinds"},
      {R"({"x":{}})", "'x' is no kind; a kind is written as vendor.kind"},
      {R"({"a.x":[]})", "a.x must be an object of ids to resources"},
      {R"({"a.x":{"1":5}})", "a.x '1' must be an object"},
  };
  for (const auto& [text, message] : kCases) {
    const auto checked = CheckSnapshot(Parsed(text));
    ASSERT_FALSE(checked) << text;
    EXPECT_EQ(checked.error().message, message);
  }
}

}  // namespace
}  // namespace mockduit
