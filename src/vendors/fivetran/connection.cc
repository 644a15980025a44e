#include "vendors/fivetran/connection.h"

namespace mockduit::fivetran {

void ConnectionBehaviour::RunSetupTests(const Call& call, const Json& request, Json& connection,
                                        World& world, const Json* scripted) const {
  Json results = RunTests(SetupTests::Of::kConnection, call, request, connection, world, scripted);
  const bool incomplete = connection.Get("status").Get("setup_state").AsString() == "incomplete";
  const bool broken = connection.Get("status").Get("setup_state").AsString() == "broken";
  const char* passed = broken ? "broken" : "connected";
  const char* failed = incomplete ? "incomplete" : "broken";
  const bool all_passed = SetupTests::AllPassed(results);
  connection.SetAt("/status/setup_state", all_passed ? passed : failed);
  // What was connected asks for its owner, until a sync succeeds.
  if (!all_passed && !incomplete) {
    connection.SetAt(
        "/status/tasks",
        Json::MakeArray({Json::MakeObject({{"code", "reconnect"}, {"message", "Reconnect"}})}));
  }
  connection.Set("setup_tests", std::move(results));
}

}  // namespace mockduit::fivetran
