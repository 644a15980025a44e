#include "vendors/play_extensions.h"

#include "vendors/fivetran/setup_tests.h"
#include "vendors/supermetrics/behaviours.h"

namespace mockduit {

PlayExtensions VendorPlayExtensions() {
  return {fivetran::ScriptedSetupTests(), supermetrics::QueryRows()};
}

}  // namespace mockduit
