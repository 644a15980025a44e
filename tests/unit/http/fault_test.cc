#include "http/fault.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace mockduit {
namespace {

TEST(Fault, HasANameOfItsOwn) {
  std::set<std::string_view> names;
  for (const FaultKind& kind : FaultKinds()) {
    EXPECT_EQ(FaultName(kind.fault), kind.name);
    EXPECT_EQ(FaultNamed(kind.name), kind.fault);
    names.insert(kind.name);
  }
  EXPECT_EQ(names.size(), FaultKinds().size());
  EXPECT_EQ(names.size(), 7u);
}

TEST(Fault, ThatIsNoneHasNoName) {
  EXPECT_EQ(FaultName(Fault::kNone), "");
  EXPECT_EQ(FaultNamed(""), Fault::kNone);
  EXPECT_EQ(FaultNamed("malformed"), std::nullopt);
}

TEST(Fault, LosesTheAnswerUnlessItIsOnlySlow) {
  std::string lost;
  for (const FaultKind& kind : FaultKinds()) {
    if (LosesAnswer(kind.fault)) lost += std::string(kind.name) + ", ";
  }
  EXPECT_EQ(lost, "reset, empty, truncate, malformed body, malformed chunk, stall, ");
  EXPECT_FALSE(LosesAnswer(Fault::kSlow));
  EXPECT_FALSE(LosesAnswer(Fault::kNone));
}

}  // namespace
}  // namespace mockduit
