#include "vendors/behaviours.h"

#include "vendors/fivetran/behaviours.h"

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

}  // namespace mockduit
