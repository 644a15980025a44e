#include "base/json_cursor.h"
#include "vendors/fivetran/account.h"
#include "vendors/fivetran/behaviours.h"
#include "vendors/fivetran/connect_card.h"
#include "vendors/fivetran/connection.h"
#include "vendors/fivetran/networking.h"
#include "vendors/fivetran/schedule.h"

namespace mockduit::fivetran {
namespace {

// Whether another connection of the group fills that schema.
bool IsTaken(std::string_view schema, std::string_view group, const Store& store) {
  bool taken = false;
  store.Visit("fivetran.connection", Store::Order::kNewestFirst,
              [&](const std::string& /*id*/, const std::string& text) {
                taken = MemberOf(text, "schema").AsString() == schema &&
                        MemberOf(text, "group_id").AsString() == group;
                return !taken;
              });
  return taken;
}

class CreateConnection : public ConnectionBehaviour {
 public:
  CreateConnection(Declared declared, std::shared_ptr<const Knowledge> knowledge,
                   OutcomeChoice taken)
      : ConnectionBehaviour(std::move(declared), std::move(knowledge)), taken_(taken) {}

  void Validate(const Call& call, std::vector<Violation>& violations) const override {
    const Json& name = call.body()->Get("service");
    const Json& config = call.body()->Get("config");
    if (!name.IsString() || name.AsString().empty()) return;  // the schema reports it
    const Service* service = services().Find(name.AsString());
    if (service == nullptr) {
      violations.push_back({{"body", "service"},
                            "enum",
                            "",
                            std::string(name.AsString()),
                            "",
                            "Unsupported connector service '{value}'"});
      return;
    }
    if (!config.IsNull() && !config.IsObject()) return;
    if (!types().AllowsConfig(name.AsString(), config)) {
      violations.push_back({{"body", "config"}, "enum", "", "", "", "Invalid 'config' object"});
    }
    for (const std::string& field : MissingSchemaFields(*service, config)) {
      violations.push_back({{"body", "config", field}, "required", field, "", "", ""});
    }
  }

 private:
  std::expected<void, Failure> Adjust(const Call& call, World& world,
                                      Json& connection) const override {
    const Json& body = *call.body();
    const Service& service = *services().Find(body.Get("service").AsString());
    const std::string schema = SchemaName(service, body.Get("config"));
    if (OfAccount(world.store(), "unique_schemas").AsBool() &&
        IsTaken(schema, body.Get("group_id").AsString(), world.store())) {
      return std::unexpected(Failure{taken_});
    }
    connection.Set("schema", schema);
    Json config = ShownConfig(service, body.Get("config"));
    types().HandleStrangers(body.Get("service").AsString(), config);
    types().Complete(connection, config);
    connection.Set("config", std::move(config));
    AlignNetworking(body, types(), connection);
    Schedule(body, world.store(), connection);
    if (connection.Get("sync_frequency").AsInteger() != kOnceADay) {
      connection.Remove("daily_sync_time");
    }
    if (body.Get("paused").AsBool()) connection.SetAt("/status/sync_state", "paused");
    if (body.Get("run_setup_tests").AsBool(true)) RunSetupTests(call, body, connection, world);
    const Json& card = body.Get("connect_card_config");
    if (card.IsObject()) {
      connection.Set(
          "connect_card",
          MakeConnectCard(connection, card, OfAccount(world.store(), "account_id").AsString(),
                          call.visit.LinkBase(), call.visit.at));
    } else {
      connection.Remove("connect_card");
    }
    return {};
  }

  const OutcomeChoice taken_;
};

}  // namespace

Made MakeCreateConnection(const Vendor& vendor, const Operation& operation,
                          SharedKnowledge& shared) {
  const auto taken = OutcomeChoice::Find(operation, {"conflict", ""});
  if (!taken) return std::unexpected(taken.error());
  return MakeTesting<CreateConnection>(vendor, operation, shared, *taken);
}

}  // namespace mockduit::fivetran
