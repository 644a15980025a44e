// Emulator: answers requests as the vendors document, exactly as scripted. emulator.cc is the way
// of a request on one screen; each step is a file of this folder.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "engine/address.h"
#include "engine/answer.h"
#include "engine/behaviour.h"
#include "engine/call.h"
#include "engine/cors.h"
#include "engine/metrics.h"
#include "engine/record.h"
#include "engine/request_log.h"
#include "engine/route.h"
#include "engine/sender.h"
#include "http/caller.h"
#include "http/message.h"
#include "http/own_names.h"
#include "scenario/scenario_library.h"
#include "session/redact.h"
#include "session/sessions.h"

namespace mockduit {

struct EmulatorSettings {
  OwnNames names;  // its public URL, where it is "", is what each request's Host says
  std::size_t max_answer = 16 * 1024UZ * 1024;  // bytes of a body
  std::size_t max_body = 1024UZ * 1024;         // of a request's, once its codings are off
};

// What an emulator works with; all of it must outlive the emulator.
struct EmulatorRooms {
  const Catalog& catalog;
  const ScenarioLibrary& scenarios;
  Sessions& sessions;
  const Caller& caller;  // of other servers
  Metrics& metrics;
  RequestLog* requests = nullptr;  // is told of each; nullptr: nobody is
};

class Emulator : public Handler {
 public:
  // `table` must have every behaviour that the catalog's contracts name, and their data what these
  // need. Each is made when its operation is first called.
  Emulator(const EmulatorRooms& rooms, BehaviourTable table, EmulatorSettings settings);

  Response Handle(Request request) override;
  Response Refuse(Refusal refusal) override;

 private:
  // What an operation does, and the outcome that says that it was done.
  struct Prepared {
    std::unique_ptr<const Behaviour> behaviour;
    std::optional<OutcomeChoice> success;
  };
  // The answer, or nothing when the request goes on.
  using Step = std::optional<Answer>;

  Prepared Prepare(const Vendor& vendor, const Operation& operation) const;
  // Leads the visit into its session, and gives the scenario that is played there.
  std::string EnterSession(Visit& visit, std::string_view name);
  Step Enter(Visit& visit, const std::expected<Selector, MalformedName>& selector);
  Answer Decide(Call& call) const;
  Step Play(Call& call) const;
  static Step LookAtHeaders(const Call& call);
  Step LookAtBody(Call& call) const;
  Step Authenticate(Call& call) const;
  Step Validate(Call& call) const;
  Step Tell(Call& call, std::string_view condition) const;
  std::string_view FindViolations(Call& call) const;
  std::string AllowedBy(const Call& call) const;
  Answer Behave(Call& call) const;
  Step CallOutside(Call& call, const Behaviour& behaviour) const;
  Response Finish(Visit& visit, const Call* call, Answer answer);
  Response Keep(const Visit& visit, const Call* call, const Answer& answer, Described& described);
  void TellOutside(Sent& sent, const Response& response, Time came) const;

  const EmulatorRooms rooms_;
  const std::size_t max_answer_;
  const std::size_t max_body_;
  const Addressing addressing_;
  const RouteStep router_;
  const SenderStep sender_;
  const CorsStep cors_;
  const Redactor redactor_;
  const BehaviourTable table_;
  std::unordered_map<const Operation*, Lazy<Prepared>> operations_;
};

}  // namespace mockduit
