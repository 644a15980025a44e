// The mistakes in setup_tests.yaml that only show beside the services and the contract.
#include <gtest/gtest.h>

#include "base/file.h"
#include "contract/catalog.h"
#include "unit/contract/acme.h"
#include "vendors/behaviours.h"

namespace mockduit {
namespace {

std::string Shown(std::string_view old, std::string_view fresh) {
  auto files = ReadFiles(MOCKDUIT_SOURCE_DIR "/fixtures/fivetran").value();
  for (TextFile& file : files) {
    file.path = file.path.substr(file.path.find("fixtures/"));
    if (file.path.ends_with("/setup_tests.yaml")) file.text = Replaced(file.text, old, fresh);
  }
  const auto catalog = Catalog::Load(files);
  if (!catalog) return catalog.error().front().Shown();
  std::string shown;
  for (const Problem& problem : CheckVendorData(*catalog)) shown += problem.Shown() + "\n";
  return shown;
}

TEST(SetupTestsReader, TellsOfAServiceThatDoesNotExist) {
  EXPECT_EQ(
      Shown("  google_sheets:", "  google_shets:"),
      R"(fixtures/fivetran/setup_tests.yaml:123:3: services.yaml has no service 'google_shets'; did you mean 'google_sheets'?
  google_shets:
  ^
)");
}

TEST(SetupTestsReader, TellsOfAServiceThatDoesNotExistAtAnAlias) {
  EXPECT_EQ(
      Shown("  aurora: *database", "  arora: *database"),
      R"(fixtures/fivetran/setup_tests.yaml:108:3: services.yaml has no service 'arora'; did you mean 'aurora'?
  arora: *database
  ^
)");
}

TEST(SetupTestsReader, TellsOfAMemberThatNoRequestHas) {
  EXPECT_EQ(
      Shown("{networking_method: SshTunnel}", "{networking_metod: SshTunnel}"),
      R"(fixtures/fivetran/setup_tests.yaml:40:8: no request has a member 'networking_metod'; did you mean 'networking_method'?
    - {networking_metod: SshTunnel}
       ^
)");
}

TEST(SetupTestsReader, TellsOfAFlagThatNoRequestHas) {
  EXPECT_EQ(
      Shown("unless: trust_certificates", "unless: trust_certificate"),
      R"(fixtures/fivetran/setup_tests.yaml:206:13: no request has a member 'trust_certificate'; did you mean 'trust_certificates'?
    unless: trust_certificate
            ^
)");
}

TEST(SetupTestsReader, FindsNothingInTheGoodFile) {
  EXPECT_EQ(Shown("google_sheets", "google_sheets"), "");
}

}  // namespace
}  // namespace mockduit
