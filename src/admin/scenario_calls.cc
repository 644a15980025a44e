// The scenarios that the server knows.
#include "admin/calls.h"
#include "admin/describe.h"
#include "base/text.h"
#include "http/problem.h"

namespace mockduit {

Result<Response> ListScenarios(const ControlCall& call) {
  return JsonAnswer(200, DescribeScenarios(call.rooms.scenarios));
}

Result<Response> GetScenario(const ControlCall& call) {
  const auto found = call.rooms.scenarios.Find(call.name);
  if (found == nullptr) return NotFound("scenario", call.name, call.rooms.scenarios.Names());
  return JsonAnswer(200, DescribeScenario(*found));
}

Result<Response> PutScenario(const ControlCall& call) {
  const std::string name = ValidUtf8(call.name);  // answers quote it
  const TextFile file{name + ".yaml", call.request.body};
  const auto scenario = call.rooms.scenarios.ReadText(file, call.rooms.catalog);
  if (!scenario) return Unprocessable(scenario.error());
  if ((*scenario)->name != name) {
    return Unprocessable(
        {{file.path,
          0,
          0,
          "the scenario calls itself '" + (*scenario)->name + "', not '" + name + "'",
          {},
          {}}});
  }
  const bool replaced = call.rooms.scenarios.Find(name) != nullptr;
  const std::size_t most = call.rooms.sessions.most_of_scenarios();
  if (!call.rooms.scenarios.Put(*scenario, most)) {
    return ProblemAnswer(ProblemId::kNoRoom, "the scenarios that were put would hold more than " +
                                                 std::to_string(most) +
                                                 " bytes with this one, a quarter of "
                                                 "--max-memory; DELETE makes room");
  }
  call.rooms.sessions.MakeRoom("");
  return JsonAnswer(replaced ? 200 : 201, DescribeScenario(**scenario));
}

Result<Response> DeleteScenario(const ControlCall& call) {
  if (call.name == call.rooms.sessions.defaults().scenario) {
    return Fail(ErrorKind::kConflict,
                "'" + call.name + "' is what requests meet that choose no scenario");
  }
  if (call.rooms.scenarios.Remove(call.name)) return NoContent();
  return NotFound("scenario", call.name, call.rooms.scenarios.Names());
}

}  // namespace mockduit
