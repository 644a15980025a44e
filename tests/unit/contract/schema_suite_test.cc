// The official JSON Schema Test Suite, as Debian's libtest-json-schema-acceptance-perl has it
// (`./dev setup test` installs it). Every case must come out as it says, but for those that
// schema_suite_exceptions.json lists with the reason; one of those that does come out is a failure,
// too. Without the suite the tests are skipped.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "contract/schema.h"

namespace mockduit {
namespace {

namespace fs = std::filesystem;

const fs::path kSuite = "/usr/share/perl5/auto/share/dist/Test-JSON-Schema-Acceptance";

Json ReadJson(const fs::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  auto json = Json::Parse(text.str());
  EXPECT_TRUE(json) << path;
  return json ? *std::move(json) : Json();
}

// The documents that the suite's schemas refer to stand at http://localhost:1234.
const Json* FindRemote(const std::string& address) {
  constexpr std::string_view kServer = "http://localhost:1234/";
  static std::map<std::string, Json> read;
  if (!address.starts_with(kServer)) return nullptr;
  const fs::path path = kSuite / "remotes" / address.substr(kServer.size());
  if (!fs::is_regular_file(path)) return nullptr;
  const auto [known, is_new] = read.try_emplace(address);
  if (is_new) known->second = ReadJson(path);
  return &known->second;
}

class SchemaSuite : public testing::Test {
 protected:
  void SetUp() override {
    if (!fs::is_directory(kSuite)) {
      GTEST_SKIP() << "there is no " << kSuite << "; ./dev setup test installs it";
    }
    const Json list = ReadJson(fs::path(MOCKDUIT_SOURCE_DIR) /
                               "tests/unit/contract/schema_suite_exceptions.json");
    for (const Json& one : *list.IfArray()) {
      ASSERT_FALSE(one.Get("reason").AsString().empty()) << one.Dump();
      for (const Json& name : *one.Get("cases").IfArray()) {
        exceptions_.emplace(name.AsString());
      }
    }
  }

  // Plays the files of a folder, and counts the cases that came out.
  std::size_t Play(const std::string& folder, const SchemaRules& rules) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(kSuite / "tests" / folder)) {
      if (entry.path().extension() == ".json") files.push_back(entry.path());
    }
    std::ranges::sort(files);
    EXPECT_FALSE(files.empty()) << folder;
    std::size_t good = 0;
    for (const fs::path& file : files) {
      const std::string name = folder + "/" + file.stem().string();
      const Json groups = ReadJson(file);
      for (const Json& group : *groups.IfArray()) good += PlayGroup(name, group, rules);
    }
    // Another version of the suite has other groups.
    for (const std::string& exception : exceptions_) {
      EXPECT_TRUE(!seen_.contains(exception) || met_.contains(exception))
          << "no longer needed: " << exception;
    }
    return good;
  }

 private:
  std::size_t PlayGroup(const std::string& file, const Json& group, SchemaRules rules) {
    const std::string name = file + ": " + std::string(group.Get("description").AsString());
    seen_.insert(name);
    rules.strict = false;
    rules.documents = FindRemote;
    const Json& schema = group.Get("schema");
    const auto compiled = Schema::Compile(schema, schema, rules);
    EXPECT_TRUE(compiled) << name;
    std::size_t good = 0;
    for (const Json& test : *group.Get("tests").IfArray()) {
      const bool is_valid = (*compiled)->Validate(test.Get("data"), "").empty();
      if (is_valid == test.Get("valid").AsBool()) {
        ++good;
        continue;
      }
      met_.insert(name);
      EXPECT_TRUE(exceptions_.contains(name))
          << name << ": " << test.Get("description").AsString() << "\n"
          << schema.Dump() << "\n"
          << test.Get("data").Dump() << " is " << (is_valid ? "valid" : "not valid") << " here";
    }
    return good;
  }

  std::set<std::string> exceptions_;  // "draft4/ref: remote ref, containing refs itself"
  std::set<std::string> seen_;
  std::set<std::string> met_;
};

SchemaRules RulesOf(SchemaRules::Dialect dialect, bool holds_formats) {
  SchemaRules rules;
  rules.dialect = dialect;
  rules.holds_formats = holds_formats;
  return rules;
}

constexpr auto k2020 = SchemaRules::Dialect::k2020;
constexpr auto kDraft4 = SchemaRules::Dialect::kDraft4;

// In the required cases a format is a note.
TEST_F(SchemaSuite, Draft2020) { EXPECT_GT(Play("draft2020-12", RulesOf(k2020, false)), 1100U); }
TEST_F(SchemaSuite, Draft4) { EXPECT_GT(Play("draft4", RulesOf(kDraft4, false)), 550U); }

TEST_F(SchemaSuite, Draft2020Optional) {
  EXPECT_GT(Play("draft2020-12/optional", RulesOf(k2020, true)), 100U);
}
TEST_F(SchemaSuite, Draft4Optional) {
  EXPECT_GT(Play("draft4/optional", RulesOf(kDraft4, true)), 60U);
}
TEST_F(SchemaSuite, Draft2020Formats) {
  EXPECT_GT(Play("draft2020-12/optional/format", RulesOf(k2020, true)), 400U);
}
TEST_F(SchemaSuite, Draft4Formats) {
  EXPECT_GT(Play("draft4/optional/format", RulesOf(kDraft4, true)), 80U);
}

}  // namespace
}  // namespace mockduit
