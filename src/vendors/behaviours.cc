#include "vendors/behaviours.h"

#include "vendors/airweave/create_source_connection.h"
#include "vendors/fivetran/behaviours.h"

namespace mockduit {

BehaviourTable VendorBehaviours() {
  return {
      {"airweave.create_source_connection", airweave::MakeCreateSourceConnection},
      {"fivetran.create_connection", fivetran::MakeCreateConnection},
  };
}

}  // namespace mockduit
