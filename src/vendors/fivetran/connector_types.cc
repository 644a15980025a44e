// The metadata of connector types: one for each service of services.yaml. They belong to no
// session, so no store holds them. Only ids are documented; what else a type says is made of its
// id.
#include <algorithm>

#include "base/text.h"
#include "engine/effect_behaviour.h"
#include "engine/paging.h"
#include "vendors/fivetran/behaviours.h"

namespace mockduit::fivetran {
namespace {

// "google_ads" as "Google Ads".
std::string NameOf(std::string_view id) {
  std::string name;
  while (!id.empty()) {
    std::string word(TakeUntil(id, "_"));
    word[0] = UpperCase(word).front();
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
  ConnectorTypes(const Operation& operation, const Json::Object& services)
      : effect_(*operation.effect), services_(services) {}

  std::expected<Known, Met> Run(const Call& call, Session& /*session*/,
                                Scope& scope) const override {
    Known known;
    if (effect_.does == Effect::Does::kGet) {
      const std::string id = effect_.which.by->Text(scope);
      if (std::ranges::find(services_, id, &JsonMember::key) == services_.end()) {
        return std::unexpected(Met{effect_.absent.outcome, effect_.absent.variant, {}});
      }
      known.result = TypeOf(id, true);
      return known;
    }
    const auto page = ReadPage(effect_.paging, call.request.query);
    if (!page) {
      const OutcomeRef& bad = effect_.paging.bad_cursor;
      return std::unexpected(Met{bad.outcome, bad.variant, {}});
    }
    PageOf types;
    for (std::size_t i = page->skip; i < services_.size() && types.items.size() < page->limit;
         ++i) {
      types.items.push_back(TypeOf(services_[i].key, false));
    }
    types.more = page->skip + types.items.size() < services_.size();
    known.result = PageResult(effect_.paging, *page, std::move(types));
    return known;
  }

 private:
  const Effect& effect_;
  const Json::Object& services_;  // the vendor's, which outlives its behaviours
};

}  // namespace

Made MakeConnectorTypes(const Vendor& vendor, const Operation& operation) {
  const Json* data = vendor.FindData("services");
  const Json::Object* services = data != nullptr ? data->Get("services").IfObject() : nullptr;
  if (services == nullptr) return Fail(operation.name + " needs services.yaml");
  if (auto checked = EffectBehaviour::Check(operation); !checked) {
    return std::unexpected(checked.error());
  }
  return std::make_unique<ConnectorTypes>(operation, *services);
}

}  // namespace mockduit::fivetran
