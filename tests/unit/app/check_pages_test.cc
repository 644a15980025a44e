// The sections of docs/checks.md as `mockduit explain` reads them.
#include "app/check_pages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "verify/check.h"
#include "verify/codes.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;

TEST(CheckPages, ReadASectionWithoutItsMarks) {
  const CheckPage page = ReadCheckPage(
      "\nA call that `fails` is\nmade again.\n\n"
      "- **Looks at** the [waits](#waits) and, after\n  that, [RFC 1](https://example.com/1).\n"
      "- **No fault**: to wait; [`x`](a.md) and [never closed\n\n"
      "| parameter | default | is |\n|---|---|---|\n| `least` | `10ms` | a wait |\n\n"
      "| finding | means | to mend it |\n|---|---|---|\n| `too-soon` | It `came` early. | Wait. "
      "|\n\n"
      "```sh\n| `not` | a | row |\n```\n");
  EXPECT_EQ(page.opening, "A call that fails is made again.");
  ASSERT_EQ(page.parts.size(), 2U);
  EXPECT_EQ(page.parts[0].first, "Looks at");
  EXPECT_EQ(page.parts[0].second, "the waits and, after that, RFC 1 (https://example.com/1).");
  EXPECT_EQ(page.parts[1].first, "No fault");
  EXPECT_EQ(page.parts[1].second, "to wait; x and [never closed");
  ASSERT_EQ(page.findings.size(), 1U);
  EXPECT_EQ(page.findings[0].slug, "too-soon");
  EXPECT_EQ(page.findings[0].means, "It came early.");
  EXPECT_EQ(page.findings[0].mending, "Wait.");
  EXPECT_TRUE(ReadCheckPage("").parts.empty());
}

TEST(CheckPages, AreThereForEveryCheckWithAllOfItsFindings) {
  for (const CheckCodes& codes : AllCheckCodes()) {
    const auto page = FindCheckPage(codes.check);
    ASSERT_TRUE(page) << codes.check;
    std::vector<std::string> names;
    for (const auto& [name, text] : page->parts) {
      if (name != "In doubt") names.push_back(name);
    }
    EXPECT_THAT(names, ElementsAre("Looks at", "Not exercised", "Fails", "No fault", "Stands on"))
        << codes.check;
    EXPECT_EQ(page->findings.size(), codes.faults.size() + codes.doubts.size()) << codes.check;
  }
  EXPECT_FALSE(FindCheckPage("no-such-check"));
}

}  // namespace
}  // namespace mockduit
