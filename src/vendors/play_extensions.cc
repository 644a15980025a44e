#include "vendors/play_extensions.h"

#include "vendors/fivetran/setup_tests.h"

namespace mockduit {

PlayExtensions VendorPlayExtensions() { return {fivetran::ScriptedSetupTests()}; }

}  // namespace mockduit
