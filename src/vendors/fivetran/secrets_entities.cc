// What uses the account's external secrets managers: connections and destinations, which are of two
// kinds and come in one list.
#include "engine/effect.h"
#include "http/uri.h"
#include "vendors/fivetran/behaviours.h"

namespace mockduit::fivetran {
namespace {

Json EntityOf(const Json& user, const char* type, const Json& name, bool enabled,
              const Json& created_at) {
  return Json::MakeObject({{"id", user.Get("id")},
                           {"type", type},
                           {"name", name},
                           {"enabled", enabled},
                           {"secret_manager_id", user.Get("external_secrets_manager_id")},
                           {"created_at", created_at}});
}

Json OfConnection(const Json& connection) {
  const bool connected = connection.Get("status").Get("setup_state").AsString() == "connected";
  return EntityOf(connection, "SOURCE", connection.Get("schema"),
                  connected && !connection.Get("paused").AsBool(), connection.Get("created_at"));
}

// A destination has its group's id, and is called by the group's name.
Json OfDestination(const Json& destination, const Store& store) {
  const Json group =
      store.Find("fivetran.group", destination.Get("group_id").AsString()).value_or(Json());
  const bool connected = destination.Get("setup_status").AsString() == "connected";
  return EntityOf(destination, "DESTINATION", group.Get("name"), connected,
                  group.Get("created_at"));
}

class SecretsEntities : public EffectBehaviour {
 public:
  using EffectBehaviour::EffectBehaviour;

  std::expected<Facts, Failure> Run(const Call& call, World& world, Scope& scope) const override {
    auto done = EffectBehaviour::Run(call, world, scope);
    if (!done) return done;
    const std::string_view query = call.request().query;
    const std::string in_path(call.PathValue("esm_id"));
    const std::string manager =
        in_path.empty() ? QueryValue(query, "esm_id").value_or("") : in_path;
    const std::string type = QueryValue(query, "type").value_or("all");
    Json::Array items;
    const Store& store = world.store();
    const auto visit = [&](const char* kind, const auto& entity_of) {
      store.Visit(kind, Store::Order::kOldestFirst,
                  [&](const std::string& /*id*/, const std::string& text) {
                    const Json user = Json::Parse(text).value_or(Json());
                    const std::string_view uses =
                        user.Get("external_secrets_manager_id").AsString();
                    if (!uses.empty() && (manager.empty() || uses == manager)) {
                      items.push_back(entity_of(user));
                    }
                    return true;
                  });
    };
    if (type != "destination") visit("fivetran.connection", &OfConnection);
    if (type != "source") {
      visit("fivetran.destination", [&](const Json& one) { return OfDestination(one, store); });
    }
    done->page = {items.size(), ""};
    done->result.Set("items", std::move(items));
    return done;
  }
};

}  // namespace

Made MakeSecretsEntities(const Operation& operation) {
  return MakeEffect<SecretsEntities>(operation);
}

}  // namespace mockduit::fivetran
