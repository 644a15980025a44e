// Values that are written in another way than their schema has them, as lax servers read them.
#include <gtest/gtest.h>

#include <string_view>
#include <utility>

#include "contract/schema.h"
#include "unit/parsed.h"

namespace mockduit {
namespace {

std::shared_ptr<const Schema> Compiled(std::string_view text) {
  const Json json = Parsed(text);
  return Schema::Compile(json, json).value();
}

TEST(LaxReading, TakesWhatIsWrittenInAnotherWay) {
  const struct {
    std::string_view schema, value, read;
  } kCases[] = {
      {R"({"type":"boolean"})", R"("Yes")", "true"},
      {R"({"type":"boolean"})", "0.0", "false"},
      {R"({"type":"boolean"})", "2", "2"},
      {R"({"type":"boolean"})", R"("maybe")", R"("maybe")"},
      {R"({"type":["boolean","null"]})", "null", "null"},
      {R"({"type":["boolean","null"]})", R"("off")", "false"},
      {R"({"type":"integer"})", R"(" +3.0 ")", "3"},
      {R"({"type":"integer"})", R"("3.5")", R"("3.5")"},
      {R"({"type":"integer"})", "true", "1"},
      {R"({"type":"number"})", R"("3.5")", "3.5"},
      {R"({"type":["string","integer"]})", R"("3")", R"("3")"},
      {R"({"type":"string"})", "3", "3"},
      {R"({"type":"string","format":"uuid"})", R"("{7F3C1E529B644D0A8A5E2C6F0B9D4E11}")",
       R"("7f3c1e52-9b64-4d0a-8a5e-2c6f0b9d4e11")"},
      {R"({"items":{"type":"integer"}})", R"(["1",2])", "[1,2]"},
      {R"({"properties":{"a":{"allOf":[{"type":"boolean"}]}}})", R"({"a":"no","b":"no"})",
       R"({"a":false,"b":"no"})"},
  };
  for (const auto& [schema, value, read] : kCases) {
    Json json = Parsed(value);
    Compiled(schema)->ReadLaxly(json);
    EXPECT_EQ(json, Parsed(read)) << schema << " of " << value;
  }
}

TEST(LaxReading, TakesFlagsAlone) {
  const auto schema = Compiled(
      R"({"properties":{"flag":{"type":["boolean","null"]},"count":{"type":"integer"},
          "text":{"type":"string"},"either":{"type":["string","boolean"]},
          "id":{"type":"string","format":"uuid"}}})");
  for (const auto& [value, read] : {
           std::pair{R"({"flag":"true"})", R"({"flag":true})"},
           std::pair{R"({"flag":"false","text":"true"})", R"({"flag":false,"text":"true"})"},
           std::pair{R"({"flag":"yes","count":"3"})", R"({"flag":"yes","count":"3"})"},
           std::pair{R"({"flag":1,"either":"true"})", R"({"flag":1,"either":"true"})"},
           std::pair{R"({"flag":null,"id":"7F3C1E529B644D0A8A5E2C6F0B9D4E11"})",
                     R"({"flag":null,"id":"7F3C1E529B644D0A8A5E2C6F0B9D4E11"})"},
       }) {
    Json json = Parsed(value);
    schema->ReadFlags(json);
    EXPECT_EQ(json, Parsed(read)) << value;
  }
}

}  // namespace
}  // namespace mockduit
