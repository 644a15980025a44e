#include "engine/emulator.h"

#include "base/text.h"
#include "engine/authenticate.h"
#include "engine/call_scope.h"
#include "engine/conditions.h"
#include "engine/elsewhere.h"
#include "engine/limit.h"
#include "engine/make_behaviour.h"
#include "engine/play.h"
#include "engine/problems.h"
#include "engine/reads.h"
#include "engine/render.h"
#include "engine/sent_body.h"
#include "engine/validate.h"
#include "http/problem.h"

namespace mockduit {

namespace {

// A body in a coding that is not known is of a wrong media type where the vendor has a word for
// that (RFC 9110, 8.4); else it is the emulator that does not know it. One that is damaged is left
// to the vendor, as all that is malformed.
std::optional<Answer> RefuseCoding(const Call& call, std::size_t max_body) {
  const auto fault = call.visit.sent.coding_fault;
  if (fault == CodingFault::kTooLong) {
    return Refused(413, "The body would have more than " + std::to_string(max_body) +
                            " bytes without its Content-Encoding; at most that many are taken.");
  }
  if (fault != CodingFault::kUnknown || call.operation().FindCondition("media_type") != nullptr) {
    return std::nullopt;
  }
  return UnknownCoding();
}

// That the resource is not there, or that the list has nothing.
bool FoundNothing(const std::expected<Facts, Failure>& done) {
  if (!done) return done.error().choice.outcome().name == "not_found";
  return done->page && done->page->items == 0;
}

std::vector<std::string> SecretsOf(const Catalog& catalog) {
  std::vector<std::string> secrets;
  for (const Vendor& vendor : catalog.vendors()) {
    for (const auto& contract : vendor.editions) {
      secrets.insert(secrets.end(), contract->secrets.begin(), contract->secrets.end());
    }
  }
  return secrets;
}

}  // namespace

// The way of a request, from the door to the journal. docs/ARCHITECTURE.md walks it with one.
Response Emulator::Handle(Request request) {
  const Time came = rooms_.metrics.Now();
  Addressed addressed = addressing_.Read(std::move(request));
  if (auto refusal = sender_.Refuse(addressed)) {
    TellOutside(addressed.sent, *refusal, came);
    return std::move(*refusal);
  }
  if (auto answer = cors_.AnswerPreflight(addressed.sent)) {
    TellOutside(addressed.sent, *answer, came);
    return std::move(*answer);
  }
  Visit visit(std::move(addressed.sent));
  visit.came = came;
  visit.cors = cors_.HeadersFor(visit.sent);
  Response response;
  if (Step step = Enter(visit, addressed.selector)) {
    response = Finish(visit, nullptr, std::move(*step));
  } else if (auto target = router_.Find(visit); !target) {
    response = Finish(visit, nullptr, std::move(target.error()));
  } else {
    addressing_.SetBaseOf(target->contract, visit.sent);
    ReadBodyFor(target->operation, visit.sent);
    ReadAsVendorDoes(visit.sent, *target);
    Call call(visit, std::move(*target));
    Answer answer = Decide(call);
    response = Finish(visit, &call, std::move(answer));
  }
  rooms_.metrics.ObserveDuration(rooms_.metrics.Now() - came);
  return response;
}

Answer Emulator::Decide(Call& call) const {
  if (Step step = Play(call)) return std::move(*step);
  if (Step step = LookAtBody(call)) return std::move(*step);
  if (Step step = Authenticate(call)) return std::move(*step);
  if (Step step = LookAtHeaders(call)) return std::move(*step);
  if (Step step = TakeRoom(call)) return std::move(*step);
  if (Step step = Validate(call)) return std::move(*step);
  return Behave(call);
}

// Which session is it for, and which scenario is played there?
Emulator::Step Emulator::Enter(Visit& visit,
                               const std::expected<Selector, MalformedName>& selector) {
  std::string scenario = EnterSession(visit, selector ? selector->session : "");
  if (!selector) return MalformedSession(selector.error());
  if (!selector->scenario.empty()) scenario = selector->scenario;
  visit.scenario = rooms_.scenarios.Find(scenario);
  if (visit.scenario == nullptr) return UnknownScenario(scenario, rooms_.scenarios.Names());
  return std::nullopt;
}

std::string Emulator::EnterSession(Visit& visit, std::string_view name) {
  visit.session = rooms_.sessions.Get(name.empty() ? kDefaultSession : name);
  const auto session = visit.session->Enter();
  visit.generation = session->generation();
  visit.at = session->Now();
  visit.clock = session->NoteClock();
  visit.is_first = session->TakeFirst();
  visit.max_answer = max_answer_;
  visit.warning = session->past();
  if (auto warning = session->CatchUp()) visit.warning = std::move(*warning);
  visit.editions = session->settings().editions;
  return session->settings().scenario;
}

// Does the client, or the scenario, ask for an answer?
Emulator::Step Emulator::Play(Call& call) const {
  if (Step step = ReadPreference(call)) return step;
  if (Step step = TakePlay(call)) return step;
  if (call.play() == nullptr || call.play()->GoesOn()) return std::nullopt;
  Facts unseen;
  const bool valid = !Validate(call);
  if (call.play()->AppliesUnseen() && !Authenticate(call) && valid) {
    const Answer behaved = Behave(call);
    if (const DocumentedAnswer* documented = IfDocumented(behaved)) unseen = documented->facts;
  }
  call.violations.clear();
  call.condition = {};
  return AnswerPlay(call, *call.play(), std::move(unseen));
}

// Can the body be read, where the vendor's server does that before it asks who calls?
Emulator::Step Emulator::LookAtBody(Call& call) const {
  return call.target.contract.requests.json_first ? Tell(call, ValidateReading(call))
                                                  : std::nullopt;
}

Emulator::Step Emulator::Authenticate(Call& call) const {
  call.condition = mockduit::Authenticate(call);
  if (call.condition.empty()) return std::nullopt;
  return AnswerCondition(call.operation(), call.condition);
}

// Does a header name something that the caller may not have?
Emulator::Step Emulator::LookAtHeaders(const Call& call) {
  const Contract& contract = call.target.contract;
  for (const HeaderRefusal& refusal : contract.refusals) {
    const auto value = call.request().headers.Find(refusal.header);
    if (!value || refusal.unlike.Matches(*value)) continue;
    return DocumentedAnswer{
        OutcomeChoice(*contract.FindShared(refusal.outcome.outcome), refusal.outcome.variant)};
  }
  return std::nullopt;
}

// Is the request what the contract asks for? Every violation is found, not only the first.
Emulator::Step Emulator::Validate(Call& call) const {
  if (auto refused = RefuseCoding(call, max_body_)) return refused;
  return Tell(call, FindViolations(call));
}

// What is wrong with the request, unless the condition is "".
Emulator::Step Emulator::Tell(Call& call, std::string_view condition) const {
  call.condition = condition;
  if (condition.empty()) return std::nullopt;
  call.violation =
      call.violations.empty() ? "header: " + std::string(condition) : TextOf(call.violations);
  call.allowed_by = AllowedBy(call);
  return AnswerCondition(call.operation(), condition);
}

// The condition that they are; "": there are none.
std::string_view Emulator::FindViolations(Call& call) const {
  const std::string_view condition = mockduit::Validate(call);
  if (!condition.empty() && condition != "invalid") return condition;
  operations_.at(&call.operation()).Get().behaviour->Validate(call, call.violations);
  return call.violations.empty() ? condition : "invalid";
}

// Another edition whose document takes the very request, so that the two contradict each other.
std::string Emulator::AllowedBy(const Call& call) const {
  for (Target& target : router_.FindOthers(call.visit, call.target)) {
    Call other(call.visit, std::move(target));
    if (!mockduit::Authenticate(other).empty()) continue;
    if (FindViolations(other).empty()) return other.target.contract.edition;
  }
  return "";
}

// The operation happens.
Answer Emulator::Behave(Call& call) const {
  const auto& [behaviour, success] = operations_.at(&call.operation()).Get();
  if (behaviour->calls_outside()) {
    if (auto refused = CallOutside(call, *behaviour)) return std::move(*refused);
  }
  const auto session = call.visit.session->Enter();
  if (call.visit.IsOvertaken(*session)) return Overtaken();
  CallScope scope(call.visit, &call, *session);
  const Store& store = session->world().store();
  const std::uint64_t evicted_before = store.evicted();
  const std::uint64_t for_bytes_before = store.evicted_for_bytes();
  auto done = behaviour->Run(call, session->world(), scope);
  if (scope.overspent()) {
    rooms_.metrics.CountTooLong();
    return AnswerTooLong(max_answer_);
  }
  if (const auto evicted = store.evicted() - evicted_before; evicted > 0) {
    const bool for_bytes = store.evicted_for_bytes() > for_bytes_before;
    const std::string bound =
        for_bytes ? std::to_string(store.max_bytes()) + " bytes (--max-store)"
                  : std::to_string(store.max_of_a_kind()) + " of a kind (--max-resources)";
    call.warning = "the store may hold " + bound +
                   "; its oldest resources were dropped to make room: " + std::to_string(evicted);
  }
  if (FoundNothing(done) && call.warning.empty()) {
    call.warning = FoundElsewhere(call, router_.FindOthers(call.visit, call.target), *session);
  }
  // A behaviour may come to a success besides the usual one, too.
  OutcomeChoice choice = done ? *success : done.error().choice;
  Facts facts = done ? std::move(*done) : std::move(done.error().facts);
  call.applied = choice.outcome().name == "success";
  if (call.applied) {
    const Outcome* preferred = call.decision.preferred_outcome;
    const bool is_other =
        preferred != nullptr && preferred->name == "success" && preferred != &choice.outcome();
    if (is_other) choice = OutcomeChoice(*preferred);
    if (call.play() != nullptr) choice.UseVariant(call.play()->variant);
  }
  return DocumentedAnswer{choice, DocumentedAnswer::Form::kEarned, std::move(facts)};
}

// Calls another server, while the session is free for others. Which may be called is the emulator's
// own business, and so are the words for one that may not.
Emulator::Step Emulator::CallOutside(Call& call, const Behaviour& behaviour) const {
  std::optional<OutsideCall> outside;
  {
    const auto session = call.visit.session->Enter();
    if (call.visit.IsOvertaken(*session)) return std::nullopt;
    CallScope scope(call.visit, &call, *session);
    outside = behaviour.FindOutside(call, session->world(), scope);
  }
  if (!outside) return std::nullopt;
  if (rooms_.caller.MayCall(outside->url) == CallPermission::kForbidden) {
    return ForeignTarget(outside->url);
  }
  const Message& message = outside->message;
  call.outside = outside->head ? rooms_.caller.Head(outside->url, outside->timeout)
                               : rooms_.caller.Post(outside->url, message.headers, message.body,
                                                    outside->timeout);
  return std::nullopt;
}

// Renders the answer, says in its headers where it comes from, and keeps the exchange.
Response Emulator::Finish(Visit& visit, const Call* call, Answer answer) {
  // Where the path is an alias, outcomes that have a variant for it are answered by that one.
  auto* documented = std::get_if<DocumentedAnswer>(&answer);
  if (call != nullptr && documented != nullptr && documented->choice.has_default_variant()) {
    documented->choice.UseVariant(call->target.default_variant);
  }
  if (documented != nullptr) {
    documented->choice.Negotiate(visit.sent.request.headers.Get("Accept"));
  }
  if (documented != nullptr && !documented->facts.warning.empty()) {
    visit.warning = documented->facts.warning;
  }
  std::optional<Rendered> rendered;
  {
    const auto session = visit.session->Enter();
    const bool own = std::holds_alternative<OwnAnswer>(answer);
    if (own || !visit.IsOvertaken(*session)) rendered = Render(visit, call, answer, *session);
  }
  if (!rendered) return Finish(visit, call, Overtaken());
  if (rendered->too_long) {
    rooms_.metrics.CountTooLong();
    return Finish(visit, call, AnswerTooLong(max_answer_));
  }
  auto held = rooms_.sessions.HoldAnswer(rendered->response.body.size());
  if (!held) return Finish(visit, call, NoRoom(rooms_.sessions.most_under_way()));
  Described described = Describe(redactor_, visit, call, answer, std::move(*rendered));
  const Exchange& exchange = described.exchange;
  rooms_.metrics.Count(exchange.operation, exchange.outcome, exchange.response.status);
  Response response = Keep(visit, call, answer, described);
  response.held = std::move(*held);
  return response;
}

// Keeps the exchange in the journal, and tells of it whoever is to be told of requests.
Response Emulator::Keep(const Visit& visit, const Call* call, const Answer& answer,
                        Described& described) {
  if (rooms_.requests == nullptr) {
    return Record(redactor_, visit, call, answer, described);
  }
  RequestEntry entry = EntryOf(visit, call, described.exchange);
  entry.problem = ProblemOf(described.exchange.response);
  if (auto without = redactor_.WithoutSecrets(entry.problem, described.credentials)) {
    entry.problem = std::move(*without);
  }
  Response response = Record(redactor_, visit, call, answer, described);
  const Headers& headers = response.headers;
  entry.id = ParseNumber<std::uint64_t>(headers.Get("X-Mockduit-Exchange")).value_or(0);
  entry.source = headers.Get("X-Mockduit-Source");
  entry.warning = headers.Get("X-Mockduit-Warning");
  entry.took = rooms_.metrics.Now() - visit.came;
  rooms_.requests->Tell(entry);
  return response;
}

// Of a request that came into no session.
void Emulator::TellOutside(Sent& sent, const Response& response, Time came) const {
  if (rooms_.requests == nullptr) return;
  const auto credentials = redactor_.Redact(sent.request, sent.body ? &*sent.body : nullptr);
  RequestEntry entry = EntryOf(sent.request, response);
  entry.problem = ProblemOf(response);
  // Of a preflight that is refused in the vendor's words.
  if (entry.problem.empty()) entry.problem = response.headers.Get("X-Mockduit-Warning");
  if (auto without = redactor_.WithoutSecrets(entry.problem, credentials)) {
    entry.problem = std::move(*without);
  }
  entry.came = came;
  entry.took = rooms_.metrics.Now() - came;
  rooms_.requests->Tell(entry);
}

// A refused request still belongs to the session that it names, as far as it could be read.
Response Emulator::Refuse(Refusal refusal) {
  const Time came = rooms_.metrics.Now();
  Addressed addressed = addressing_.Read(std::move(refusal.request));
  if (sender_.Refuse(addressed)) {
    Response response = RefusedAnswer(refusal.status, refusal.reason);
    TellOutside(addressed.sent, response, came);
    return response;
  }
  Visit visit(std::move(addressed.sent));
  visit.came = came;
  EnterSession(visit, addressed.selector ? addressed.selector->session : "");
  return Finish(visit, nullptr, Refused(refusal.status, redactor_.RedactText(refusal.reason)));
}

Emulator::Emulator(const EmulatorRooms& rooms, BehaviourTable table, EmulatorSettings settings)
    : rooms_(rooms),
      max_answer_(settings.max_answer),
      max_body_(settings.max_body),
      addressing_(rooms.catalog, settings.names, settings.max_body),
      router_(rooms.catalog),
      sender_(settings.names, rooms.catalog, router_, rooms.sessions),
      cors_(router_, std::move(settings.names.origins)),
      redactor_(SecretsOf(rooms.catalog)),
      table_(std::move(table)) {
  for (const Vendor& vendor : rooms.catalog.vendors()) {
    for (const auto& contract : vendor.editions) {
      for (const auto& operation : contract->operations) {
        operations_.try_emplace(operation.get(), [this, &vendor, called = operation.get()] {
          return Prepare(vendor, *called);
        });
      }
    }
  }
}

Emulator::Prepared Emulator::Prepare(const Vendor& vendor, const Operation& operation) const {
  return {MakeBehaviour(vendor, operation, table_).value(),
          OutcomeChoice::Find(operation, {"success", ""}).value()};
}

}  // namespace mockduit
