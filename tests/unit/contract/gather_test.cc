#include "contract/read/gather.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> SecretsOf(const std::string& json) {
  std::vector<std::string> secrets;
  GatherSecrets(Json::Parse(json).value(), secrets);
  return secrets;
}

TEST(GatherSecrets, TakesMembersThatNobodyReadsBack) {
  EXPECT_THAT(SecretsOf(R"({"properties":{"pin":{"format":"password"},"x":{"writeOnly":true},
                            "size":{"type":"integer"}}})"),
              ElementsAre("pin", "x"));
}

TEST(GatherSecrets, TakesMembersOfWhichTheItemsOrTheValuesAreSecrets) {
  EXPECT_THAT(SecretsOf(R"({"properties":{
      "list":{"type":"array","items":{"format":"password"}},
      "map":{"additionalProperties":{"format":"password"}},
      "lists":{"additionalProperties":{"type":"array","items":{"writeOnly":true}}},
      "some":{"patternProperties":{"^x":{"format":"password"}}},
      "plain":{"type":"array","items":{"format":"uuid"},"additionalProperties":false}}})"),
              ElementsAre("list", "map", "lists", "some"));
}

TEST(GatherSecrets, TakesParameters) {
  EXPECT_THAT(SecretsOf(R"({"parameters":[
      {"name":"X-Zebra","in":"header","schema":{"type":"string","format":"password"}},
      {"name":"limit","in":"query","schema":{"type":"integer"}}]})"),
              ElementsAre("X-Zebra"));
  EXPECT_THAT(SecretsOf(R"({"name":"x","schema":{"format":"password"}})"), IsEmpty());
}

}  // namespace
}  // namespace mockduit
