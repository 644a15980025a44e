#include "vendors/fivetran/setup_tests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "unit/parsed.h"

namespace mockduit::fivetran {
namespace {

using ::testing::ElementsAre;

SetupTests BuiltIn() {
  const auto file = ReadFile(MOCKDUIT_SOURCE_DIR "/fixtures/fivetran/setup_tests.yaml");
  return SetupTests::Compile(ReadDocument(*file).value()).value();
}

Json Tested(std::string_view service, const Json& body, const Json& scripted = {},
            const SetupTests::IsApproved& is_approved = {}) {
  return BuiltIn()
      .Run({.service = service,
            .resource = body,
            .request = body,
            .scripted = scripted,
            .is_approved = is_approved})
      .results;
}

// "title STATUS" of each test that a create of the service with this body runs.
std::vector<std::string> Results(std::string_view service, std::string_view body,
                                 std::string_view scripted = "null") {
  const Json results = Tested(service, Parsed(body), Parsed(scripted));
  std::vector<std::string> texts;
  for (const Json& result : *results.IfArray()) {
    texts.push_back(std::string(result.Find("title")->AsString()) + " " +
                    std::string(result.Find("status")->AsString()));
  }
  return texts;
}

TEST(SetupTests, RunTheListOfEachService) {
  EXPECT_THAT(Results("azure_service_bus", "{}"),
              ElementsAre("Connecting to Service Bus PASSED", "Checking access to topics PASSED"));
  EXPECT_THAT(Results("google_sheets", "{}"),
              ElementsAre("Checking access to the sheet PASSED", "Validating named range PASSED"));
  EXPECT_THAT(Results("google_ads", "{}"),
              ElementsAre("Checking access to selected accounts PASSED",
                          "Validating reports PASSED", "Validating fields PASSED"));
  EXPECT_THAT(Results("s3", "{}"),
              ElementsAre("Validating archive pattern PASSED", "Finding matching files PASSED",
                          "Validating escapeChar SKIPPED", "Connecting to bucket PASSED",
                          "PGP Support Test SKIPPED", "Validating Bucket Name PASSED",
                          "Validating ExternalID PASSED", "Validating file pattern regex SKIPPED",
                          "PrivateLink Test SKIPPED"));
}

TEST(SetupTests, OfAnyOtherServiceAreTheDefaultList) {
  EXPECT_THAT(
      Results("zendesk", "{}"),
      ElementsAre("Validate Login PASSED", "Test Connection PASSED", "Check Permissions PASSED"));
}

TEST(SetupTests, AskForTheCertificateUnlessItIsTrusted) {
  EXPECT_THAT(
      Results("postgres", "{}"),
      ElementsAre("Connecting to host PASSED", "Validate Certificate FAILED",
                  "Connecting to database SKIPPED", "Checking 'statement_timeout' value SKIPPED",
                  "Checking wal_sender_timeout value SKIPPED",
                  "Connecting to WAL replication slot SKIPPED", "Verifying publication SKIPPED"));
  EXPECT_THAT(Results("mysql", R"({"trust_certificates":true})"),
              ElementsAre("Connecting to host PASSED", "Validate Certificate PASSED",
                          "Connecting to database PASSED"));
}

TEST(SetupTests, NeedNoCertificateInATunnelWithoutEncryption) {
  EXPECT_THAT(Results("mysql", R"({"trust_fingerprints":true,"config":{"always_encrypted":false,
                                   "connection_type":"SshTunnel"}})"),
              ElementsAre("SSH Tunnel Connection PASSED", "Connecting to host PASSED",
                          "Connecting to database PASSED"));
}

TEST(SetupTests, AskForTheFingerprintUnlessItIsTrusted) {
  for (const char* body :
       {R"({"config":{"connection_type":"SshTunnel"}})",
        R"({"config":{"connection_method":"SSH_TUNNEL"}})", R"({"networking_method":"SshTunnel"})",
        R"({"config":{"tunnel_host":"h"}})", R"({"config":{"tunnel_port":22}})"}) {
    EXPECT_EQ(Results("zendesk", body).front(), "SSH Tunnel Connection FAILED") << body;
    Json trusted = Parsed(body);
    trusted.Set("trust_fingerprints", true);
    EXPECT_EQ(Results("zendesk", trusted.Dump()).front(), "SSH Tunnel Connection PASSED") << body;
  }
}

