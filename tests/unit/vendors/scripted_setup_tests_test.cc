// `setup_tests` of a play.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "scenario/read/scenario.h"
#include "vendors/play_extensions.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> Problems(const std::string& play) {
  std::vector<std::string> texts;
  const auto scenario = ReadScenario({"s.yaml", "rules:\n- play:\n  - " + play + "\n"}, Catalog(),
                                     VendorPlayExtensions());
  if (scenario) return texts;
  for (const Problem& problem : scenario.error()) {
    if (problem.message.find("never matches") == std::string::npos) texts.push_back(problem.Text());
  }
  return texts;
}

TEST(ScriptedSetupTests, TellsOfEveryMistake) {
  const std::pair<const char*, const char*> kMistakes[] = {
      {"{outcome: success, setup_tests: [a]}",
       "s.yaml:3:37: setup_tests must be a map of titles to statuses"},
      {"{outcome: success, setup_tests: {T: FAILD}}",
       "s.yaml:3:41: 'FAILD' is no setup test status; did you mean 'FAILED'?"},
      {"{outcome: success, setup_tests: {T: {message: m}}}",
       "s.yaml:3:41: a scripted setup test needs a 'status'"},
      {"{outcome: success, setup_tests: {T: {status: PASSED, message: 5}}}",
       "s.yaml:3:67: message must be text"},
      {"{outcome: success, setup_tests: {T: {status: PASSED, mesage: m}}}",
       "s.yaml:3:58: 'mesage' is no key of a setup test; did you mean 'message'?"},
  };
  for (const auto& [play, problem] : kMistakes) {
    EXPECT_THAT(Problems(play), ElementsAre(problem)) << play;
  }
}

TEST(ScriptedSetupTests, TakesAStatusOrAMap) {
  EXPECT_THAT(Problems("{outcome: success, setup_tests: {'*': FAILED, T: {status: PASSED, "
                       "message: m, details: [1]}}}"),
              ElementsAre());
}

// Editors know what the reader knows.
TEST(PlayExtensions, StandInTheSchemaOfScenarios) {
  const auto file = ReadFile(MOCKDUIT_SOURCE_DIR "/docs/scenario.schema.json");
  ASSERT_TRUE(file);
  const auto schema = Json::Parse(file->text);
  ASSERT_TRUE(schema);
  for (const PlayExtension& extension : VendorPlayExtensions()) {
    const Json* there = schema->At("/definitions/play/properties/" + std::string(extension.key));
    ASSERT_NE(there, nullptr) << extension.key;
    EXPECT_EQ(there->Dump(), Json::Parse(extension.schema)->Dump()) << extension.key;
  }
}

}  // namespace
}  // namespace mockduit
