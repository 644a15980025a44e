#include "vendors/behaviours.h"

#include "vendors/fivetran/behaviours.h"
#include "vendors/fivetran/connection.h"

namespace mockduit {

BehaviourTable VendorBehaviours(const Caller& caller) {
  const auto keep_webhook = [&caller](const Vendor&, const Operation& operation) {
    return fivetran::MakeKeepWebhook(operation, caller);
  };
  return {
      {"fivetran.create_connection", fivetran::MakeCreateConnection},
      {"fivetran.modify_connection", fivetran::MakeModifyConnection},
      {"fivetran.run_setup_tests", fivetran::MakeRunSetupTests},
      {"fivetran.connect_card", fivetran::MakeConnectCardBehaviour},
      {"fivetran.schema_config", fivetran::MakeSchemaConfig},
      {"fivetran.connector_types", fivetran::MakeConnectorTypes},
      {"fivetran.connector_type", fivetran::MakeConnectorTypes},
      {"fivetran.create_webhook", keep_webhook},
      {"fivetran.modify_webhook", keep_webhook},
      {"fivetran.test_webhook", fivetran::MakeTestWebhook},
  };
}

std::vector<std::string> BehaviourNames() {
  return {"fivetran.create_connection", "fivetran.modify_connection", "fivetran.run_setup_tests",
          "fivetran.connect_card",      "fivetran.schema_config",     "fivetran.connector_types",
          "fivetran.connector_type",    "fivetran.create_webhook",    "fivetran.modify_webhook",
          "fivetran.test_webhook"};
}

std::vector<Problem> CheckVendorData(const Catalog& catalog) {
  const Vendor* fivetran = catalog.FindVendor("fivetran");
  return fivetran != nullptr ? fivetran::CheckData(*fivetran) : std::vector<Problem>();
}

}  // namespace mockduit