TEST(SetupTests, PassOnceWhatTheyMeetIsApproved) {
  std::vector<std::string> asked;
  const Json results = Tested("mysql", Parsed(R"({"networking_method":"SshTunnel"})"), {},
                              [&](std::string_view check, std::string_view hash) {
                                asked.push_back(std::string(check) + (hash.empty() ? " ?" : ""));
                                return true;
                              });
  EXPECT_THAT(asked, ElementsAre("fingerprint", "certificate"));
  EXPECT_TRUE(SetupTests::AllPassed(results));
}

TEST(SetupTests, AreSkippedBehindATunnelThatIsNotTrusted) {
  EXPECT_THAT(Results("mysql", R"({"networking_method":"SshTunnel"})"),
              ElementsAre("SSH Tunnel Connection FAILED", "Connecting to host SKIPPED",
                          "Validate Certificate SKIPPED", "Connecting to database SKIPPED"));
  EXPECT_THAT(Results("mysql", R"({"networking_method":"SshTunnel"})",
                      R"({"Connecting to host":"WARNING"})"),
              ElementsAre("SSH Tunnel Connection FAILED", "Connecting to host WARNING",
                          "Validate Certificate SKIPPED", "Connecting to database SKIPPED"))
      << "what a scenario names ends as it says";
}

TEST(SetupTests, TellWhatIsTrustedFromNowOn) {
  const Json body = Parsed(R"({"trust_certificates":true,"trust_fingerprints":true})");
  const auto ran =
      BuiltIn().Run({.service = "mysql", .resource = body, .request = body, .scripted = Json()});
  ASSERT_EQ(ran.trusted.size(), 1u) << "no tunnel was met";
  EXPECT_EQ(ran.trusted[0].check, "certificate");
  EXPECT_EQ(ran.trusted[0].record.Get("type").AsString(), "TLS");
}

TEST(SetupTests, EndAsAScriptedCheck) {
  EXPECT_THAT(Results("google_sheets", "{}", R"({"Extra":{"check":"certificate"}})"),
              ElementsAre("Extra FAILED", "Checking access to the sheet SKIPPED",
                          "Validating named range SKIPPED"));
  EXPECT_THAT(Results("google_sheets", R"({"trust_certificates":true})",
                      R"({"Extra":{"check":"certificate"}})"),
              ElementsAre("Extra PASSED", "Checking access to the sheet PASSED",
                          "Validating named range PASSED"));
}

TEST(SetupTests, MeetScriptedChecksInTheirOrder) {
  constexpr std::string_view kBoth = R"({"SSH Tunnel Connection":{"check":"fingerprint"},)"
                                     R"("Validate Certificate":{"check":"certificate"}})";
  EXPECT_THAT(Results("mysql", "{}", kBoth),
              ElementsAre("SSH Tunnel Connection FAILED", "Connecting to host SKIPPED",
                          "Validate Certificate SKIPPED", "Connecting to database SKIPPED"));
  EXPECT_THAT(
      Results("azure_service_bus", R"({"trust_fingerprints":true})", kBoth),
      ElementsAre("SSH Tunnel Connection PASSED", "Validate Certificate FAILED",
                  "Connecting to Service Bus SKIPPED", "Checking access to topics SKIPPED"));
}

TEST(SetupTests, LeaveTheTunnelOutWhereThereIsNone) {
  for (const char* body : {"{}", R"({"config":{"connection_type":"Directly","tunnel_host":"h"}})",
                           R"({"config":{"tunnel_host":""}})", R"({"config":{"tunnel_host":null}})",
                           R"({"networking_method":"Directly"})"}) {
    EXPECT_EQ(Results("zendesk", body).front(), "Validate Login PASSED") << body;
  }
}

TEST(SetupTests, AppliesWhatTheRequestChooses) {
  EXPECT_THAT(Results("azure_service_bus", R"({"config":{"message_type":"Avro"}})"),
              ElementsAre("Connecting to Service Bus PASSED", "Checking access to topics PASSED",
                          "Connecting to schema registry PASSED"));
  EXPECT_EQ(Results("postgres", R"({"trust_certificates":true,
                                      "config":{"update_method":"WAL_PGOUTPUT"}})")
                .back(),
            "Verifying publication PASSED");
}

