// Our Schema against another implementation: over every schema and every value below, both must
// agree on what is valid.
#include <gtest/gtest.h>

#include "contract/schema.h"
#include "unit/contract/oracle.h"

namespace mockduit {
namespace {

const std::string_view kSchemas[] = {
    R"({})",
    R"({"type":"null"})",
    R"({"type":"boolean"})",
    R"({"type":"integer"})",
    R"({"type":"number"})",
    R"({"type":"string"})",
    R"({"type":"array"})",
    R"({"type":"object"})",
    R"({"type":["string","null"]})",
    R"({"type":["integer","boolean","array"]})",
    R"({"minLength":2})",
    R"({"maxLength":2})",
    R"({"minLength":1,"maxLength":3,"type":"string"})",
    R"({"pattern":"^[A-Z0-9_]+$"})",
    R"({"pattern":"b"})",
    R"({"type":"string","pattern":"^([01][0-9]|2[0-3]):00$"})",
    R"({"minimum":1})",
    R"({"maximum":1})",
    R"({"minimum":-1,"maximum":2,"type":"integer"})",
    R"({"minimum":0.5})",
    R"({"enum":["ADM",1,null,[1],{"a":1}]})",
    R"({"enum":[true,false]})",
    R"({"const":"ADM"})",
    R"({"const":{"a":1,"b":2}})",
    R"({"const":null})",
    R"({"minItems":1})",
    R"({"maxItems":1})",
    R"({"items":{"type":"integer"}})",
    R"({"items":{"items":{"type":"string"}}})",
    R"({"required":["a"]})",
    R"({"required":["a","b"],"type":"object"})",
    R"({"properties":{"a":{"type":"integer"},"b":{"type":"string"}}})",
    R"({"properties":{"a":{}},"additionalProperties":false})",
    R"({"additionalProperties":false})",
    R"({"additionalProperties":{"type":"integer"}})",
    R"({"properties":{"b":{}},"additionalProperties":{"type":"integer"}})",
    R"({"allOf":[{"required":["a"]},{"properties":{"a":{"minimum":2}}}]})",
    R"({"allOf":[{"type":"string"},{"maxLength":3}]})",
    R"({"if":{"required":["a"]},"then":{"required":["b"]},"else":{"type":"string"}})",
    R"({"if":{"type":"string"},"then":{"minLength":2}})",
    R"({"if":{"type":"null"},"then":{"type":"string"}})",
    R"({"if":{"type":"integer"},"else":{"type":"string"}})",
    R"({"if":{"required":["a"],"properties":{"a":{"const":1}}},)"
    R"("then":{"properties":{"b":{"type":"null"}}}})",
    R"({"properties":{"a":{"$ref":"#/x-defs/n"}},"x-defs":{"n":{"type":"integer","minimum":2}}})",
    R"({"items":{"$ref":"#/x-defs/n"},"x-defs":{"n":{"type":["null","integer"]}}})",
    R"({"type":["object","null"],"required":["a"],"properties":{"a":{"type":"object",
        "required":["b"],"properties":{"b":{"enum":["x","y"]}}}}})",
    R"({"exclusiveMinimum":1})",
    R"({"exclusiveMaximum":1.5})",
    R"({"exclusiveMinimum":-1,"maximum":2})",
    R"({"multipleOf":0.25})",
    R"({"uniqueItems":true})",
    R"({"minProperties":1})",
    R"({"maxProperties":1})",
    R"({"contains":{"type":"integer"}})",
    R"({"patternProperties":{"^a":{"type":"integer"}}})",
    R"({"patternProperties":{"^a":{}},"additionalProperties":false})",
    R"({"properties":{"a":{"minimum":2}},"patternProperties":{"a":{"type":"integer"}}})",
    R"({"not":{"type":"string"}})",
    R"({"not":{"required":["a"]}})",
    R"({"anyOf":[{"type":"string","minLength":2},{"type":"integer"},{"required":["a"]}]})",
    R"({"anyOf":[{"minimum":1},{"maximum":-1}]})",
    R"({"oneOf":[{"type":"integer"},{"minimum":1}]})",
    R"({"oneOf":[{"required":["a"]},{"required":["b"]}]})",
    R"({"items":{"anyOf":[{"type":"null"},{"type":"integer","minimum":3}]}})",
    R"({"allOf":[{"anyOf":[{"type":"object"},{"type":"array"}]},{"not":{"minItems":2}}]})",
};

const std::string_view kValues[] = {
    "null",
    "true",
    "false",
    "0",
    "1",
    "2",
    "-1",
    "-2",
    "3",
    "0.25",
    "1.5",
    "-0.5",
    "9223372036854775807",
    R"("")",
    R"("a")",
    R"("ab")",
    R"("abc")",
    R"("ADM")",
    R"("DWH_1")",
    R"("14:00")",
    R"("24:00")",
    R"("é")",
    R"("€€")",
    R"("😀😀😀")",
    "[]",
    "[1]",
    "[1,2]",
    "[1,1]",
    "[null,{\"a\":1},{\"a\":1}]",
    R"(["a"])",
    R"([["a"],["b"]])",
    R"([["a"],[1]])",
    "[null,3]",
    "[null,\"x\"]",
    "{}",
    R"({"a":1})",
    R"({"a":2})",
    R"({"a":1,"b":2})",
    R"({"b":2,"a":1})",
    R"({"b":"x"})",
    R"({"a":1,"b":"x"})",
    R"({"a":1,"b":null})",
    R"({"a":"x","c":3})",
    R"({"c":3})",
    R"({"a":{"b":"x"}})",
    R"({"a":{"b":"z"}})",
    R"({"a":{}})",
    R"({"a":null})",
    R"({"":1})",
};

TEST(SchemaOracle, AgreesOnEverySchemaAndValue) {
  for (const std::string_view schema_text : kSchemas) {
    const Json schema_json = Json::Parse(schema_text).value();
    const auto schema = Schema::Compile(schema_json, schema_json);
    ASSERT_TRUE(schema) << schema_text;
    for (const std::string_view value : kValues) {
      const auto ours = (*schema)->Validate(Json::Parse(value).value(), "body");
      const auto theirs = OraclesComplaints(std::string(schema_text), std::string(value));
      EXPECT_EQ(ours.empty(), theirs.empty())
          << schema_text << " and " << value
          << "\nours: " << (ours.empty() ? "valid" : ours.front().keyword)
          << "\ntheirs: " << (theirs.empty() ? "valid" : theirs.front());
    }
  }
}

}  // namespace
}  // namespace mockduit
