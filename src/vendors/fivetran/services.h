// The services a connection can be made for: what each asks of `config`, and what in it is secret.
// Compiled from fixtures/fivetran/services.yaml, which explains itself.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "base/yaml.h"

namespace mockduit::fivetran {

struct Service {
  std::vector<std::string> schema_fields;  // of config, in the order they name the schema
  std::vector<std::string> secrets;        // dotted paths below the request, [] = each element
};

class Services {
 public:
  // The error is every mistake of the file, each with its place.
  static Read<Services> Compile(const YamlDocument& document);

  // nullptr when there is no such service.
  const Service* Find(std::string_view name) const;
  std::vector<std::string> Names() const;

 private:
  std::unordered_map<std::string, Service> services_;
};

// The fields of `config` that the service needs and does not have. In place of `table_group_name`
// a `table` will do, as the live API took it in 2023.
std::vector<std::string> MissingSchemaFields(const Service& service, const Json& config);
// The connection's own name: "sales.orders".
std::string SchemaName(const Service& service, const Json& config);
// `config` as an answer gives it back: secrets as "******", the schema fields taken out.
Json ShownConfig(const Service& service, Json config);

}  // namespace mockduit::fivetran
