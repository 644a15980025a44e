#include "vendors/behaviours.h"

#include "engine/make_behaviour.h"
#include "vendors/airweave/behaviours.h"
#include "vendors/fivetran/behaviours.h"
#include "vendors/fivetran/connection.h"
#include "vendors/fivetran/knowledge.h"
#include "vendors/supermetrics/behaviours.h"

namespace mockduit {
namespace {

Problem ProblemOf(const Operation& operation, const std::string& message) {
  if (operation.behaviour().empty()) return {operation.contract->file, 0, 0, message, {}, {}};
  Problem problem = operation.details.Get().at_behaviour;
  problem.message = "the behaviour '" + operation.behaviour() + "': " + message;
  return problem;
}

}  // namespace

BehaviourTable VendorBehaviours(const Caller& caller) {
  const auto keep_webhook = [&caller](const Vendor&, const Operation& operation) {
    return fivetran::MakeKeepWebhook(operation, caller);
  };
  const auto of_operation = [](const auto& make) {
    return [make](const Vendor&, const Operation& operation) { return make(operation); };
  };
  // Those that need the vendor's knowledge share it.
  const auto knowing = [shared = std::make_shared<fivetran::SharedKnowledge>()](const auto& make) {
    return [shared, make](const Vendor& vendor, const Operation& operation) {
      return make(vendor, operation, *shared);
    };
  };
  const auto create_subscription = [&caller](const Vendor&, const Operation& operation) {
    return airweave::MakeCreateSubscription(operation, caller);
  };
  return {
      {"airweave.list_collections", airweave::MakeListCollections},
      {"airweave.search", airweave::MakeSearch},
      {"airweave.search_stream", airweave::MakeSearchStream},
      {"airweave.create_subscription", create_subscription},
      {"airweave.show_subscription", airweave::MakeShowSubscription},
      {"airweave.show_message", airweave::MakeShowMessage},
      {"airweave.recover", airweave::MakeRecover},
      {"fivetran.create_connection", knowing(fivetran::MakeCreateConnection)},
      {"fivetran.modify_connection", knowing(fivetran::MakeModifyConnection)},
      {"fivetran.run_setup_tests", knowing(fivetran::MakeRunSetupTests)},
      {"fivetran.create_destination", knowing(fivetran::MakeKeepDestination)},
      {"fivetran.modify_destination", knowing(fivetran::MakeKeepDestination)},
      {"fivetran.test_destination", knowing(fivetran::MakeTestDestination)},
      {"fivetran.approve_certificate", fivetran::MakeApproveCertificate},
      {"fivetran.connect_card", fivetran::MakeConnectCardBehaviour},
      {"fivetran.open_connect_card", knowing(fivetran::MakeOpenConnectCard)},
      {"fivetran.resync", fivetran::MakeResync},
      {"fivetran.schema_config", fivetran::MakeSchemaConfig},
      {"fivetran.connector_types", knowing(fivetran::MakeConnectorTypes)},
      {"fivetran.connector_type", knowing(fivetran::MakeConnectorTypes)},
      {"fivetran.drop_columns", of_operation(fivetran::MakeDropColumns)},
      {"fivetran.sdk_package", of_operation(fivetran::MakeSdkPackage)},
      {"fivetran.secrets_entities", of_operation(fivetran::MakeSecretsEntities)},
      {"fivetran.create_webhook", keep_webhook},
      {"fivetran.modify_webhook", keep_webhook},
      {"fivetran.test_webhook", fivetran::MakeTestWebhook},
      {"supermetrics.tag_accounts", supermetrics::MakeTagAccounts},
      {"supermetrics.blend", supermetrics::MakeBlend},
      {"supermetrics.custom_field", supermetrics::MakeCustomField},
      {"supermetrics.import_tables", supermetrics::MakeImportTables},
      {"supermetrics.list_pages", supermetrics::MakeListPages},
      {"supermetrics.create_secret", supermetrics::MakeCreateSecret},
      {"supermetrics.query_data", supermetrics::MakeQueryData},
      {"supermetrics.login_page", supermetrics::MakeLoginPage},
      {"supermetrics.query_accounts", supermetrics::MakeQueryAccounts},
      {"supermetrics.query_fields", supermetrics::MakeQueryFields},
  };
}

std::vector<std::string> BehaviourNames() {
  const NoCaller nobody;
  std::vector<std::string> names;
  for (const auto& [name, make] : VendorBehaviours(nobody)) names.push_back(name);
  return names;
}

std::vector<Problem> CheckVendorData(const Catalog& catalog) {
  const Vendor* fivetran = catalog.FindVendor("fivetran");
  std::vector<Problem> problems;
  if (fivetran != nullptr) problems = fivetran::CheckData(*fivetran);
  if (!problems.empty()) return problems;  // behaviours would repeat them
  const NoCaller nobody;
  const BehaviourTable table = VendorBehaviours(nobody);
  for (const Vendor& vendor : catalog.vendors()) {
    for (const auto& contract : vendor.editions) {
      for (const auto& operation : contract->operations) {
        const auto made = MakeBehaviour(vendor, *operation, table);
        if (!made) problems.push_back(ProblemOf(*operation, made.error().message));
      }
    }
  }
  return problems;
}

}  // namespace mockduit
