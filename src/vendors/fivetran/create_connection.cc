#include "vendors/fivetran/create_connection.h"

#include "vendors/fivetran/connect_card.h"
#include "vendors/fivetran/services.h"
#include "vendors/fivetran/setup_tests.h"

namespace mockduit::fivetran {
namespace {

constexpr std::int64_t kOnceADay = 1440;  // minutes; only then is daily_sync_time shown

constexpr int kMaxTries = 50;  // draws of a free id before it gets a third word

const Json kNoScript;

class CreateConnection : public Behaviour {
 public:
  CreateConnection(const Operation& operation, Services services, SetupTests setup_tests)
      : effect_(*operation.effect),
        kind_(KindOf(operation, effect_.kind)),
        services_(std::move(services)),
        setup_tests_(std::move(setup_tests)) {}

  void Validate(const Call& call, std::vector<Violation>& violations) const override {
    const Json& name = call.body->Get("service");
    const Json& config = call.body->Get("config");
    if (!name.IsString() || name.AsString().empty()) return;  // the schema has told of it
    const Service* service = services_.Find(name.AsString());
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
    for (const std::string& field : MissingSchemaFields(*service, config)) {
      violations.push_back({{"body", "config", field}, "required", field, "", "", ""});
    }
  }

  std::expected<Json, Met> Run(const Call& call, Session& session, Scope& scope) const override {
    const Json& body = *call.body;
    const Service& service = *services_.Find(body.Get("service").AsString());
    Json connection = effect_.resource.Value(scope);
    std::string id = FreeId(connection, session);
    connection.Set("id", id);
    connection.Set("schema", SchemaName(service, body.Get("config")));
    connection.Set("config", ShownConfig(service, body.Get("config")));
    if (connection.Get("sync_frequency").AsInteger() != kOnceADay) {
      connection.Remove("daily_sync_time");
    }
    if (body.Get("paused").AsBool()) connection.SetAt("/status/sync_state", "paused");
    if (body.Get("run_setup_tests").AsBool(true)) RunSetupTests(call, connection);
    const Json& card = body.Get("connect_card_config");
    if (card.IsObject()) {
      connection.Set("connect_card", MakeConnectCard(connection, card, call.at));
    } else {
      connection.Remove("connect_card");
    }
    session.store().Put(kind_, std::move(id), connection);
    return connection;
  }

 private:
  // The id that the template drew, or another where that one is taken.
  std::string FreeId(const Json& connection, Session& session) const {
    std::string id(connection.Get(effect_.id).AsString());
    for (int tries = 0; session.store().Has(kind_, id); ++tries) {
      const std::string words = session.ids().TwoWords();
      id = tries < kMaxTries ? words : id + "_" + words;
    }
    return id;
  }

  // A failed test does not fail the call: the connection is made, and its setup is incomplete.
  void RunSetupTests(const Call& call, Json& connection) const {
    Json results = setup_tests_.Run(call.body->Get("service").AsString(), *call.body,
                                    call.play != nullptr ? call.play->setup_tests : kNoScript);
    const bool passed = SetupTests::AllPassed(results);
    connection.SetAt("/status/setup_state", passed ? "connected" : "incomplete");
    connection.Set("setup_tests", std::move(results));
  }

  const Effect& effect_;
  std::string kind_;
  Services services_;
  SetupTests setup_tests_;
};

}  // namespace

Result<std::unique_ptr<const Behaviour>> MakeCreateConnection(const Vendor& vendor,
                                                              const Operation& operation) {
  const Json* services = vendor.FindData("services");
  const Json* tests = vendor.FindData("setup_tests");
  if (services == nullptr || tests == nullptr || !operation.effect) {
    return Fail(operation.name + " needs services.yaml, setup_tests.yaml and an effect");
  }
  auto compiled_services = Services::Compile(*services);
  if (!compiled_services) return std::unexpected(compiled_services.error());
  auto compiled_tests = SetupTests::Compile(*tests);
  if (!compiled_tests) return std::unexpected(compiled_tests.error());
  return std::make_unique<CreateConnection>(operation, std::move(*compiled_services),
                                            std::move(*compiled_tests));
}

}  // namespace mockduit::fivetran