TEST(SetupTests, TellsOfAnUntrustedCertificateAsDocumented) {
  const Json results = Tested("mysql", Json::MakeObject());
  const Json& result = (*results.IfArray())[1];
  EXPECT_EQ(result.Find("message")->AsString(), "No trust anchors for this connection");
  const Json& details = *result.At("/details/0");
  std::vector<std::string> keys;
  for (const JsonMember& member : *details.IfObject()) keys.push_back(member.key);
  EXPECT_THAT(keys, ElementsAre("hash", "name", "public_key", "encoded_cert", "sha1", "sha256"));
}

TEST(SetupTests, TellsOfAnUntrustedFingerprintAsDocumented) {
  const Json results = Tested("zendesk", Parsed(R"({"networking_method":"SshTunnel"})"));
  const Json& result = results.IfArray()->front();
  EXPECT_EQ(result.Find("message")->AsString(), "The ssh key might have changed");
  std::vector<std::string> keys;
  for (const JsonMember& member : *result.Find("details")->IfObject()) keys.push_back(member.key);
  EXPECT_THAT(keys, ElementsAre("hash", "public_key", "type", "name"));
}

TEST(SetupTests, EndAsScriptedByTitle) {
  EXPECT_THAT(Results("google_ads", "{}", R"({"Validating reports":"WARNING"})"),
              ElementsAre("Checking access to selected accounts PASSED",
                          "Validating reports WARNING", "Validating fields PASSED"));
}

TEST(SetupTests, EndAsScriptedForAll) {
  EXPECT_THAT(Results("google_ads", "{}", R"({"*":"FAILED","Validating fields":"PASSED"})"),
              ElementsAre("Checking access to selected accounts FAILED",
                          "Validating reports FAILED", "Validating fields PASSED"));
}

TEST(SetupTests, EndWithScriptedMessageAndDetails) {
  const Json results = Tested(
      "google_sheets", Json::MakeObject(),
      Parsed(R"({"Validating named range":{"status":"FAILED","message":"m","details":{"a":1}}})"));
  EXPECT_EQ((*results.IfArray())[1].Dump(),
            R"({"title":"Validating named range","status":"FAILED","message":"m",)"
            R"("details":{"a":1}})");
}

TEST(SetupTests, AddsAScriptedTitleThatTheServiceLacks) {
  EXPECT_EQ(Results("google_sheets", "{}", R"({"*":"PASSED","Odd test":"JOB_FAILED"})").back(),
            "Odd test JOB_FAILED");
}

TEST(SetupTests, AreAllPassedWhenNoneFailed) {
  const std::pair<std::string_view, bool> kResults[] = {
      {"[]", true},
      {R"([{"status":"PASSED"},{"status":"SKIPPED"},{"status":"WARNING"}])", true},
      {R"([{"status":"PASSED"},{"status":"FAILED"}])", false},
      {R"([{"status":"JOB_FAILED"}])", false},
  };
  for (const auto& [results, passed] : kResults) {
    EXPECT_EQ(SetupTests::AllPassed(Parsed(results)), passed) << results;
  }
}

TEST(SetupTests, TellEveryMistakeInTheirFileWithItsPlace) {
  const std::pair<std::string_view, std::vector<std::string>> kFiles[] = {
      {"{}", {"s:1:1: there is no 'default' list of tests"}},
      {"tests: {default: {}}", {"s:1:18: this must be a list"}},
      {"conditions: {ssh: []}\nchecks: {cert: {unless: x}}\n"
       "tests: {default: [{title: T, when: shh}, {title: U, check: cret, status: PASED}]}",
       {"s:3:36: there is no condition 'shh'; did you mean 'ssh'?",
        "s:3:74: 'PASED' is no setup test status; it is PASSED, SKIPPED, WARNING, FAILED or "
        "JOB_FAILED",
        "s:3:60: there is no check 'cret'; did you mean 'cert'?"}},
      {"conditions: {ssh: [{a: {machtes: x}}], tls: 1}\ntests: {default: []}",
       {"s:1:24: 'machtes' is no matcher; did you mean 'matches'?", "s:1:45: this must be a list"}},
      {"tests: {default: [{titel: T, title: U}]}",
       {"s:1:20: 'titel' is no key of a setup test; did you mean 'title'?"}},
  };
  for (const auto& [text, messages] : kFiles) {
    const auto compiled = SetupTests::Compile(ReadYaml("s", text).value());
    ASSERT_FALSE(compiled) << text;
    std::vector<std::string> told;
    for (const Problem& problem : compiled.error()) told.push_back(problem.Text());
    EXPECT_EQ(told, messages);
  }
}

}  // namespace
}  // namespace mockduit::fivetran
