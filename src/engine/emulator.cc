#include "engine/emulator.h"

#include <algorithm>
#include <functional>

#include "engine/authenticator.h"
#include "engine/prefer.h"
#include "engine/responder.h"
#include "engine/telling.h"
#include "engine/validation.h"
#include "session/exchange_codec.h"
#include "session/redact.h"

namespace mockduit {
namespace {

// Of the credentials and the body as they were sent, before the secrets go.
Marks MarksOf(const Call& call) {
  const std::hash<std::string_view> hash;
  std::size_t credential = 0;
  for (const Credential& sent : call.credentials) {
    credential = credential * 31 + hash(sent.value) * 3 + hash(sent.password);
  }
  return {call.request.connection, credential,
          call.body ? call.body->Hash() : hash(call.request.body)};
}

// What the scenario, or the client's Prefer header, had to do with the answer.
void DescribePlay(const Call& call, const Answer& answer, Exchange& exchange) {
  if (call.quota && call.quota->refused) exchange.passing = true;
  if (call.play == nullptr) return;
  const bool earned = call.play->GoesOn() && !call.play->body && call.play->status == 0;
  exchange.scripted = !answer.own && !earned;
  if (call.rule == nullptr) return;
  exchange.play = static_cast<std::uint32_t>(call.play - call.rule->plays.data() + 1);
  exchange.passing = call.rule->Passes(*call.play);
  exchange.transient = call.play->transient;
}

// A client that does not wait for a delayed answer never sees it.
void TellWhenAbandoned(const Call& call, Exchange& exchange) {
  const std::uint64_t generation = call.session->journal().generation();
  exchange.response.abandoned = [session = call.session, id = exchange.id, generation] {
    const std::lock_guard world(session->mutex());
    session->Abandon(id, generation);
  };
}

// What the journal keeps of the call, beside the answer, without its secrets.
void Describe(Call& call, const Answer& answer, Exchange& exchange) {
  exchange.at = call.at;
  if (call.operation != nullptr) {
    exchange.operation = call.operation->name;
    exchange.edition = call.operation->contract->edition;
  }
  if (answer.outcome != nullptr) exchange.outcome = answer.outcome->name;
  if (call.scenario != nullptr) exchange.scenario = call.scenario->name;
  if (call.rule != nullptr) exchange.rule = call.rule->name;
  DescribePlay(call, answer, exchange);
  exchange.applied = call.applied;
  exchange.going_on = answer.known.going_on;
  exchange.page = answer.known.page;
  exchange.marks = MarksOf(call);
  exchange.path_start = static_cast<std::uint32_t>(
      call.request.path.size() - std::min(call.path.size(), call.request.path.size()));
  exchange.request_bytes = call.request.body.size();
  exchange.response_bytes = exchange.response.body.size();
  Redact(call.request, call.body ? &*call.body : nullptr);
  exchange.request = std::move(call.request);
}

}  // namespace

// The way of a request, from the door to the journal. docs/ARCHITECTURE.md walks it with one.
Response Emulator::Handle(Request request) {
  const Time came = metrics_.Now();
  Call call(std::move(request));
  Answer answer = Decide(call);
  UseVariantOfPath(call, answer);
  Response response = Finish(call, std::move(answer));
  metrics_.ObserveDuration(metrics_.Now() - came);
  return response;
}

// Where the path is another name, outcomes that have a variant for it are told by that one.
void Emulator::UseVariantOfPath(const Call& call, Answer& answer) {
  if (call.usual_variant.empty() || answer.outcome == nullptr || !answer.variant.empty()) return;
  if (answer.outcome->FindVariant(call.usual_variant) == nullptr) return;
  answer.variant = call.usual_variant;
}

Answer Emulator::Decide(Call& call) {
  if (Step step = Address(call)) return std::move(*step);
  if (Step step = Route(call)) return std::move(*step);
  if (Step step = TakePlay(call)) return std::move(*step);
  if (Step step = Authenticate(call)) return std::move(*step);
  if (Step step = Limit(call)) return std::move(*step);
  if (Step step = Check(call)) return std::move(*step);
  return Behave(call);
}

// Which world is it for, and which scenario is played there?
Emulator::Step Emulator::Address(Call& call) {
  const auto selector = addressing_.Read(call);
  std::string scenario = Enter(call, selector ? selector->session : "");
  if (!selector) return MalformedSession(selector.error());
  if (!selector->scenario.empty()) scenario = selector->scenario;
  call.scenario = scenarios_.Find(scenario);
  if (call.scenario == nullptr) return UnknownScenario(scenario, scenarios_.Names());
  return std::nullopt;
}

std::string Emulator::Enter(Call& call, std::string_view session) {
  call.session = sessions_.Get(session.empty() ? kDefaultSession : session);
  const std::lock_guard world(call.session->mutex());
  call.at = call.session->Now();
  call.session->CatchUp();
  call.editions = call.session->settings().editions;
  return call.session->settings().scenario;
}

bool Emulator::HasPath(const Contract& contract, std::string_view path) {
  return std::ranges::any_of(contract.operations,
                             [&](const auto& operation) { return operation->path.Matches(path); });
}

// Which operation of which edition answers here?
Emulator::Step Emulator::Route(Call& call) {
  call.route = router_.Find(call.request.method, call.path, call.vendor);
  ReadBody(call);
  if (call.route.vendor != nullptr) call.vendor = call.route.vendor;
  if (call.vendor == nullptr) call.vendor = ChooseVendor(call, call.route.nearby);
  if (call.vendor == nullptr) return NothingThere(call, catalog_);
  const auto found = call.editions.find(call.vendor->name);
  std::string_view pinned;
  if (found != call.editions.end()) pinned = found->second;
  std::vector<const Contract*> candidates;
  for (const auto& way : call.route.ways) candidates.push_back(way.operation->contract);
  for (const auto& edition : call.vendor->editions) {
    if (call.route.ways.empty()) candidates.push_back(edition.get());
  }
  call.contract = &ChooseEdition(call, pinned, candidates);
  for (const auto& way : call.route.ways) {
    if (way.operation->contract != call.contract) continue;
    call.operation = way.operation;
    call.usual_variant = way.variant;
    return std::nullopt;
  }
  const bool path_is_known = !call.route.allowed.empty() || HasPath(*call.contract, call.path);
  return Tell(call, path_is_known ? "unknown_method" : "unknown_path");
}

// Does the client, or the scenario, ask for an answer? The play is found and consumed in one step.
Emulator::Step Emulator::TakePlay(Call& call) {
  if (Step step = Prefer(call)) return step;
  if (call.play == nullptr && !call.scenario->rules.empty()) {
    const std::lock_guard world(call.session->mutex());
    Script& script = call.session->ScriptOf(call.scenario);
    const Taken taken = script.Take(call.Input(), call.session->Now());
    call.rule = taken.rule;
    call.play = taken.play;
    call.attempt = taken.attempt;
    call.delay = taken.delay;
  }
  if (call.play == nullptr || call.play->GoesOn()) return std::nullopt;
  if (call.play->AppliesUnseen()) ApplyUnseen(call);
  return TellPlayed(call);
}

void Emulator::ApplyUnseen(Call& call) {
  if (!Authenticate(call) && !Check(call)) call.unseen = Behave(call).known;
  call.violations.clear();
}

Emulator::Step Emulator::Prefer(Call& call) {
  const std::string* header = call.request.headers.Find("Prefer");
  if (header == nullptr) return std::nullopt;
  const auto preference = ReadPrefer(*header);
  if (!preference) return BadPreference(preference.error().message);
  if (!*preference) return std::nullopt;
  const Outcome* outcome = call.operation->FindStatus((*preference)->code);
  if (outcome == nullptr) return UndocumentedCode(call, (*preference)->code);
  if (outcome->FindVariant((*preference)->example) == nullptr) {
    return UndocumentedExample(*outcome, (*preference)->example);
  }
  call.preferred_outcome = outcome;
  call.preferred = Play{.outcome = outcome->name, .variant = (*preference)->example};
  call.play = &*call.preferred;
  return std::nullopt;
}

Emulator::Step Emulator::Authenticate(Call& call) {
  const std::string_view condition = JudgeCredential(call);
  if (condition.empty()) return std::nullopt;
  return Tell(call, condition);
}

// Is there room in the scenario's limits? It is looked at and taken in one step.
Emulator::Step Emulator::Limit(Call& call) {
  if (call.scenario->limits.empty()) return std::nullopt;
  const auto credential = FindCredential(call, *call.contract);
  const std::lock_guard world(call.session->mutex());
  Limiter& limiter = call.session->ScriptOf(call.scenario).limiter();
  call.quota = limiter.Take(call.Input(), credential ? credential->value : "", call.session->Now());
  if (!call.quota || !call.quota->refused) return std::nullopt;
  Answer answer = Tell(call, "rate_limited");
  const std::string_view variant = call.quota->variant;
  if (answer.outcome != nullptr && answer.outcome->FindVariant(variant) != nullptr) {
    answer.variant = variant;
  }
  return answer;
}

// Is the request what the contract asks for? Every violation is found, not only the first.
Emulator::Step Emulator::Check(Call& call) {
  std::string_view condition = Validate(call);
  if (condition.empty() || condition == "invalid") {
    BehaviourOf(*call.operation).Validate(call, call.violations);
    if (!call.violations.empty()) condition = "invalid";
  }
  if (condition.empty()) return std::nullopt;
  return Tell(call, condition);
}

Answer Emulator::Behave(Call& call) {
  BehaviourOf(*call.operation).Prepare(call);
  const std::lock_guard world(call.session->mutex());
  CallScope scope(call, *call.session);
  auto done = BehaviourOf(*call.operation).Run(call, *call.session, scope);
  call.applied = done.has_value();
  if (done) {
    const bool preferred =
        call.preferred_outcome != nullptr && call.preferred_outcome->name == "success";
    return {.outcome = preferred ? call.preferred_outcome : call.operation->FindOutcome("success"),
            .variant = call.play != nullptr ? call.play->variant : "",
            .known = std::move(*done)};
  }
  return {.outcome = call.operation->FindOutcome(done.error().outcome),
          .variant = std::move(done.error().variant),
          .known = std::move(done.error().known)};
}

// Renders the answer, says in its headers where it comes from, and keeps the exchange.
Response Emulator::Finish(Call& call, Answer answer) {
  Session& session = *call.session;
  Exchange exchange;
  {
    const std::lock_guard world(session.mutex());
    CallScope scope(call, session);
    exchange.response = answer.own       ? std::move(*answer.own)
                        : answer.outcome ? Render(call, answer, scope)
                                         : RenderPlayed(*call.play, scope);
    exchange.retry_after = scope.retry_after();
  }
  if (call.play != nullptr) exchange.response.delivery = call.play->delivery;
  exchange.response.delivery.delay = call.delay;
  Describe(call, answer, exchange);
  metrics_.Count(exchange.operation, exchange.outcome, exchange.response.status);
  auto sent = WithoutSecrets(exchange.response.body);
  if (sent) std::swap(*sent, exchange.response.body);
  std::string packed = EncodeExchange(exchange);
  {
    const std::lock_guard world(session.mutex());
    exchange.id = session.Record(std::move(packed));
    if (call.delay > Duration(0)) TellWhenAbandoned(call, exchange);
  }
  if (sent) exchange.response.body = std::move(*sent);
  Stamp(call, answer, exchange.id, exchange.response);
  return std::move(exchange.response);
}

// A refused request still belongs to the session that it names, as far as it could be read.
Response Emulator::Refuse(Refusal refusal) {
  Call call(std::move(refusal.request));
  const auto selector = addressing_.Read(call);
  Enter(call, selector ? selector->session : "");
  return Finish(call, Refused(refusal.status, refusal.reason));
}

Emulator::Emulator(const Catalog& catalog, const ScenarioLibrary& scenarios, Sessions& sessions,
                   Metrics& metrics, EmulatorSettings settings)
    : catalog_(catalog),
      scenarios_(scenarios),
      sessions_(sessions),
      metrics_(metrics),
      router_(catalog),
      addressing_(catalog, std::move(settings.public_url)) {}

Result<std::unique_ptr<Emulator>> Emulator::Make(const Catalog& catalog,
                                                 const ScenarioLibrary& scenarios,
                                                 Sessions& sessions, const BehaviourTable& table,
                                                 Metrics& metrics, EmulatorSettings settings) {
  std::unique_ptr<Emulator> emulator(
      new Emulator(catalog, scenarios, sessions, metrics, std::move(settings)));
  for (const Vendor& vendor : catalog.vendors()) {
    for (const auto& contract : vendor.editions) {
      for (const auto& operation : contract->operations) {
        auto behaviour = MakeBehaviour(vendor, *operation, table);
        if (!behaviour) return Fail(contract->file + ": " + behaviour.error().message);
        emulator->behaviours_.emplace(operation.get(), std::move(*behaviour));
      }
    }
  }
  return emulator;
}

const Behaviour& Emulator::BehaviourOf(const Operation& operation) const {
  return *behaviours_.at(&operation);
}

}  // namespace mockduit
