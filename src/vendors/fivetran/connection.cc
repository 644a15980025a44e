#include "vendors/fivetran/connection.h"

namespace mockduit::fivetran {

Result<Knowledge> Knowledge::Compile(const Vendor& vendor) {
  const Json* services = vendor.FindData("services");
  const Json* tests = vendor.FindData("setup_tests");
  if (services == nullptr || tests == nullptr) {
    return Fail("it needs services.yaml and setup_tests.yaml");
  }
  auto compiled_services = Services::Compile(*services);
  if (!compiled_services) return std::unexpected(compiled_services.error());
  auto compiled_tests = SetupTests::Compile(*tests);
  if (!compiled_tests) return std::unexpected(compiled_tests.error());
  return Knowledge{std::move(*compiled_services), std::move(*compiled_tests)};
}

void ConnectionBehaviour::RunSetupTests(const Call& call, const Json& request,
                                        Json& connection) const {
  static const Json kNoScript;
  Json results = knowledge_.setup_tests.Run(
      connection.Get("service").AsString(), request,
      call.play() != nullptr ? call.play()->Extension("setup_tests") : kNoScript);
  const std::string_view before = connection.Get("status").Get("setup_state").AsString();
  const std::string_view failed = before == "incomplete" ? "incomplete" : "broken";
  const std::string after(SetupTests::AllPassed(results) ? "connected" : failed);
  connection.SetAt("/status/setup_state", after);
  connection.Set("setup_tests", std::move(results));
}

}  // namespace mockduit::fivetran
