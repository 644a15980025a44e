#include "http/problem.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace mockduit {
namespace {

Json BodyOf(const Response& response) {
  EXPECT_EQ(response.headers.Get("Content-Type"), "application/problem+json");
  return Json::Parse(response.body).value_or(Json());
}

TEST(Problem, HasTheStatusAndTheTitleOfItsKind) {
  const Response response = ProblemAnswer(ProblemId::kNoCall, "there is no /x");
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(
      BodyOf(response).Dump(),
      R"({"type":"about:blank","title":"No such call","status":404,"detail":"there is no /x"})");
}

TEST(Problem, TakesFurtherMembers) {
  const Response response =
      ProblemAnswer(ProblemId::kUnknownScenario, "x", {{"nearest", Json::MakeArray({"a", "b"})}});
  EXPECT_EQ(BodyOf(response).Get("nearest").Dump(), R"(["a","b"])");
}

TEST(Problem, IsUtf8WhateverTheDetailQuotes) {
  EXPECT_EQ(BodyOf(ProblemAnswer(ProblemId::kBadRequest, "\xFF")).Get("detail").AsString(),
            "\uFFFD");
}

TEST(Problem, OfARefusalIsNamedByItsStatus) {
  const Response response = RefusedAnswer(413, "too long");
  EXPECT_EQ(response.status, 413);
  EXPECT_EQ(BodyOf(response).Get("title").AsString(), "Content Too Large");
}

TEST(Problem, IsAnErrorUnderATitleOfItsOwn) {
  std::set<std::string_view> titles;
  for (const ProblemKind& kind : ProblemKinds()) {
    EXPECT_EQ(&KindOf(kind.id), &kind);
    EXPECT_GE(kind.status, 400) << kind.title;
    EXPECT_NE(ReasonPhrase(kind.status), "Unknown") << kind.title;
    EXPECT_TRUE(titles.insert(kind.title).second) << kind.title << " is the title of two";
  }
}

}  // namespace
}  // namespace mockduit
