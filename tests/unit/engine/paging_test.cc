#include "engine/paging.h"

#include <gtest/gtest.h>

#include "base/crypto.h"

namespace mockduit {
namespace {

Paging PagingOf(Paging::Style style) {
  Paging paging;
  paging.style = style;
  paging.limit = "limit";
  paging.start = "start";
  paging.default_limit = 10;
  paging.maximum_limit = 50;
  return paging;
}

// "skip limit"; "none" where the cursor is bad.
std::string Skipped(const Paging& paging, std::string_view query) {
  const auto page = ReadPage(paging, query);
  return page ? std::to_string(page->skip) + " " + std::to_string(page->limit) : "none";
}

std::string Cursor(std::string_view json) { return "start=" + Base64UrlEncode(json); }

TEST(ReadPage, TakesTheLimitUpToTheMaximum) {
  const Paging paging = PagingOf(Paging::Style::kOffset);
  EXPECT_EQ(Skipped(paging, ""), "0 10");
  EXPECT_EQ(Skipped(paging, "limit=50"), "0 50");
  EXPECT_EQ(Skipped(paging, "limit=51"), "0 50");
  EXPECT_EQ(Skipped(paging, "limit=many"), "0 10");
}

TEST(ReadPage, BeginsWhereTheOffsetSays) {
  const Paging paging = PagingOf(Paging::Style::kOffset);
  EXPECT_EQ(Skipped(paging, "start=7&limit=2"), "7 2");
  EXPECT_EQ(Skipped(paging, "start=-7"), "0 10");
}

TEST(ReadPage, BeginsWhereACursorOfItsOwnSays) {
  const Paging paging = PagingOf(Paging::Style::kCursor);
  EXPECT_EQ(Skipped(paging, Cursor(R"({"skip":7})")), "7 10");
  EXPECT_EQ(Skipped(paging, Cursor(R"({"skip":0})")), "0 10");
  PageOf listed;
  listed.items = {Json(1), Json(2)};
  EXPECT_EQ(Skipped(paging, "start=" + NextPage(paging, {3, 10}, listed)), "5 10");
}

TEST(ReadPage, RefusesACursorThatIsNone) {
  const Paging paging = PagingOf(Paging::Style::kCursor);
  EXPECT_EQ(Skipped(paging, "start=7"), "none");
  EXPECT_EQ(Skipped(paging, "start=!"), "none");
  EXPECT_EQ(Skipped(paging, Cursor("{}")), "none");
  EXPECT_EQ(Skipped(paging, Cursor(R"({"skip":-1})")), "none");
}

TEST(ReadPage, HasOnePageAloneWhereNoParameterSaysWhereToBegin) {
  Paging paging = PagingOf(Paging::Style::kOffset);
  paging.start.clear();
  EXPECT_EQ(Skipped(paging, "start=7"), "0 10");
}

TEST(ReadPage, GivesAllWhereThereAreNoPages) {
  const auto page = ReadPage(PagingOf(Paging::Style::kWhole), "start=7&limit=2");
  EXPECT_EQ(page->skip, 0U);
  EXPECT_GT(page->limit, 1'000'000'000U);
}

}  // namespace
}  // namespace mockduit
