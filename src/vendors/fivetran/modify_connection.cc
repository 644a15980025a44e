#include "vendors/fivetran/account.h"
#include "vendors/fivetran/behaviours.h"
#include "vendors/fivetran/connect_card.h"
#include "vendors/fivetran/connection.h"
#include "vendors/fivetran/networking.h"
#include "vendors/fivetran/schedule.h"

namespace mockduit::fivetran {
namespace {

class ModifyConnection : public ConnectionBehaviour {
 public:
  ModifyConnection(Declared declared, std::shared_ptr<const Knowledge> knowledge,
                   OutcomeChoice schema_immutable, OutcomeChoice invalid_config)
      : ConnectionBehaviour(std::move(declared), std::move(knowledge)),
        schema_immutable_(schema_immutable),
        invalid_config_(invalid_config) {}

 private:
  std::expected<void, Failure> Adjust(const Call& call, World& world,
                                      Json& connection) const override {
    const Json& config = call.body()->Get("config");
    const std::string name(connection.Get("service").AsString());
    const Service* service = services().Find(name);
    if (!types().AllowsConfig(name, config)) return std::unexpected(Failure{invalid_config_});
    if (service != nullptr && config.IsObject()) {
      const std::string schema = SchemaName(*service, config);
      if (!schema.empty() && schema != connection.Get("schema").AsString()) {
        return std::unexpected(Failure{schema_immutable_});
      }
      Json merged = connection.Get("config");
      merged.MergePatch(ShownConfig(*service, config));
      types().HandleStrangers(name, merged);
      types().Complete(connection, merged);
      connection.Set("config", std::move(merged));
    }
    AlignNetworking(*call.body(), types(), connection);
    Schedule(*call.body(), world.store(), connection);
    if (connection.Get("sync_frequency").AsInteger() != kOnceADay) {
      connection.Remove("daily_sync_time");
    }
    const bool changes_access = config.IsObject() || call.body()->Get("auth").IsObject();
    if (call.body()->Get("run_setup_tests").AsBool(changes_access)) {
      RunSetupTests(call, *call.body(), connection, world);
    }
    return {};
  }

  const OutcomeChoice schema_immutable_;
  const OutcomeChoice invalid_config_;
};

class RunSetupTestsOf : public ConnectionBehaviour {
 public:
  using ConnectionBehaviour::ConnectionBehaviour;

 private:
  std::expected<void, Failure> Adjust(const Call& call, World& world,
                                      Json& connection) const override {
    const Json request = call.body() != nullptr ? *call.body() : Json::MakeObject();
    RunSetupTests(call, request, connection, world);
    return {};
  }
};

class ConnectCard : public EffectBehaviour {
 public:
  using EffectBehaviour::EffectBehaviour;

 private:
  std::expected<void, Failure> Adjust(const Call& call, World& world,
                                      Json& connection) const override {
    connection.Set("connect_card",
                   MakeConnectCard(connection, connection.Get("connect_card_config"),
                                   OfAccount(world.store(), "account_id").AsString(),
                                   call.visit.LinkBase(), call.visit.at));
    return {};
  }

  Json Show(const Call& /*call*/, Json connection, Scope& /*scope*/) const override {
    return Json::MakeObject({{"connector_id", connection.Get("id")},
                             {"connect_card", connection.Get("connect_card")},
                             {"connect_card_config", connection.Get("connect_card_config")}});
  }
};

}  // namespace

Made MakeModifyConnection(const Vendor& vendor, const Operation& operation,
                          SharedKnowledge& shared) {
  const auto schema_immutable = OutcomeChoice::Find(operation, {"bad_request", "schema_immutable"});
  const auto invalid_config = OutcomeChoice::Find(operation, {"bad_request", "invalid_config"});
  for (const auto* found : {&schema_immutable, &invalid_config}) {
    if (!*found) return std::unexpected(found->error());
  }
  return MakeTesting<ModifyConnection>(vendor, operation, shared, *schema_immutable,
                                       *invalid_config);
}

Made MakeRunSetupTests(const Vendor& vendor, const Operation& operation, SharedKnowledge& shared) {
  return MakeTesting<RunSetupTestsOf>(vendor, operation, shared);
}

Made MakeConnectCardBehaviour(const Vendor& /*vendor*/, const Operation& operation) {
  return MakeEffect<ConnectCard>(operation);
}

}  // namespace mockduit::fivetran
