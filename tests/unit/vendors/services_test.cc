#include "vendors/fivetran/services.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/crypto.h"
#include "base/file.h"
#include "unit/parsed.h"
#include "vendors/fivetran/connect_card.h"

namespace mockduit::fivetran {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class ServicesTest : public ::testing::Test {
 protected:
  static const Service& Of(std::string_view name) {
    static const Services kServices = [] {
      const auto file = ReadFile(MOCKDUIT_SOURCE_DIR "/fixtures/fivetran/services.yaml");
      return Services::Compile(ReadDocument(*file).value()).value();
    }();
    const Service* service = kServices.Find(name);
    if (service == nullptr) throw std::out_of_range(std::string(name));
    return *service;
  }
};

TEST_F(ServicesTest, NameTheSchemaInTheirFormat) {
  const struct {
    std::string_view service, config, name;
  } kCases[] = {
      {"azure_service_bus", R"({"schema":"sales","table":"t"})", "sales"},
      {"google_sheets", R"({"schema":"sales","table":"orders"})", "sales.orders"},
      {"s3", R"({"schema":"sales","table_group_name":"orders"})", "sales.orders"},
      {"s3", R"({"schema":"sales","table":"orders"})", "sales.orders"},
      {"postgres", R"({"schema_prefix":"pg","schema":"x"})", "pg"},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(SchemaName(Of(c.service), Parsed(c.config)), c.name) << c.service;
    EXPECT_THAT(MissingSchemaFields(Of(c.service), Parsed(c.config)), IsEmpty());
  }
}

TEST_F(ServicesTest, RefuseASecretThatIsNotOfTheConfig) {
  const auto document = ReadDocument({"services.yaml",
                                      "formats: {schema: {required: [schema]}}\n"
                                      "services: {s3: {schema: schema, secrets: [cofig.key]}}\n"});
  const auto services = Services::Compile(document.value());
  ASSERT_FALSE(services);
  ASSERT_EQ(services.error().size(), 1u);
  EXPECT_EQ(services.error().front().Text(),
            "services.yaml:2:43: the path of a secret begins with 'config.'");
}

TEST_F(ServicesTest, TellWhatTheConfigLacks) {
  EXPECT_THAT(MissingSchemaFields(Of("google_sheets"), Json()), ElementsAre("schema", "table"));
  EXPECT_THAT(MissingSchemaFields(Of("google_sheets"), Parsed(R"({"schema":"","table":null})")),
              ElementsAre("schema", "table"));
  EXPECT_THAT(MissingSchemaFields(Of("s3"), Parsed(R"({"schema":"s"})")),
              ElementsAre("table_group_name"));
  EXPECT_THAT(MissingSchemaFields(Of("postgres"), Parsed("{}")), ElementsAre("schema_prefix"));
}

TEST_F(ServicesTest, ShowTheConfigWithMasksAndWithoutTheSchema) {
  const struct {
    std::string_view service, config, shown;
  } kCases[] = {
      {"azure_service_bus",
       R"({"schema":"s","connection_string":"Endpoint=x","topics":["a"],)"
       R"("schema_registry_secret":"q","schema_registry_key":"k"})",
       R"({"connection_string":"******","topics":["a"],)"
       R"("schema_registry_secret":"******","schema_registry_key":"k"})"},
      {"postgres", R"({"schema_prefix":"p","password":"x","host":"h"})",
       R"({"password":"******","host":"h"})"},
      {"postgres", R"({"schema_prefix":"p","password":null})", R"({"password":null})"},
      {"aws_lambda",
       R"({"schema":"s","secrets":"a","secrets_list":[{"key":"k","value":"v"},{"key":"l"},3]})",
       R"({"secrets":"******","secrets_list":[{"key":"k","value":"******"},{"key":"l"},3]})"},
      {"amplitude",
       R"({"schema":"s","project_credentials":[{"api_key":"k","project":"p"}],)"
       R"("aws_credentials":{"s3_role_arn":"r"}})",
       R"({"project_credentials":[{"api_key":"******","project":"p"}],)"
       R"("aws_credentials":{"s3_role_arn":"******"}})"},
      {"azure_service_bus", "null", "{}"},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(ShownConfig(Of(c.service), Parsed(c.config)).Dump(), c.shown) << c.service;
  }
}

TEST_F(ServicesTest, AreAllThatTheDocumentNames) {
  const auto file = ReadFile(MOCKDUIT_SOURCE_DIR "/fixtures/fivetran/services.yaml");
  const auto document = ReadDocument(*file);
  EXPECT_EQ(document->root.Find("services")->IfObject()->size(), 773u);
  EXPECT_EQ(Services::Compile(*document)->Find("share_point_of_nobody"), nullptr);
}

TEST(Services, TellEveryMistakeInTheirFileWithItsPlace) {
  const std::pair<std::string_view, std::vector<std::string>> kFiles[] = {
      {"{}", {"s:1:1: services.yaml needs 'formats' and 'services'"}},
      {"formats: {schema: {required: schema}}\nservices: {x: {schema: shcema, secret: [a]}}\n",
       {"s:1:30: 'required' must be a list",
        "s:2:32: 'secret' is no key of a service; did you mean 'secrets'?",
        "s:2:24: 'shcema' is no format of a schema; did you mean 'schema'?"}},
  };
  for (const auto& [text, messages] : kFiles) {
    const auto compiled = Services::Compile(ReadYaml("s", text).value());
    ASSERT_FALSE(compiled) << text;
    std::vector<std::string> told;
    for (const Problem& problem : compiled.error()) told.push_back(problem.Text());
    EXPECT_EQ(told, messages);
  }
}

TEST(ConnectCard, HoldsASignedTokenWithTheDocumentedPayload) {
  const Json connection =
      Parsed(R"({"id":"speak_inexpensive","group_id":"g","connected_by":"priceless_odour"})");
  const Json card =
      MakeConnectCard(connection, Parsed(R"({"redirect_uri":"https://your.site/path"})"),
                      "my_account", "http://here", *ParseTime("2026-01-15T10:00:00.9Z"));
  const std::string token(card.Find("token")->AsString());
  const std::size_t first = token.find('.');
  const std::size_t second = token.find('.', first + 1);
  EXPECT_EQ(token.substr(0, first), "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9");
  EXPECT_EQ(Base64Decode(token.substr(first + 1, second - first - 1)),
            R"({"d":{"login":true,"user":"priceless_odour","account":"my_account",)"
            R"("group":"g","connector":"speak_inexpensive","method":"PbfCard","identity":false},)"
            R"("iat":1768471200})");
  EXPECT_EQ(token.substr(second + 1),
            Base64UrlEncode(HmacSha256("mockduit", token.substr(0, second))));
  EXPECT_EQ(card.Find("uri")->AsString(),
            "http://here/connect-card/setup?redirect_uri=https%3A%2F%2Fyour.site%2Fpath"
            "&auth=" +
                token);
}

TEST(ConnectCard, IsKnownByItsTokenForADay) {
  const Time made = *ParseTime("2026-01-15T10:00:00Z");
  const Json card = MakeConnectCard(Parsed(R"({"id":"speak_inexpensive"})"), Json(), "", "", made);
  const std::string token(card.Get("token").AsString());
  EXPECT_EQ(ConnectionOfCard(token, made + std::chrono::hours(24)), "speak_inexpensive");
  EXPECT_EQ(ConnectionOfCard(token, made + std::chrono::hours(25)), std::nullopt);
  EXPECT_EQ(ConnectionOfCard(token + "x", made), std::nullopt);
  for (const char* bad : {"", ".", "a.b", "a.b.c", "a.e30.c"}) {
    EXPECT_EQ(ConnectionOfCard(bad, made), std::nullopt) << bad;
  }
}

TEST(ConnectCard, SaysWhereTheSetupGuideIsHidden) {
  const Json card = MakeConnectCard(
      Json(), Parsed(R"({"redirect_uri":"https://a","hide_setup_guide":true})"), "", "", Time());
  EXPECT_TRUE(card.Find("uri")->AsString().ends_with("&hide_setup_guide=true"));
}

}  // namespace
}  // namespace mockduit::fivetran
