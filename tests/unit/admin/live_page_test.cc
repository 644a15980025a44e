#include "admin/live_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/engine/world.h"

namespace mockduit {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class LivePageTest : public ::testing::Test {
 protected:
  std::optional<Response> Answer(Request request, const GuardSettings& guard = {}) {
    const LivePage page({{"page.html",
                          "<h1><!--version--></h1><!--served-->|<!--choosing-->|"
                          "<!--scenarios-->|<!--sessions-->"},
                         {"page.css", "body { margin: 0; }"},
                         {"page.js", "begin();"},
                         {"icon.svg", "<svg/>"}},
                        "1.2.3", guard);
    return page.Handle(request, {BuiltInCatalog(), world_.scenarios(), world_.sessions()});
  }

  Response Page(const char* accept, const char* host = "a<b:1", const GuardSettings& guard = {}) {
    return Answer({"GET", "/", "", {{"Host", host}, {"Accept", accept}}, ""}, guard)
        .value_or(Response{404});
  }

  TestWorld world_;
};

TEST_F(LivePageTest, IsJsonForATerminal) {
  const Response response = Page("*/*");
  EXPECT_EQ(response.headers.Get("Content-Type"), "application/json");
  const Json facts = Json::Parse(response.body).value();
  EXPECT_EQ(facts.Find("vendors")->Dump(),
            R"({"airweave":"http://a<b:1","fivetran":"http://a<b:1/v1",)"
            R"("supermetrics":"http://a<b:1/v1"})");
  EXPECT_NE(facts.At("/scenarios/throttled-twice"), nullptr);
  EXPECT_EQ(facts.Find("version")->AsString(), "1.2.3");
}

TEST_F(LivePageTest, NamesEveryBaseUrlThatIsDocumented) {
  const Json facts = Json::Parse(Page("*/*", "x:1").body).value();
  EXPECT_EQ(facts.Find("base_urls")->Dump(),
            R"({"airweave":["http://x:1"],"fivetran":["http://x:1/v1"],)"
            R"("supermetrics":["http://x:1/v1","http://x:1/enterprise/v2","http://x:1/v2"]})");
}

TEST_F(LivePageTest, LeadsToTheUrlThatAVendorIsKnownBy) {
  const GuardSettings guard{.names = {.vendor_urls = {{"fivetran", "https://five.test/x/"}}}};
  const Json facts = Json::Parse(Page("*/*", "x:1", guard).body).value();
  EXPECT_EQ(facts.At("/vendors/fivetran")->AsString(), "https://five.test/x/v1");
  EXPECT_EQ(facts.At("/base_urls/fivetran/0")->AsString(), "https://five.test/x/v1");
  EXPECT_THAT(facts.At("/try/fivetran")->AsString(), HasSubstr("https://five.test/x/v1/"));
  EXPECT_EQ(facts.At("/vendors/airweave")->AsString(), "http://x:1");
  EXPECT_EQ(facts.Find("paths")->Dump(),
            R"({"airweave":"","fivetran":"/v1","supermetrics":"/v1"})");
  const std::string html = Page("text/html", "x:1", guard).body;
  EXPECT_THAT(html, HasSubstr("<div class=\"vendor\" data-root=\"https://five.test/x\">"));
  EXPECT_THAT(html, HasSubstr(">https://five.test/x/v1</code>"));
  EXPECT_THAT(html, Not(HasSubstr("http://x:1/v1/connections")));
}

TEST_F(LivePageTest, HasACallToTryForEachVendor) {
  const Json facts = Json::Parse(Page("*/*", "x:1").body).value();
  EXPECT_EQ(facts.At("/try/airweave")->AsString(),
            "curl http://x:1/collections -H 'X-API-Key: my-key'");
  EXPECT_EQ(facts.At("/try/fivetran")->AsString(),
            "curl http://x:1/v1/connections -u my-key:my-secret -H 'Accept: application/json'");
  EXPECT_EQ(
      facts.At("/try/supermetrics")->AsString(),
      "curl http://x:1/v1/teams/1/connector_builder/connectors -H 'Authorization: Bearer my-key'");
}

TEST_F(LivePageTest, IsHtmlForABrowserAndEscapesWhatWasSent) {
  const Response response = Page("text/html,application/xhtml+xml");
  EXPECT_EQ(response.headers.Get("Content-Type"), "text/html; charset=utf-8");
  EXPECT_THAT(response.body, HasSubstr("http://a&lt;b:1/v1"));
  EXPECT_THAT(response.body, Not(HasSubstr("a<b")));
  EXPECT_THAT(response.body, HasSubstr("throttled-twice"));
}

TEST_F(LivePageTest, LetsNothingRunButItsOwnFiles) {
  const std::string policy(Page("text/html").headers.Get("Content-Security-Policy"));
  EXPECT_THAT(policy, HasSubstr("default-src 'none'"));
  EXPECT_THAT(policy, HasSubstr("script-src 'self';"));
  EXPECT_THAT(policy, HasSubstr("frame-ancestors 'none'"));
  EXPECT_THAT(policy, Not(HasSubstr("unsafe")));
}

TEST_F(LivePageTest, SaysWhichCredentialsAreGood) {
  EXPECT_THAT(Page("text/html").body,
              HasSubstr("Every credential that is not empty is good; but one that begins with "
                        "&#39;invalid&#39; is unknown, and with &#39;forbidden&#39; lacks the "
                        "permission."));
}

TEST_F(LivePageTest, ListsSessionsAndMakesNone) {
  EXPECT_THAT(Page("text/html", "127.0.0.1:1").body, HasSubstr("There is no session yet"));
  EXPECT_EQ(world_.sessions().Count(), 0U);
  world_.sessions().Get("mine");
  EXPECT_THAT(Page("text/html", "127.0.0.1:1").body,
              HasSubstr("href=\"/__admin/sessions/mine/report\""));
  EXPECT_EQ(world_.sessions().Count(), 1U);
}

TEST_F(LivePageTest, ShowsNoSessionToWhomTheControlApiRefuses) {
  world_.sessions().Get("mine");
  for (const GuardSettings& guard :
       {GuardSettings{"let-me-in", false, {}}, GuardSettings{"", true, {}}}) {
    const Response response = Page("text/html", "127.0.0.1:1", guard);
    EXPECT_THAT(response.body, HasSubstr("http://127.0.0.1:1/v1"));
    EXPECT_THAT(response.body, Not(HasSubstr("mine")));
  }
  EXPECT_THAT(Page("text/html", "evil.example").body, Not(HasSubstr("mine")));
}

TEST_F(LivePageTest, GivesItsFilesAndNoOthers) {
  const auto type_of = [&](const char* path) {
    const auto answer = Answer({"GET", path, "", {}, ""});
    return answer ? std::string(answer->headers.Get("Content-Type")) : "none";
  };
  EXPECT_EQ(type_of("/__admin/page/page.js"), "text/javascript; charset=utf-8");
  EXPECT_EQ(type_of("/__admin/page/page.css"), "text/css; charset=utf-8");
  EXPECT_EQ(type_of("/favicon.ico"), "image/svg+xml");
  EXPECT_EQ(type_of("/__admin/page/page.html"), "none");
  EXPECT_EQ(type_of("/__admin/page/other.js"), "none");
  EXPECT_EQ(type_of("/v1/connections"), "none");
  EXPECT_FALSE(Answer({"POST", "/", "", {}, ""}));
}

TEST_F(LivePageTest, HasTheColorsOfTheReport) {
  const auto css = Answer({"GET", "/__admin/page/page.css", "", {}, ""});
  EXPECT_THAT(css->body, HasSubstr("color-scheme: light dark"));
  EXPECT_THAT(css->body, HasSubstr("body { margin: 0; }"));
}

}  // namespace
}  // namespace mockduit
