#include "http/media_type.h"

#include <gtest/gtest.h>

#include <optional>

namespace mockduit {
namespace {

TEST(MediaType, TellsTheKindOfABody) {
  const std::pair<std::string_view, BodyKind> kTypes[] = {
      {"application/json", BodyKind::kJson},
      {"Application/JSON; charset=utf-8", BodyKind::kJson},
      {"application/vnd.acme.v2+json", BodyKind::kJson},
      {"text/json", BodyKind::kJson},
      {"+json", BodyKind::kBytes},
      {"application/x-www-form-urlencoded", BodyKind::kForm},
      {"multipart/form-data; boundary=x", BodyKind::kMultipart},
      {"text/csv", BodyKind::kText},
      {"application/xml", BodyKind::kText},
      {"image/svg+xml", BodyKind::kText},
      {"application/octet-stream", BodyKind::kBytes},
      {"image/png", BodyKind::kBytes},
      {"text/*", BodyKind::kText},
      {"*/*", BodyKind::kBytes},
      {"junk", BodyKind::kBytes},
      {"", BodyKind::kBytes},
  };
  for (const auto& [type, kind] : kTypes) EXPECT_EQ(KindOfType(type), kind) << type;
}

TEST(MediaType, IsTwoWords) {
  for (const char* type : {"a/b", "application/vnd.a+json; v=1", "*/*", "text/*"}) {
    EXPECT_TRUE(IsMediaType(type)) << type;
  }
  for (const char* type : {"", "a", "a/", "/b", "a b/c", "*/b", "a/b/c"}) {
    EXPECT_FALSE(IsMediaType(type)) << type;
  }
  EXPECT_TRUE(IsMediaRange("text/*; q=1"));
  EXPECT_FALSE(IsMediaRange("text/plain"));
}

TEST(MediaType, HasParametersWithAndWithoutQuotes) {
  EXPECT_EQ(MediaParameter("a/b; Boundary=x", "boundary"), "x");
  EXPECT_EQ(MediaParameter("a/b;boundary=\"x;y\\\"z\" ; c=1", "boundary"), "x;y\"z");
  EXPECT_EQ(MediaParameter("a/b;boundary=\"x;y\" ; c=1", "c"), "1");
  EXPECT_EQ(MediaParameter("a/b; boundary", "boundary"), "");
  EXPECT_EQ(MediaParameter("a/b", "boundary"), std::nullopt);
}

TEST(MediaType, IsTakenTheMoreCloselyTheMoreARangeSays) {
  EXPECT_EQ(Closeness("*/*", "text/csv"), 1);
  EXPECT_EQ(Closeness("text/*", "text/csv"), 2);
  EXPECT_EQ(Closeness("TEXT/csv", "text/CSV; header=absent"), 3);
  EXPECT_EQ(Closeness("text/csv; header=absent", "text/csv; header=absent"), 4);
  EXPECT_EQ(Closeness("text/csv; header=present", "text/csv; header=absent"), 0);
  EXPECT_EQ(Closeness("application/json; version=2", "application/json"), 3)
      << "the type says nothing against it";
  EXPECT_EQ(Closeness("text/csv;q=0.1", "text/csv"), 3);
  EXPECT_EQ(Closeness("text/*", "application/json"), 0);
  EXPECT_EQ(Closeness("*/json", "application/json"), 0);
}

TEST(MediaType, IsFoundInsideARange) {
  EXPECT_EQ(TypeInside("image/*", "", true), "image/png");
  EXPECT_EQ(TypeInside("IMAGE/*", "text/html, image/*", true), "image/png");
  EXPECT_EQ(TypeInside("image/*", "image/gif;q=0.5, image/webp;q=0.9;x=1", true), "image/webp");
  EXPECT_EQ(TypeInside("image/*", "image/gif;q=0", true), "image/png");
  EXPECT_EQ(TypeInside("text/*", "text/html", true), "text/html");
  EXPECT_EQ(TypeInside("text/*", "text/json", true), "text/plain") << "a text is no JSON";
  EXPECT_EQ(TypeInside("application/*", "", false), "application/json");
  EXPECT_EQ(TypeInside("*/*", "application/xml, a/b+json", false), "a/b+json");
  EXPECT_EQ(TypeInside("*/*", "", true), "text/plain");
  EXPECT_EQ(TypeInside("model/*", "", true), "model/example");
}

TEST(Accept, TakesSomeOfARange) {
  EXPECT_TRUE(AcceptsSome("", "image/*"));
  EXPECT_TRUE(AcceptsSome("*/*", "image/*"));
  EXPECT_TRUE(AcceptsSome("text/html, image/*;q=0.1", "image/*"));
  EXPECT_TRUE(AcceptsSome("image/webp", "image/*"));
  EXPECT_TRUE(AcceptsSome("image/webp", "*/*"));
  EXPECT_FALSE(AcceptsSome("image/webp;q=0", "image/*"));
  EXPECT_FALSE(AcceptsSome("text/html", "image/*"));
}

TEST(Accept, WeighsATypeByTheClosestRange) {
  EXPECT_EQ(WeightOf("", "a/b"), 1000);
  EXPECT_EQ(WeightOf("  ", "a/b"), 1000);
  EXPECT_EQ(WeightOf("a/b;q=0.3", "a/b"), 300);
  EXPECT_EQ(WeightOf("*/*, a/b;q=0", "a/b"), 0) << "q=0 rules it out";
  EXPECT_EQ(WeightOf("a/b;q=0, */*", "a/b"), 0) << "in any order";
  EXPECT_EQ(WeightOf("*/*;q=0.1, a/*;q=0.5", "a/b"), 500);
  EXPECT_EQ(WeightOf("c/d", "a/b"), 0);
  EXPECT_EQ(WeightOf("a/b;q=7", "a/b"), 1000);
  EXPECT_EQ(WeightOf("a/b;q=-1", "a/b"), 0);
  EXPECT_EQ(WeightOf("a/b;q=x", "a/b"), 1000);
  EXPECT_EQ(WeightOf("c/d;x=\"a/b, a/b\"", "a/b"), 0) << "quotes hold commas";
}

TEST(Accept, ChoosesTheTypeThatItLikesBest) {
  const std::vector<std::string_view> types = {"application/json", "text/csv"};
  EXPECT_EQ(ChooseType("", types), 0u);
  EXPECT_EQ(ChooseType("*/*", types), 0u);
  EXPECT_EQ(ChooseType("text/csv", types), 1u);
  EXPECT_EQ(ChooseType("application/json;q=0.5, text/*;q=0.6", types), 1u);
  EXPECT_EQ(ChooseType("application/json;q=0, */*;q=0.1", types), 1u);
  EXPECT_EQ(ChooseType("image/png", types), std::nullopt);
  EXPECT_EQ(ChooseType("*/*;q=0", types), std::nullopt);
}

}  // namespace
}  // namespace mockduit
