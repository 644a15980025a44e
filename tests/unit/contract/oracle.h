// A second opinion on JSON Schema: valijson, over RapidJSON. Only tests ask it.
#pragma once

#include <rapidjson/document.h>

#include <stdexcept>
#include <string>
#include <vector>

#include <valijson/adapters/rapidjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

namespace mockduit {

// What valijson finds wrong with `value` (JSON text): nothing when it is valid.
inline std::vector<std::string> OraclesComplaints(const std::string& schema_text,
                                                  const std::string& value) {
  rapidjson::Document schema_json;
  rapidjson::Document json;
  if (schema_json.Parse(schema_text.c_str(), schema_text.size()).HasParseError() ||
      json.Parse(value.c_str(), value.size()).HasParseError()) {
    return {"no JSON: " + value};
  }
  valijson::Schema schema;
  valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
  parser.populateSchema(valijson::adapters::RapidJsonAdapter(schema_json), schema);
  valijson::Validator validator;
  valijson::ValidationResults results;
  validator.validate(schema, valijson::adapters::RapidJsonAdapter(json), &results);
  std::vector<std::string> complaints;
  for (const auto& result : results) {
    std::string place;
    for (const std::string& step : result.context) place += step;
    complaints.push_back(place + ": " + result.description);
  }
  return complaints;
}

}  // namespace mockduit
