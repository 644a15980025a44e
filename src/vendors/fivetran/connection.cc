#include "vendors/fivetran/connection.h"

namespace mockduit::fivetran {
namespace {

// What is broken asks for its owner, and says why, until a sync succeeds.
void AskToReconnect(Json& connection, Time now, World& world) {
  connection.SetAt(
      "/status/tasks",
      Json::MakeArray({Json::MakeObject({{"code", "reconnect"}, {"message", "Reconnect"}})}));
  const std::string id(connection.Get("id").AsString());
  world.Put("fivetran.connection_error", id + " reconnect",
            Json::MakeObject({{"type", "reconnect"},
                              {"title", "Reconnect"},
                              {"reason", "Setup tests failed"},
                              {"message", "Reconnect"},
                              {"created_at", FormatMicros(now)},
                              {"of", id}}));
}

}  // namespace

void ConnectionBehaviour::RunSetupTests(const Call& call, const Json& request, Json& connection,
                                        World& world, const Json* scripted) const {
  Json results = RunTests(SetupTests::Of::kConnection, call, request, connection, world, scripted);
  const bool incomplete = connection.Get("status").Get("setup_state").AsString() == "incomplete";
  const bool broken = connection.Get("status").Get("setup_state").AsString() == "broken";
  const char* passed = broken ? "broken" : "connected";
  const char* failed = incomplete ? "incomplete" : "broken";
  const bool all_passed = SetupTests::AllPassed(results);
  connection.SetAt("/status/setup_state", all_passed ? passed : failed);
  if (!all_passed && !incomplete) AskToReconnect(connection, call.visit.at, world);
  connection.Set("setup_tests", std::move(results));
}

}  // namespace mockduit::fivetran
