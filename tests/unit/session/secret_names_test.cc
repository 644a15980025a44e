#include "session/secret_names.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "session/redact.h"

namespace mockduit {
namespace {

TEST(SecretNames, AreKnownHoweverTheyAreWritten) {
  for (const char* name :
       {"password", "db_password", "clientSecret", "api_key", "apiKey", "auth_fields",
        "refresh_token", "private_key", "pgp_pass_phrase", "X-Api-Key", "token"}) {
    EXPECT_TRUE(SecretNames().IsMember(name)) << name;
  }
  for (const char* name : {"name", "key", "schema", "author", "authentication", "passage",
                           "api.key", "api-ke", "apixkey", ""}) {
    EXPECT_FALSE(SecretNames().IsMember(name)) << name;
  }
}

// The table in the docs and the list are one.
TEST(SecretNames, StandInTheDocs) {
  std::ifstream file(MOCKDUIT_SOURCE_DIR "/docs/security.md");
  const std::string docs(std::istreambuf_iterator<char>(file), {});
  for (const auto& names : {secret_names::Parts(), secret_names::Members(),
                            secret_names::Parameters(), secret_names::HeaderWords()}) {
    std::string row;
    for (const std::string_view name : names) {
      row += (row.empty() ? "| `" : ", `") + std::string(name) + "`";
    }
    EXPECT_NE(docs.find(row + " |\n"), std::string::npos) << row;
  }
}

TEST(SecretNames, TakeWhatContractsAddAnywhereOrBelowAMember) {
  const std::vector<std::string> contracts = {"pin_code", "config.hostname"};
  const Redactor redactor(contracts);
  EXPECT_EQ(redactor.WithoutSecrets(R"({"pinCode":"s","hostname":"h"})"),
            R"({"pinCode":"[redacted]","hostname":"h"})");
  EXPECT_EQ(redactor.WithoutSecrets(R"({"config":{"a":[{"hostname":"s"}],"schema":"x"}})"),
            R"({"config":{"a":[{"hostname":"[redacted]"}],"schema":"x"}})");
  EXPECT_EQ(Redactor().WithoutSecrets(R"({"config":{"hostname":"h"}})"), std::nullopt);
}

TEST(SecretNames, MayBeASingleLetterOfAContract) {
  const std::vector<std::string> contracts = {"k", "config.z"};
  const Redactor redactor(contracts);
  EXPECT_EQ(redactor.WithoutSecrets(R"({"a":1,"K":"s"})"), R"({"a":1,"K":"[redacted]"})");
  EXPECT_EQ(redactor.WithoutSecrets(R"({"_k":"s"})"), R"({"_k":"[redacted]"})");
  EXPECT_EQ(redactor.WithoutSecrets(R"({"config":{"z":"s"}})"), R"({"config":{"z":"[redacted]"}})");
  EXPECT_EQ(redactor.WithoutSecrets(R"({"text":"k=s"})"), R"({"text":"k=[redacted]"})");
  EXPECT_EQ(redactor.WithoutSecrets(R"({"kk":"s","z":"s"})"), std::nullopt);
}

}  // namespace
}  // namespace mockduit
