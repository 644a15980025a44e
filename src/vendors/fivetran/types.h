// What the connector types have besides their names: the fields of each service's config and auth,
// their shapes and defaults. Read from fixtures/fivetran/connector_types.yaml, which explains
// itself.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "base/yaml.h"

namespace mockduit::fivetran {

class Types {
 public:
  // A shape is as the file has it: a word, or a map with one key. It lives as long as the types.
  using Fields = std::vector<std::pair<std::string_view, const Json*>>;

  // Without a document no service has any field.
  Types() = default;
  // The error is every mistake of the file, each with its place.
  static Read<Types> Compile(const YamlDocument& document);

  // The file's own word for what the service is: "Database".
  std::string TypeOf(std::string_view service) const;
  // What Fivetran is known to say of the service; empty where it is not known.
  std::string_view DescriptionOf(std::string_view service) const;
  // Of `config`, `read_only` or `auth`, in the order of the file.
  Fields FieldsOf(std::string_view service, std::string_view part) const;
  // The shape of one of them; nullptr where there is none.
  const Json* FindField(std::string_view service, std::string_view part,
                        std::string_view name) const;
  // True for what answers say of a field of the config that nobody set.
  bool IsDefault(std::string_view service, std::string_view field, const Json& value) const;
  // The fields that an external secrets manager may hold.
  const Json& KeysOf(std::string_view service) const;

  // True where each value is what its field's enum allows, or enums are not checked.
  bool AllowsConfig(std::string_view service, const Json& config) const;
  // The same of the config of a destination.
  bool AllowsDestination(std::string_view service, const Json& config) const;
  // Masks what is no field of the service and has a secret's name, at any depth of a config, and
  // takes out the rest where strangers are `dropped`. All stays of a service whose fields nobody
  // knows.
  void HandleStrangers(std::string_view service, Json& config) const;
  // Adds the defaults, and what only answers have, to the config of that connection.
  void Complete(const Json& connection, Json& config) const;

 private:
  // The file, whose long maps are looked into by names.
  struct Index;

  const Json& Of(std::string_view service) const;
  // The fields that `list` names, with their shapes.
  Fields Named(const Json& list) const;
  bool Allow(const Fields& fields, const Json& config) const;

  std::shared_ptr<const Index> index_;
};

}  // namespace mockduit::fivetran
