// The sections of docs/checks.md as `mockduit explain` reads them.
#include "app/check_pages.h"

#include <gtest/gtest.h>

#include "verify/check.h"
#include "verify/codes.h"

namespace mockduit {
namespace {

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
    EXPECT_EQ(page->parts.size(), 5U) << codes.check;
    EXPECT_EQ(page->findings.size(), codes.faults.size() + codes.doubts.size()) << codes.check;
  }
  EXPECT_FALSE(FindCheckPage("no-such-check"));
}

}  // namespace
}  // namespace mockduit
