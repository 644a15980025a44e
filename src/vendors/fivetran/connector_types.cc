// The metadata of connector types: one for each service of services.yaml. They belong to no
// session, so no store holds them. Ids, and what connector_types.yaml has, are documented; names,
// icons and links are made of the id.
#include <algorithm>

#include "base/text.h"
#include "engine/effect.h"
#include "engine/paging.h"
#include "vendors/fivetran/behaviours.h"
#include "vendors/fivetran/knowledge.h"

namespace mockduit::fivetran {
namespace {

// "google_ads" as "Google Ads".
std::string NameOf(std::string_view id) {
  std::string name;
  while (!id.empty()) {
    std::string word(TakeUntil(id, "_"));
    const std::size_t letter = std::min(word.find_first_not_of("0123456789"), word.size() - 1);
    word[letter] = UpperCase(word.substr(letter, 1)).front();
    name += (name.empty() ? "" : " ") + word;
  }
  return name;
}

// Where Fivetran's documentation has such connectors.
std::string SectionOf(std::string_view type) {
  if (type == "Database") return "databases";
  if (type == "File") return "files";
  if (type == "Events") return "events";
  if (type == "Function") return "functions";
  return "applications";
}

// A node of `config` or `auth`, as Fivetran's own client asserts them: a field with its type, and
// what is below it. Of descriptions, titles and examples it has none.
Json NodeOf(const Json& shape, bool read_only) {
  const Json* values = shape.Find("one_of");
  const Json* item = shape.Find("list");
  const Json* fields = shape.Find("fields");
  const std::string_view word = shape.AsString();
  const bool text = word == "text" || word == "secret" || values != nullptr;
  std::string type(text ? "string" : word);
  if (item != nullptr) type = "array";
  if (fields != nullptr) type = "object";
  const bool nullable = values == nullptr && word != "integer" && word != "boolean";
  Json node = Json::MakeObject({{"type", type},
                                {"description", ""},
                                {"readonly", read_only},
                                {"nullable", nullable},
                                {"immutable", false},
                                {"fieldStatus", "general_availability"}});
  if (word == "secret") node.Set("format", "password");
  if (values != nullptr) node.Set("enum", *values);
  if (item != nullptr) node.Set("items", NodeOf(*item, read_only));
  if (fields == nullptr) return node;
  Json properties = Json::MakeObject();
  for (const JsonMember& field : *fields->IfObject()) {
    properties.Set(field.key, NodeOf(field.value, read_only));
  }
  node.Set("properties", std::move(properties));
  return node;
}

Json RootOf(const std::string& title, Json properties) {
  return Json::MakeObject({{"type", "object"},
                           {"title", title},
                           {"description", ""},
                           {"readonly", false},
                           {"properties", std::move(properties)}});
}

Json PropertiesOf(const Types::Fields& fields) {
  Json properties = Json::MakeObject();
  for (const auto& [name, shape] : fields) properties.Set(std::string(name), NodeOf(*shape, false));
  return properties;
}

// The fields that name the schema come with it; they are for ever.
Json ConfigOf(const std::string& id, const std::string& name, const Knowledge& knowledge) {
  Json properties = PropertiesOf(knowledge.types.FieldsOf(id, "config"));
  for (const auto& [field, shape] : knowledge.types.FieldsOf(id, "read_only")) {
    properties.Set(std::string(field), NodeOf(*shape, true));
  }
  Json required = Json::MakeArray();
  for (const std::string& field : knowledge.services.Find(id)->schema_fields) {
    Json node = NodeOf(Json("text"), false);
    node.Set("nullable", false);
    node.Set("immutable", true);
    properties.Set(field, std::move(node));
    required.Append(field);
  }
  Json config = RootOf(name + " config object", std::move(properties));
  config.Set("required", std::move(required));
  return config;
}

Json FeatureOf(const std::string& id, const std::string& notes) {
  return Json::MakeObject({{"id", id}, {"notes", notes}});
}

Json TypeOf(const std::string& id, const Knowledge& knowledge, bool with_config) {
  const std::string name = NameOf(id);
  const std::string type = knowledge.types.TypeOf(id);
  const std::string_view known = knowledge.types.DescriptionOf(id);
  std::string dashed = id;
  std::ranges::replace(dashed, '_', '-');
  const std::string icon = "https://fivetran.com/integrations/" + id + "/resources/" + dashed;
  const std::string docs = "https://fivetran.com/docs/connectors/" + SectionOf(type) + "/" + dashed;
  Json told = Json::MakeObject(
      {{"id", id},
       {"name", name},
       {"type", type},
       {"description", known.empty() ? name + " as a source of Fivetran's" : std::string(known)},
       {"icons", Json::MakeArray({icon + "_512.png", icon + "_40.svg"})}});
  const Types::Fields auth = knowledge.types.FieldsOf(id, "auth");
  const Json& keys = knowledge.types.KeysOf(id);
  if (with_config) {
    told.Set("config", ConfigOf(id, name, knowledge));
    if (!auth.empty()) told.Set("auth", RootOf(name + " auth object", PropertiesOf(auth)));
    if (const Json::Array* names = keys.IfArray()) {
      Json properties = Json::MakeObject();
      for (const Json& key : *names) {
        properties.Set(std::string(key.AsString()), NodeOf(Json("text"), false));
      }
      told.Set("external_secrets_keys_config",
               RootOf(name + " external secrets keys", std::move(properties)));
    }
  }
  told.Set("icon_url", icon + ".png");
  told.Set("link_to_docs", docs);
  told.Set("link_to_erd", docs + "#schemainformation");
  told.Set("connector_class", id == "15five" ? "lite" : "standard");
  Json features = Json::MakeArray({FeatureOf("API_CONFIGURABLE", ""),
                                   FeatureOf("RE_SYNC", "Connection and table level"),
                                   FeatureOf("DATA_BLOCKING", "Column level and table level")});
  if (!auth.empty()) features.Append(FeatureOf("AUTHORIZATION_VIA_API", ""));
  told.Set("supported_features", std::move(features));
  told.Set("service_status", "general_availability");
  told.Set("service_status_updated_at", "2022-06-10");
  return told;
}

class ConnectorTypes : public Behaviour {
 public:
  ConnectorTypes(EffectBehaviour::Declared declared, std::shared_ptr<const Knowledge> knowledge)
      : declared_(std::move(declared)),
        knowledge_(std::move(knowledge)),
        names_(knowledge_->services.Names()) {}

