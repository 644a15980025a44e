// The fuzzer of schemas: {"schema": …, "values": […]}. Any schema at all compiles, to a few notes
// where it is somebody else's; each value is held against it within bounds, and every violation has
// a keyword and stands below the value. What a value has to say to a schema it has to say to the
// same schema behind a reference, and the opposite to its `not`. Replayed over corpus/schema/ as an
// ordinary test.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "contract/schema.h"
#include "fuzz/require.h"

namespace mockduit {
namespace {

using Violations = std::vector<Violation>;

bool GaveUp(const Violations& violations) {
  return std::ranges::find(violations, "effort", &Violation::keyword) != violations.end();
}

void CheckViolations(const Violations& violations) {
  for (const Violation& violation : violations) {
    Require(!violation.keyword.empty() && !violation.path.empty() && violation.path[0] == "body");
  }
}

// As a document's own schema: references lead into it.
void CheckAs(const Json& schema, const Json::Array& values, SchemaRules::Dialect dialect) {
  SchemaRules rules;
  rules.dialect = dialect;
  const auto strict = Schema::Compile(schema, schema, rules);
  Require(strict || !strict.error().empty());
  rules.strict = false;
  const auto compiled = Schema::Compile(schema, schema, rules);
  Require(compiled.has_value());
  (*compiled)->Members();
  for (const Json& value : values) {
    const Violations violations = (*compiled)->Validate(value, "body");
    CheckViolations(violations);
    if (strict) Require((*strict)->Validate(value, "body").size() == violations.size());
    std::vector<std::string> path{"body"};
    (*compiled)->SurveyMembers(value, path, [](const auto& /*at*/, Schema::Use /*use*/) {});
    Require(path.size() == 1);
    if (GaveUp(violations)) continue;
    const Json twice =
        Json::MakeObject({{"$ref", "#/$defs/one"}, {"$defs", Json::MakeObject({{"one", schema}})}});
    if (schema.Dump().contains("$")) continue;  // what its references mean changes with its place
    Require((*Schema::Compile(twice, twice, rules))->Validate(value, "body").empty() ==
            violations.empty());
    const Json opposite = Json::MakeObject({{"not", schema}});
    Require((*Schema::Compile(opposite, opposite, rules))->Validate(value, "body").empty() !=
            violations.empty());
  }
}

void Check(std::string_view bytes) {
  const auto json = Json::Parse(bytes);
  if (!json) return;
  static const Json::Array kNone;
  const Json::Array* values = json->Get("values").IfArray();
  for (const auto dialect : {SchemaRules::Dialect::k2020, SchemaRules::Dialect::kDraft4}) {
    CheckAs(json->Get("schema"), values != nullptr ? *values : kNone, dialect);
  }
}

}  // namespace
}  // namespace mockduit

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  mockduit::Check({reinterpret_cast<const char*>(data), size});
  return 0;
}
