#include "vendors/fivetran/services.h"

#include <algorithm>

namespace mockduit::fivetran {
namespace {

constexpr std::string_view kMask = "******";
constexpr std::string_view kConfig = "config.";

std::vector<std::string> Strings(const Json* list) {
  std::vector<std::string> strings;
  const Json::Array* items = list != nullptr ? list->IfArray() : nullptr;
  if (items == nullptr) return strings;
  for (const Json& item : *items) strings.emplace_back(item.AsString());
  return strings;
}

// Puts the mask on what `path` leads to, below `value`. Null stays null.
void Mask(Json& value, std::string_view path) {
  if (path.empty()) {
    if (!value.IsNull()) value = kMask;
    return;
  }
  if (path.starts_with("[]")) {
    Json::Array* items = value.IfArray();
    if (items == nullptr) return;
    path.remove_prefix(path.starts_with("[].") ? 3 : 2);
    for (Json& item : *items) Mask(item, path);
    return;
  }
  const std::size_t end = std::min(path.find_first_of(".["), path.size());
  Json* member = value.Find(path.substr(0, end));
  if (member == nullptr) return;
  path.remove_prefix(end);
  if (path.starts_with('.')) path.remove_prefix(1);
  Mask(*member, path);
}

// The value that stands for a schema field, or nullptr.
const Json* SchemaField(const Json& config, const std::string& field) {
  const Json* value = config.Find(field);
  if (value == nullptr && field == "table_group_name") value = config.Find("table");
  return value != nullptr && !value->AsString().empty() ? value : nullptr;
}

}  // namespace

Result<Services> Services::Compile(const Json& data) {
  const Json* formats = data.Find("formats");
  const Json* services = data.Find("services");
  if (formats == nullptr || services == nullptr || !services->IsObject()) {
    return Fail("services.yaml needs 'formats' and 'services'");
  }
  Services compiled;
  for (const auto& [name, entry] : *services->IfObject()) {
    const Json* format = entry.Find("schema");
    const Json* known = format != nullptr ? formats->Find(format->AsString()) : nullptr;
    if (known == nullptr)
      return Fail("services.yaml: the schema format of " + name + " is unknown");
    compiled.services_.emplace(
        name, Service{Strings(known->Find("required")), Strings(entry.Find("secrets"))});
  }
  return compiled;
}

const Service* Services::Find(std::string_view name) const {
  const auto found = services_.find(std::string(name));
  return found != services_.end() ? &found->second : nullptr;
}

std::vector<std::string> MissingSchemaFields(const Service& service, const Json& config) {
  std::vector<std::string> missing;
  for (const std::string& field : service.schema_fields) {
    if (SchemaField(config, field) == nullptr) missing.push_back(field);
  }
  return missing;
}

std::string SchemaName(const Service& service, const Json& config) {
  std::string name;
  for (const std::string& field : service.schema_fields) {
    const Json* value = SchemaField(config, field);
    if (value == nullptr) continue;
    if (!name.empty()) name += '.';
    name += value->AsString();
  }
  return name;
}

Json ShownConfig(const Service& service, Json config) {
  if (!config.IsObject()) return Json::MakeObject();
  for (const std::string& secret : service.secrets) {
    if (secret.starts_with(kConfig)) Mask(config, std::string_view(secret).substr(kConfig.size()));
  }
  for (const std::string& field : service.schema_fields) config.Remove(field);
  return config;
}

}  // namespace mockduit::fivetran
