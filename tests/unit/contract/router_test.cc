#include "contract/router.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/contract/acme.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;

class RouterTest : public ::testing::Test {
 protected:
  // "vendor.operation/edition …", or the methods that the path has, or "nothing".
  std::string Found(std::string_view method, std::string_view path, const char* pinned = "") {
    const Route route = router_.Find(method, path, catalog_.FindVendor(pinned));
    std::string text;
    if (route.vendor == nullptr) {
      for (const Vendor* vendor : route.nearby) text += " " + vendor->name;
      return text.empty() ? "nothing" : "near" + text;
    }
    for (const auto& [operation, variant] : route.ways) {
      text += (text.empty() ? "" : " ") + operation->name + "/" + operation->contract->edition;
      if (!variant.empty()) text += " as " + std::string(variant);
    }
    for (const Operation* operation : route.beside) text += operation->method + " ";
    return text;
  }

  const Catalog catalog_ = LoadedCatalog({
      {"f/a/1.yaml", TinyContract("a", "1", "post", "/v1/things", ", default: true")},
      {"f/a/2.yaml", TinyContract("a", "2", "post", "/v1/things")},
      {"f/a/3.yaml", TinyContract("a", "3", "get", "/v1/things/{id}")},
      {"f/a/4.yaml", TinyContract("a", "4", "put", "/v1/things/{id}/parts/{part}")},
      {"f/a/5.yaml", TinyContract("a", "5", "delete", "/v1/things/latest")},
      {"f/b/1.yaml", TinyContract("b", "1", "get", "/v1/things", ", trailing_slash: true")},
      {"f/b/2.yaml", TinyContract("b", "2", "patch", "/b-only", ", trailing_slash: true")},
      {"f/b/3.yaml", TinyContract("b", "3", "patch", "/hooks/{id}",
                                  ", trailing_slash: true, slash_counts: [/hooks]")},
  });
  const Router router_{catalog_};
};

TEST(RouterOfMixedSegments, PrefersMoreText) {
  const Catalog catalog = LoadedCatalog({
      {"f/a/1.yaml", TinyContract("a", "1", "get", "/w/{id}", ", default: true")},
      {"f/a/2.yaml", TinyContract("a", "2", "get", "/w/{id}:cancel")},
      {"f/a/3.yaml", TinyContract("a", "3", "get", "/w/{id}.json")},
      {"f/a/4.yaml", TinyContract("a", "4", "get", "/w/{a}:{b}")},
      {"f/a/5.yaml", TinyContract("a", "5", "get", "/w/all")},
      {"f/a/6.yaml", TinyContract("a", "6", "get", "/w/{name}.json/x")},
  });
  const Router router(catalog);
  const auto found = [&](std::string_view path) {
    const Route route = router.Find("GET", path, nullptr);
    std::string text =
        route.ways.empty() ? "nothing" : route.ways.front().operation->contract->edition;
    for (const std::string& value : route.path_values) text += " " + value;
    return text;
  };
  EXPECT_EQ(found("/w/5"), "1 5");
  EXPECT_EQ(found("/w/5:cancel"), "2 5");
  EXPECT_EQ(found("/w/5:cance%6C"), "2 5");
  EXPECT_EQ(found("/w/5%3Acancel"), "1 5:cancel") << "an encoded colon is of the value";
  EXPECT_EQ(found("/w/a%2Fb.json"), "3 a/b");
  EXPECT_EQ(found("/w/a:b"), "4 a b");
  EXPECT_EQ(found("/w/%61ll"), "5");
  EXPECT_EQ(found("/w/5.json/x"), "6 5");
  EXPECT_EQ(found("/w/.json"), "1 .json");
  EXPECT_EQ(found("/w/5/x"), "nothing");
}

TEST_F(RouterTest, FindsTheOperationsOfEveryEdition) {
  EXPECT_EQ(Found("POST", "/v1/things"), "a.post_it/1 a.post_it/2");
}

TEST_F(RouterTest, FindsTheVendorThatHasTheMethod) {
  EXPECT_EQ(Found("GET", "/v1/things"), "b.get_it/1");
}

TEST_F(RouterTest, LooksUpHeadAsGet) {
  EXPECT_EQ(Found("HEAD", "/v1/things"), "b.get_it/1");
  EXPECT_EQ(Found("HEAD", "/b-only"), "PATCH ");
}

TEST_F(RouterTest, StaysWithAPinnedVendor) {
  EXPECT_EQ(Found("POST", "/v1/things", "b"), "GET ");
  EXPECT_EQ(Found("GET", "/v1/things", "a"), "POST POST ") << "of two editions";
  EXPECT_EQ(Found("PATCH", "/b-only", "a"), "nothing");
}

TEST_F(RouterTest, TellsWhatAKnownPathHasBesideAWrongMethod) {
  EXPECT_EQ(Found("PATCH", "/v1/things"), "POST POST ") << "of the first vendor that has it";
  EXPECT_EQ(Found("post", "/v1/things"), "POST POST ") << "methods are in upper case";
}

TEST_F(RouterTest, PrefersALiteralSegmentToAVariable) {
  EXPECT_EQ(Found("DELETE", "/v1/things/latest"), "a.delete_it/5");
}

TEST_F(RouterTest, FallsBackToTheVariableWhereTheLiteralLacksTheMethod) {
  EXPECT_EQ(Found("GET", "/v1/things/latest"), "a.get_it/3");
  EXPECT_EQ(Found("PUT", "/v1/things/latest/parts/1"), "a.put_it/4");
}

