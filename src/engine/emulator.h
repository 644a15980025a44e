// Emulator: answers requests as the vendors document, exactly as scripted. emulator.cc is the way
// of a request on one screen.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/log.h"
#include "contract/router.h"
#include "engine/addressing.h"
#include "engine/answer.h"
#include "engine/behaviour.h"
#include "engine/call.h"
#include "engine/metrics.h"
#include "http/message.h"
#include "scenario/library.h"
#include "session/sessions.h"

namespace mockduit {

struct EmulatorSettings {
  std::string public_url;  // "" = what each request's Host says
};

class Emulator : public Handler {
 public:
  // What is passed by reference must outlive the emulator. The error names the operation whose
  // behaviour cannot be made.
  static Result<std::unique_ptr<Emulator>> Make(const Catalog& catalog,
                                                const ScenarioLibrary& scenarios,
                                                Sessions& sessions, const BehaviourTable& table,
                                                Metrics& metrics, EmulatorSettings settings);

  Response Handle(Request request) override;
  Response Refuse(Refusal refusal) override;

 private:
  // A step gives the answer, or nothing when the request goes on.
  using Step = std::optional<Answer>;

  Emulator(const Catalog& catalog, const ScenarioLibrary& scenarios, Sessions& sessions,
           Metrics& metrics, EmulatorSettings settings);

  Answer Decide(Call& call);
  static bool HasPath(const Contract& contract, std::string_view path);
  static void UseVariantOfPath(const Call& call, Answer& answer);
  Step Address(Call& call);
  Step Route(Call& call);
  Step TakePlay(Call& call);
  Step Authenticate(Call& call);
  Step Limit(Call& call);
  Step Check(Call& call);
  Answer Behave(Call& call);

  // Puts the call into the session of that name ("" is the default one) and gives the scenario
  // that is played there unless the call says another.
  std::string Enter(Call& call, std::string_view session);
  Step Prefer(Call& call);
  // The operation happens, and the answer does not tell of it.
  void ApplyUnseen(Call& call);
  Response Finish(Call& call, Answer answer);
  const Behaviour& BehaviourOf(const Operation& operation) const;

  const Catalog& catalog_;
  const ScenarioLibrary& scenarios_;
  Sessions& sessions_;
  Metrics& metrics_;
  Router router_;
  Addressing addressing_;
  std::unordered_map<const Operation*, std::unique_ptr<const Behaviour>> behaviours_;
};

}  // namespace mockduit
