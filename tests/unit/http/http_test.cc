#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/percent.h"
#include "base/text.h"
#include "http/headers.h"
#include "http/message.h"
#include "http/uri.h"
#include "http/uri_template.h"

namespace mockduit {
namespace {

TEST(Headers, FindNamesWithoutRegardToCase) {
  const Headers headers = {{"Content-Type", "a"}, {"X-Y", "b"}};
  EXPECT_EQ(headers.Find("content-TYPE"), "a");
  EXPECT_EQ(headers.Get("x-y"), "b");
  EXPECT_EQ(headers.Find("X-Z"), std::nullopt);
  EXPECT_EQ(headers.Get("X-Z"), "");
}

TEST(Headers, CompareEveryLetterWithoutRegardToCase) {
  EXPECT_TRUE(EqualsIgnoringCase("ABCXYZ", "abcxyz"));
  EXPECT_FALSE(EqualsIgnoringCase("@[", "`{"));
  EXPECT_FALSE(EqualsIgnoringCase("a", "ab"));
}

TEST(Headers, KeepRepeatedFieldsInOrder) {
  Headers headers;
  headers.Add("A", "1");
  headers.Add("B", "2");
  headers.Add("a", "3");
  EXPECT_EQ(headers.Count("A"), 2u);
  EXPECT_EQ(headers.Get("A"), "1");
  EXPECT_EQ(headers, (Headers{{"A", "1"}, {"B", "2"}, {"a", "3"}}));
}

TEST(Headers, SetReplacesEveryFieldOfTheName) {
  Headers headers = {{"A", "1"}, {"B", "2"}, {"a", "3"}};
  headers.Set("A", "4");
  EXPECT_EQ(headers, (Headers{{"B", "2"}, {"A", "4"}}));
}

TEST(Headers, RemoveTakesEveryFieldOfTheName) {
  Headers headers = {{"A", "1"}, {"B", "2"}, {"a", "3"}};
  headers.Remove("a");
  EXPECT_EQ(headers, (Headers{{"B", "2"}}));
}

TEST(Headers, PutAnotherValueIntoOneFieldAlone) {
  Headers headers = {{"A", "1"}, {"B", "2"}, {"C", "3"}};
  headers.SetValueAt(1, "longer");
  EXPECT_EQ(headers, (Headers{{"A", "1"}, {"B", "longer"}, {"C", "3"}}));
  EXPECT_EQ(headers.Find("C"), "3");
  headers.SetValueAt(0, "");
  EXPECT_EQ(headers, (Headers{{"A", ""}, {"B", "longer"}, {"C", "3"}}));
  EXPECT_EQ(headers.Find("B"), "longer");
  EXPECT_EQ(headers.Find("C"), "3");
}

TEST(Headers, AreTheLinesOfAHead) {
  const Headers headers = {{"A", "1"}, {"B", ""}};
  EXPECT_EQ(headers.lines(), "A: 1\r\nB: \r\n");
  EXPECT_EQ(headers.LineAt(1), "B: ");
  const Headers read = Headers::FromLines(std::string(headers.lines()));
  EXPECT_EQ(read, headers);
  EXPECT_EQ(read.Find("A"), "1");
  EXPECT_EQ(read.Find("B"), "");
}

TEST(Headers, HaveNoValueThatEndsItsLine) {
  Headers headers = {{"A", std::string_view("x\r\nB: 2\0", 8)}};
  EXPECT_EQ(headers.lines(), "A: x  B: 2 \r\n");
  headers.SetValueAt(0, "y\n");
  EXPECT_EQ(headers.lines(), "A: y \r\n");
}

TEST(Headers, CompareAsciiAlone) {
  EXPECT_TRUE(EqualsIgnoringCase("", ""));
  EXPECT_FALSE(EqualsIgnoringCase("a", "ab"));
  EXPECT_FALSE(EqualsIgnoringCase("[", "{")) << "these differ by the bit that makes lower case";
}

TEST(ReasonPhrase, IsThatOfTheRfcs) {
  const std::pair<int, std::string_view> kPhrases[] = {
      {200, "OK"},
      {201, "Created"},
      {404, "Not Found"},
      {405, "Method Not Allowed"},
      {422, "Unprocessable Content"},
      {429, "Too Many Requests"},
      {599, "Unknown"},
  };
  for (const auto& [status, phrase] : kPhrases) EXPECT_EQ(ReasonPhrase(status), phrase);
}

TEST(Uri, GetsAParameterBeforeItsFragment) {
  EXPECT_EQ(WithParameter("http://h/", "a", "x y"), "http://h/?a=x%20y");
  EXPECT_EQ(WithParameter("http://h/?b=1", "a", "2"), "http://h/?b=1&a=2");
  EXPECT_EQ(WithParameter("http://h/?b=1#f?", "a", "2"), "http://h/?b=1&a=2#f?");
  EXPECT_EQ(WithParameter("http://h/#f", "a", "2"), "http://h/?a=2#f");
  EXPECT_EQ(WithParameter("http://h/?", "a", "2"), "http://h/?a=2");
  EXPECT_EQ(WithParameter("http://h/?a=1&b=%20&%61=3", "a", "2"), "http://h/?a=2&b=%20");
}

TEST(Uri, PercentDecodesWhatIsEncodedAndKeepsTheRest) {
  const std::pair<std::string_view, std::string_view> kTexts[] = {
      {"a%20b", "a b"}, {"%7e%7E", "~~"}, {"%C3%A9", "é"},  {"100%", "100%"}, {"%", "%"},
      {"%4", "%4"},     {"%zz", "%zz"},   {"%2541", "%41"}, {"a+b", "a+b"},   {"", ""},
  };
  for (const auto& [encoded, text] : kTexts) EXPECT_EQ(PercentDecode(encoded), text) << encoded;
}

TEST(Uri, PercentEncodesAllButTheUnreserved) {
  EXPECT_EQ(PercentEncode("aZ9-._~"), "aZ9-._~");
  EXPECT_EQ(PercentEncode("https://a.b/c?d=é"), "https%3A%2F%2Fa.b%2Fc%3Fd%3D%C3%A9");
}

TEST(Uri, FindsTheFirstValueInAQuery) {
  const std::string_view query = "a=1&b=&c&a=2&d%20e=x+y%26&=n";
  EXPECT_EQ(QueryValue(query, "a"), "1");
  EXPECT_EQ(QueryValue(query, "b"), "");
  EXPECT_EQ(QueryValue("x=a%FFb", "x"),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(QueryValue(query, "c"), "");
  EXPECT_EQ(QueryValue(query, "d e"), "x y&");
  EXPECT_EQ(QueryValue(query, "z"), std::nullopt);
  EXPECT_EQ(QueryValue("", "a"), std::nullopt);
}

TEST(Uri, DecodesOnlyWhatNeedsNoEncoding) {
  EXPECT_EQ(DecodeUnreserved("%41%2d%7E%2F%3A%25%zz%"), "A-~%2F%3A%25%zz%");
}

TEST(Uri, HasAllValuesOfAName) {
  EXPECT_THAT(QueryValues("a=1&b=2&a=%33&a", "a"), ElementsAre("1", "3", ""));
  EXPECT_THAT(QueryValues("", "a"), ElementsAre());
}

TEST(UriTemplate, SplitsAPathIntoSegments) {
  EXPECT_THAT(SplitPath("/a//b/"), ElementsAre("a", "", "b", ""));
  EXPECT_THAT(SplitPath("/"), ElementsAre(""));
  EXPECT_THAT(SplitPath("a"), ElementsAre("a"));
}

TEST(UriTemplate, KnowsItsVariables) {
  const UriTemplate path("/v1/teams/{team_id}/{}");
  ASSERT_EQ(path.segments().size(), 4u);
  EXPECT_TRUE(path.segments()[2].is_variable);
  EXPECT_EQ(path.segments()[2].text, "team_id");
  EXPECT_FALSE(path.segments()[3].is_variable) << "a variable has a name";
  EXPECT_EQ(path.text(), "/v1/teams/{team_id}/{}");
}

// The values of a segment's variables; "none" where a text does not fit.
std::string ValuesOf(std::string_view segment, std::string_view text) {
  const UriTemplate path("/" + std::string(segment));
  std::vector<std::string_view> values;
  if (!path.segments().front().Match(text, values)) return values.empty() ? "none" : "left over";
  return Join(values, "|");
}

TEST(UriTemplate, TakesVariablesOutOfTheTextBesideThem) {
  EXPECT_EQ(ValuesOf("{id}:cancel", "5:cancel"), "5");
  EXPECT_EQ(ValuesOf("{id}.json", "a.json.json"), "a.json");
  EXPECT_EQ(ValuesOf("{a}.{b}", "archive.tar.gz"), "archive.tar|gz");
  EXPECT_EQ(ValuesOf("{a}-{b}", "x-y-z"), "x-y|z");
  EXPECT_EQ(ValuesOf("{a}-{b}", "x-y-"), "x|y-");
  EXPECT_EQ(ValuesOf("{a}-{b}", "-x"), "none");
  EXPECT_EQ(ValuesOf("v{a}", "v"), "none");
  EXPECT_EQ(ValuesOf("{a}-{b}", "--"), "none");
  EXPECT_EQ(ValuesOf("{a}-{b}", "---"), "-|-");
  EXPECT_EQ(ValuesOf("{a}{b}", "xyz"), "xy|z");
  EXPECT_EQ(ValuesOf("{a}{b}", "x"), "none");
  EXPECT_EQ(ValuesOf("{id}{ending}", "archive.tar.gz"), "archive.tar|.gz");
  EXPECT_EQ(ValuesOf("{id}{ending}", ".gz"), ".g|z") << "each has something";
  EXPECT_EQ(ValuesOf("v{a}.{b}.x", "v1.2.3.x"), "1.2|3");
  EXPECT_EQ(ValuesOf("v{a}.{b}.x", "v1.x"), "none");
  const UriTemplate path("/{a}-{b}/{c}");
  EXPECT_THAT(path.variables(), ElementsAre("a", "b", "c"));
  EXPECT_EQ(path.segments().front().TextSize(), 1u);
  EXPECT_EQ(path.segments().front().Filled("1"), "1-1");
}

TEST(UriTemplate, MatchesTheSameSegmentsWithSomethingInEachVariable) {
  const struct {
    std::string_view pattern, path;
    bool matches;
  } kCases[] = {
      {"/v1/teams/{id}/x", "/v1/teams/5/x", true},
      {"/v1/teams/{id}/x", "/v1/teams/a%2Fb/x", true},
      {"/v1/teams/{id}/x", "/v1/teams//x", false},
      {"/v1/teams/{id}/x", "/v1/teams/5/x/", false},
      {"/v1/teams/{id}/x", "/v1/teams/5", false},
      {"/v1/teams/{id}/x", "/v1/teams/5/X", false},
      {"/a b", "/a%20b", true},
      {"/", "/", true},
      {"/", "/a", false},
      {"/a/{b}", "/a/{b}", true},
      {"/{id}:cancel", "/5:cancel", true},
      {"/{id}:cancel", "/%35:c%61ncel", true},
      {"/{id}:cancel", "/5%3Acancel", false},
      {"/{id}:cancel", "/:cancel", false},
      {"/{id}:cancel", "/5:cancelled", false},
      {"/{id}.json", "/5.json.json", true},
      {"/{a}-{b}", "/abc", false},
      {"/{a}-{b}", "/a-", false},
      {"/{a}-{b}", "/a-b-c", true},
      {"/v{n}", "/v1", true},
      {"/v{n}", "/1", false},
      {"/a{b", "/a{b", true},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(UriTemplate(c.pattern).Matches(c.path), c.matches) << c.pattern << " " << c.path;
  }
}

}  // namespace
}  // namespace mockduit