TEST_F(RouterTest, TakesATrailingSlashOnlyWhereTheVendorDoes) {
  EXPECT_EQ(Found("GET", "/v1/things/"), "b.get_it/1");
  EXPECT_EQ(Found("PATCH", "/b-only/"), "b.patch_it/2");
  EXPECT_EQ(Found("POST", "/v1/things/", "a"), "near a");
  EXPECT_EQ(Found("PATCH", "/b-only//"), "nothing");
  EXPECT_EQ(Found("PATCH", "/hooks/1"), "b.patch_it/3");
  EXPECT_EQ(Found("PATCH", "/hooks/1/"), "near b") << "where a slash counts";
}

TEST_F(RouterTest, FindsNothingAtAnUnknownPath) {
  for (const char* path :
       {"/", "", "/v1", "/v1/thing", "/v1/Things", "//v1/things", "/v1//things", "/v2/things/1"}) {
    EXPECT_EQ(Found("GET", path), "nothing") << path;
  }
}

TEST_F(RouterTest, TellsWhoHasPathsBesideAnUnknownOne) {
  EXPECT_EQ(Found("GET", "/v1/things/1/nothing"), "near a");
  EXPECT_EQ(Found("GET", "/v1/things/1/2/3/4"), "near a");
  EXPECT_EQ(Found("GET", "/v1/things/nothing/at/all", "b"), "near b");
  EXPECT_EQ(Found("GET", "/b-only/x"), "near b") << "the path itself is one";
  EXPECT_EQ(Found("GET", "/v1/x"), "nothing") << "a beginning that all could have";
}

TEST_F(RouterTest, KnowsPathsByTheirOtherNames) {
  const std::string aliases = ", aliases: [{from: /old, to: /v1/things, variant: legacy}]";
  const Catalog catalog = LoadedCatalog(
      {{"f/a/1.yaml",
        Replaced(TinyContract("a", "1", "get", "/v1/things/{id}", aliases), "s}}",
                 "s}, content: {application/json: {examples: {legacy: {value: 1}}}}}")}});
  const Route route = Router(catalog).Find("GET", "/old/7", nullptr);
  ASSERT_EQ(route.ways.size(), 1u);
  EXPECT_EQ(route.ways.front().variant, "legacy");
  EXPECT_EQ(route.PathValue(*route.ways.front().operation, "id"), "7");
  EXPECT_TRUE(Router(catalog).Find("GET", "/older/7", nullptr).ways.empty());
}

TEST_F(RouterTest, KnowsAllPathsBelowAnotherBeginning) {
  const auto finds = [](const std::string& alias, const std::string& path) {
    const Catalog catalog =
        LoadedCatalog({{"f/a/1.yaml", TinyContract("a", "1", "get", "/v1/things/{id}",
                                                   ", aliases: [" + alias + "]")}});
    return !Router(catalog).Find("GET", path, nullptr).ways.empty();
  };
  EXPECT_TRUE(finds("{from: /new, to: /}", "/new/v1/things/7"));
  EXPECT_TRUE(finds("{from: /new, to: /}", "/v1/things/7"));
  EXPECT_TRUE(finds("{from: /, to: /v1}", "/things/7"));
  EXPECT_FALSE(finds("{from: /, to: /v1}", "/v2/things/7"));
}

TEST_F(RouterTest, LetsALastVariableTakeWhatFollows) {
  const Catalog catalog = LoadedCatalog(
      {{"f/a/1.yaml",
        TinyContract("a", "1", "get", "/v1/things/{id}",
                     ", aliases: [{from: '/v1/things/{id}/**', to: '/v1/things/{id}'}]")},
       {"f/a/2.yaml", TinyContract("a", "2", "get", "/v1/things/{id}/parts/{part}")}});
  const Router router(catalog);
  const auto values = [&](std::string_view path) {
    return router.Find("GET", path, nullptr).path_values;
  };
  EXPECT_THAT(values("/v1/things/a"), ElementsAre("a"));
  EXPECT_THAT(values("/v1/things/a/b//c%2B="), ElementsAre("a/b//c+="));
  EXPECT_THAT(values("/v1/things//a"), ElementsAre("/a"));
  EXPECT_THAT(values("/v1/things/"), ElementsAre());
  EXPECT_THAT(values("/v1/things/a/parts/b"), ElementsAre("a", "b"))
      << "what stands there is first";
  EXPECT_THAT(values("/v1/things/a/parts/b/c"), ElementsAre("a/parts/b/c"));
  EXPECT_TRUE(router.Find("GET", "/v1/other/a/b", nullptr).ways.empty());
}

TEST_F(RouterTest, GivesTheValuesOfVariablesDecoded) {
  const Route route = router_.Find("PUT", "/v1/things/a%2Fb/parts/%7E", nullptr);
  ASSERT_EQ(route.ways.size(), 1u);
  EXPECT_THAT(route.path_values, ElementsAre("a/b", "~"));
  EXPECT_EQ(route.PathValue(*route.ways.front().operation, "id"), "a/b");
  EXPECT_EQ(route.PathValue(*route.ways.front().operation, "part"), "~");
  EXPECT_EQ(route.PathValue(*route.ways.front().operation, "none"), "");
}

}  // namespace
}  // namespace mockduit
