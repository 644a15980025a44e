#include "contract/language/filter.h"

#include <gtest/gtest.h>

#include "base/time.h"

namespace mockduit {
namespace {

const std::int64_t kNow = ParseTime("2026-01-15T10:00:00Z")->time_since_epoch().count() / 1'000'000;

std::string Of(std::string_view filter, const char* value, const char* until = "null") {
  const auto parsed = Filter::Parse(filter);
  if (!parsed) return parsed.error().message;
  return parsed->Of(*Json::Parse(value), kNow, *Json::Parse(until)).Dump();
}

TEST(Filter, ChangesValues) {
  const struct {
    const char *filter, *value, *gives;
  } kCases[] = {
      {"slug", R"("  My Conn: 2!  ")", R"("my-conn-2")"},
      {"hyphens", R"("_a_b")", R"("-a-b")"},
      {"base64url", R"("{\"skip\":2}")", R"("eyJza2lwIjoyfQ")"},
      {"from_base64url", R"("eyJza2lwIjoyfQ")", R"("{\"skip\":2}")"},
      {"from_base64url", R"("no text")", R"("")"},
      {"base64", R"("a?~>b")", R"("YT9+PmI=")"},
      {"text", "443", R"("443")"},
      {"upper", R"("aB")", R"("AB")"},
      {"lower", R"("aB")", R"("ab")"},
      {"length", R"([1,2])", "2"},
      {"length", "null", "0"},
      {"any", "[]", "false"},
      {"any", "3", "true"},
      {"flag", R"("true")", "true"},
      {"flag", R"("yes")", "null"},
      {"not", "true", "false"},
      {"not", R"("true")", "false"},
      {"not", "null", "true"},
      {"percent", R"("a b/é~")", R"("a%20b%2F%C3%A9~")"},
      {"uuid", R"("{7F3C1E529B644D0A8A5E2C6F0B9D4E11}")",
       R"("7f3c1e52-9b64-4d0a-8a5e-2c6f0b9d4e11")"},
      {"uuid", R"("no")", R"("no")"},
      {"join \"; \"", R"(["a",2])", R"("a; 2")"},
      {"join \"; \"", "[]", "null"},
      {"date", R"("2026-01-15T10:00:00Z")", R"("2026-01-15")"},
      {"next_run", R"("0 */6 * * *")", R"("2026-01-15T12:00:00Z")"},
      {"next_run", R"("@daily")", "null"},
      {"moment", R"("2026-01-16T10:00:00+02:00")", R"("2026-01-16T08:00:00Z")"},
      {"moment", R"("10 hours")", R"("2026-01-15T20:00:00Z")"},
      {"moment", R"("+1 Day")", R"("2026-01-16T10:00:00Z")"},
      {"first 5", R"("abcdefg")", R"("abcde")"},
      {"first 5", R"("abc")", R"("abc")"},
      {"first 2", R"("aé€")", R"("aé")"},
      {"length", R"("aé€")", "3"},
      {"date", R"("2026-01-1é:00")", R"("2026-01-1é")"},
      {"times 9", "9e300", "null"},
      {"lacks x", R"([{"name":"a"}])", R"(["a"])"},
      {"plus 2", "3", "5"},
      {"plus -1", "3", "2"},
      {"times 0.25", "31", "7"},
      {"stars", R"("secret")", R"("***")"},
      {"moment", "1769904000", R"("2026-02-01T00:00:00Z")"},
      {"moment", R"("tomorrow")", "null"},
      {"moment", "99999999999999", "null"},
      {"zone +00:00", R"("2026-01-15T10:00:00Z")", R"("2026-01-15T10:00:00+00:00")"},
      {"zone +0000", R"("2026-01-15T10:00:00+01:00")", R"("2026-01-15T10:00:00+01:00")"},
      {"seconds_since", R"("2026-01-15T09:59:30.000000")", "30"},
      {"pluck id", R"([{"id":1},{"id":2}])", "[1,2]"},
      {"wrap email", R"(["a","b"])", R"([{"email":"a"},{"email":"b"}])"},
  };
  for (const auto& [filter, value, gives] : kCases) {
    EXPECT_EQ(*Json::Parse(Of(filter, value)), *Json::Parse(gives)) << filter << " of " << value;
  }
}

TEST(Filter, LooksAtAnotherValue) {
  EXPECT_EQ(Of("days_later x", R"("2024-02-28")", "2"), R"("2024-03-01")");
  EXPECT_EQ(Of("days_later x", R"("2024-02-28")", "1000000000000000000"), "null");
  EXPECT_EQ(Of("minus x", "5", "7"), "-2");
  EXPECT_EQ(Of("minus x", "9223372036854775807", "-1"), "null");
  EXPECT_EQ(Of("minus x", "5", "null"), "5");
  EXPECT_EQ(Of("when x", "5", "true"), "5");
  EXPECT_EQ(Of("when x", "5", R"("true")"), "5");
  EXPECT_EQ(Of("when x", "5", R"("yes")"), "null");
}

TEST(Filter, CountsBothDays) {
  EXPECT_EQ(Of("days_until x", R"("2024-01-01")", R"("2024-01-31")"), "31");
  EXPECT_EQ(Of("days_until x", R"("2024-01-31")", R"("2024-01-01")"), "1");
}

TEST(Filter, FindsTheFieldsThatAreRequiredAndLacking) {
  const char* fields =
      R"([{"name":"a","required":true},{"name":"b","required":false},{"name":"c"}])";
  EXPECT_EQ(Of("lacks request.body", fields, R"({"a":null})"), R"(["c"])");
  EXPECT_EQ(Of("lacks request.body", fields), R"(["a","c"])");
  EXPECT_EQ(Of("lacks request.body", "null"), "[]");
}

TEST(Filter, LeavesOutWhatAnotherListHas) {
  EXPECT_EQ(Of("except x", R"(["a","b","c"])", R"(["c","a","d"])"), R"(["b"])");
  EXPECT_EQ(Of("except x", R"(["a"])"), R"(["a"])");
  EXPECT_EQ(Of("except x", R"("a")", R"(["a"])"), "[]");
}

TEST(Filter, PutsParametersIntoTheQueryOfAUrl) {
  const char* answer = R"({"status":"ok","id":5})";
  EXPECT_EQ(Of("with_query x", R"("https://a/b")", answer), R"("https://a/b?status=ok&id=5")");
  EXPECT_EQ(Of("with_query x", R"("https://a/?id=1&b=2#/done?x")", answer),
            R"("https://a/?id=5&b=2&status=ok#/done?x")");
  EXPECT_EQ(Of("with_query x", R"("https://a")", "null"), R"("https://a")");
}

TEST(Filter, LeavesNullAlone) {
  for (const char* filter : {"slug", "text", "next_run", "pluck x", "seconds_since"}) {
    EXPECT_EQ(Of(filter, "null"), "null") << filter;
  }
}

TEST(Filter, SaysWhatItDoesNotKnow) {
  EXPECT_TRUE(Of("slugg", "1").ends_with("; did you mean 'slug'?"));
  EXPECT_EQ(Of("pluck", "1"), "the filter 'pluck' needs a name behind it");
  EXPECT_EQ(Of("slug x", "1"), "the filter 'slug' takes nothing behind it");
}

}  // namespace
}  // namespace mockduit
