// The metadata of connector types: one for each service of services.yaml. They belong to no
// session, so no store holds them. Only ids are documented; what else a type says is made of its
// id.
#include <algorithm>

#include "base/text.h"
#include "engine/effect.h"
#include "engine/paging.h"
#include "vendors/fivetran/behaviours.h"

namespace mockduit::fivetran {
namespace {

// "google_ads" as "Google Ads".
std::string NameOf(std::string_view id) {
  std::string name;
  while (!id.empty()) {
    std::string word(TakeUntil(id, "_"));
    word[0] = UpperCase(std::string(word)).front();
    name += (name.empty() ? "" : " ") + word;
  }
  return name;
}

Json TypeOf(const std::string& id, bool with_config) {
  const std::string name = NameOf(id);
  Json type = Json::MakeObject({{"id", id},
                                {"name", name},
                                {"type", "API"},
                                {"description", name + " as a source of Fivetran's"},
                                {"icons", Json::MakeArray()}});
  if (with_config) {
    type.Set("config", Json::MakeObject());
    type.Set("auth", Json::MakeObject());
  }
  std::string dashed = id;
  std::ranges::replace(dashed, '_', '-');
  type.Set("icon_url", "https://fivetran.com/integrations/" + id + "/resources/" + dashed + ".png");
  type.Set("link_to_docs", "https://fivetran.com/docs/connectors/applications/" + dashed);
  type.Set("connector_class", "standard");
  type.Set("supported_features", Json::MakeArray({Json::MakeObject({{"id", "API_CONFIGURABLE"}})}));
  type.Set("service_status", "general_availability");
  return type;
}

class ConnectorTypes : public Behaviour {
 public:
  ConnectorTypes(EffectBehaviour::Declared declared, const Json::Object& services)
      : declared_(std::move(declared)), services_(services) {}

  std::expected<Facts, Failure> Run(const Call& call, World& /*world*/,
                                    Scope& scope) const override {
    const Effect& effect = declared_.effect();
    if (effect.does == Effect::Does::kList) return List(call);
    const std::string id = effect.which.by->Text(scope);
    if (std::ranges::find(services_, id, &JsonMember::key) == services_.end()) {
      return std::unexpected(Failure{*declared_.outcomes().absent});
    }
    return Facts{.result = TypeOf(id, true)};
  }

 private:
  std::expected<Facts, Failure> List(const Call& call) const {
    const Paging& paging = declared_.effect().paging;
    const auto page = ReadPage(paging, call.request().query);
    if (!page) return std::unexpected(Failure{*declared_.outcomes().bad_cursor});
    PageOf types;
    for (std::size_t i = page->skip; i < services_.size() && types.items.size() < page->limit;
         ++i) {
      types.items.push_back(TypeOf(services_[i].key, false));
    }
    types.more = page->skip + types.items.size() < services_.size();
    return Facts{.result = PageResult(paging, *page, std::move(types))};
  }

  const EffectBehaviour::Declared declared_;
  const Json::Object& services_;  // the vendor's, which outlives its behaviours
};

}  // namespace

Made MakeConnectorTypes(const Vendor& vendor, const Operation& operation) {
  const Json* data = vendor.FindData("services");
  const Json::Object* services = data != nullptr ? data->Get("services").IfObject() : nullptr;
  if (services == nullptr) return Fail(operation.name + " needs services.yaml");
  auto declared = EffectBehaviour::Declared::Make(operation);
  if (!declared) return std::unexpected(declared.error());
  return std::make_unique<ConnectorTypes>(std::move(*declared), *services);
}

}  // namespace mockduit::fivetran
