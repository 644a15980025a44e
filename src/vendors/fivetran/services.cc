#include "vendors/fivetran/services.h"

#include <algorithm>

#include "contract/read/reading.h"

namespace mockduit::fivetran {
namespace {

constexpr std::string_view kMask = "******";
constexpr std::string_view kConfig = "config.";

constexpr BlockKey kServicesKeys[] = {{"formats", Takes::kMap}, {"services", Takes::kMap}};
constexpr BlockKey kFormatKeys[] = {{"required", Takes::kTexts}};
constexpr BlockKey kServiceKeys[] = {{"schema", Takes::kText}, {"secrets", Takes::kTexts}};
constexpr Block kServicesFile = {"services.yaml", kServicesKeys};
constexpr Block kFormat = {"a format", kFormatKeys};
constexpr Block kService = {"a service", kServiceKeys};

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

Read<Services> Services::Compile(const YamlDocument& document) {
  ContractReading reading(document);
  const Node top = reading.Top();
  Services compiled;
  if (!reading.Check(top, kServicesFile)) return std::unexpected(std::move(reading.problems));
  if (!top["formats"] || !top["services"]) {
    reading.Wrong(top, "services.yaml needs 'formats' and 'services'");
  }
  std::vector<std::string> formats;
  reading.EachMember(top["formats"], [&](const std::string& name, const Node& format) {
    reading.Check(format, kFormat);
    formats.push_back(name);
  });
  reading.EachMember(top["services"], [&](const std::string& name, const Node& service) {
    if (!reading.Check(service, kService)) return;
    const std::string format = reading.Needed(service, "schema");
    const Node known = top["formats"][format];
    if (!known && !format.empty()) {
      reading.Wrong(service["schema"],
                    "'" + format + "' is no format of a schema" + DidYouMean(format, formats));
    }
    for (std::size_t i = 0; i < reading.Texts(service["secrets"]).size(); ++i) {
      const std::string secret = reading.Texts(service["secrets"])[i];
      if (secret.starts_with(kConfig) && secret.size() > kConfig.size()) continue;
      reading.Wrong(service["secrets"].Item(i), "the path of a secret begins with 'config.'");
    }
    compiled.services_.emplace(
        name, Service{reading.Texts(known["required"]), reading.Texts(service["secrets"])});
  });
  if (!reading.problems.empty()) return std::unexpected(std::move(reading.problems));
  return compiled;
}

const Service* Services::Find(std::string_view name) const {
  const auto found = services_.find(std::string(name));
  return found != services_.end() ? &found->second : nullptr;
}

std::vector<std::string> Services::Names() const {
  std::vector<std::string> names;
  for (const auto& [name, service] : services_) names.push_back(name);
  std::ranges::sort(names);
  return names;
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