  std::expected<Facts, Failure> Run(const Call& call, World& /*world*/,
                                    Scope& scope) const override {
    const Effect& effect = declared_.effect();
    if (effect.does == Effect::Does::kList) return List(call);
    const std::string id = effect.which.by->Text(scope);
    if (knowledge_->services.Find(id) == nullptr) {
      return std::unexpected(Failure{*declared_.outcomes().absent});
    }
    return Facts{.result = TypeOf(id, *knowledge_, true)};
  }

 private:
  std::expected<Facts, Failure> List(const Call& call) const {
    const Paging& paging = declared_.effect().paging;
    const auto page = ReadPage(paging, call.request().query);
    if (!page) return std::unexpected(Failure{*declared_.outcomes().bad_cursor});
    PageOf types;
    for (std::size_t i = page->skip; i < names_.size() && types.items.size() < page->limit; ++i) {
      types.items.push_back(TypeOf(names_[i], *knowledge_, false));
    }
    types.more = page->skip + types.items.size() < names_.size();
    return Facts{.result = PageResult(paging, *page, std::move(types))};
  }

  const EffectBehaviour::Declared declared_;
  const std::shared_ptr<const Knowledge> knowledge_;
  const std::vector<std::string> names_;  // sorted, digits first
};

}  // namespace

Made MakeConnectorTypes(const Vendor& vendor, const Operation& operation, SharedKnowledge& shared) {
  auto knowledge = shared.Of(vendor);
  if (!knowledge) return Fail(operation.name + ": " + knowledge.error().message);
  auto declared = EffectBehaviour::Declared::Make(operation);
  if (!declared) return std::unexpected(declared.error());
  return std::make_unique<ConnectorTypes>(std::move(*declared), std::move(*knowledge));
}

}  // namespace mockduit::fivetran
