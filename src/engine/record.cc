#include "engine/record.h"

#include <algorithm>
#include <functional>

#include "base/text.h"
#include "session/exchange_codec.h"
#include "session/redact.h"

namespace mockduit {
namespace {

// Of the credentials, the body and the cookies as they were sent, before the secrets go.
Marks MarksOf(const Sent& sent) {
  const std::hash<std::string_view> hash;
  std::size_t credential = 0;
  for (const Credential& one : sent.credentials) {
    credential = credential * 31 + hash(one.value) * 3 + hash(one.password);
  }
  const std::string cookies = Join(sent.request.headers.All("Cookie"), "; ");
  return {credential, sent.body ? sent.body->Hash() : hash(sent.request.body),
          cookies.empty() ? 0 : hash(cookies)};
}

// Whether the scenario brings what it answered to an end, by the number of calls, or so soon that a
// client may wait for it.
bool IsPassing(const Call& call) {
  constexpr Duration kSoon = std::chrono::minutes(1);  // by the client's own time
  const Decision& decision = call.decision;
  if (decision.rule->Passes(*decision.play)) return true;
  const double rate = call.visit.clock.rate == 0 ? 1 : call.visit.clock.rate;
  return decision.ends_in && *decision.ends_in <= kSoon * rate;
}

// What the scenario, or the client's Prefer header, had to do with the answer.
void DescribeDecision(const Call& call, const Answer& answer, Exchange& exchange) {
  const Decision& decision = call.decision;
  exchange.applied = call.applied;
  exchange.violation = call.violation;
  exchange.allowed_by = call.allowed_by;
  if (decision.rule != nullptr) exchange.rule = decision.rule->name;
  if (call.quota && call.quota->refused) exchange.passing = true;
  if (decision.play == nullptr) return;
  const Play& play = *decision.play;
  const bool earned = play.GoesOn() && !play.body && play.status == 0;
  exchange.scripted = !std::holds_alternative<OwnAnswer>(answer) && !earned;
  if (decision.rule == nullptr) return;
  exchange.play = static_cast<std::uint32_t>(&play - decision.rule->plays.data() + 1);
  exchange.passing = IsPassing(call);
  exchange.transient = play.transient;
}

void DescribeFacts(const Facts& facts, Exchange& exchange) {
  exchange.going_on = facts.ongoing;
  exchange.page = facts.page;
}

// The source of the variant that was sent, and of what a play put in its place.
std::string SourceOf(const Visit& visit, const Call* call, const DocumentedAnswer& answer) {
  const Play* play = call != nullptr ? call->play() : nullptr;
  if (play != nullptr && play->outcome != answer.choice.outcome().name) play = nullptr;
  if (play != nullptr && play->body) return "the scenario " + visit.scenario->name;
  std::string source = answer.choice.variant().source.Text();
  if (play != nullptr && (play->patch || play->status != 0)) {
    source += ", changed by the scenario " + visit.scenario->name;
  }
  return source;
}

// Which exchange, session and scenario it was, which outcome, and the document that it follows.
void Stamp(const Visit& visit, const Call* call, const Answer& answer, Response& response) {
  Headers& headers = response.headers;
  // So that the same requests get the same bytes; on other clocks the client's is the real one.
  if (visit.clock.rate == 0) headers.Set("Date", FormatHttpDate(visit.at));
  headers.Add("X-Mockduit-Session", visit.session->name());
  headers.Add("X-Mockduit-Scenario", visit.scenario != nullptr ? visit.scenario->name : "none");
  if (const DocumentedAnswer* documented = IfDocumented(answer)) {
    headers.Add("X-Mockduit-Outcome", documented->choice.outcome().name);
    headers.Add("X-Mockduit-Source", SourceOf(visit, call, *documented));
  } else if (std::holds_alternative<PlayedAnswer>(answer)) {
    headers.Add("X-Mockduit-Outcome", "scripted");
    headers.Add("X-Mockduit-Source", "the scenario " + visit.scenario->name);
  } else {
    headers.Add("X-Mockduit-Outcome", "none");
    headers.Add("X-Mockduit-Source", "Mockduit's own answer");
  }
  if (visit.is_first) headers.Add("X-Mockduit-Session-Age", "new");
  if (!visit.warning.empty()) headers.Add("X-Mockduit-Warning", visit.warning);
  if (call != nullptr && !call->warning.empty()) headers.Add("X-Mockduit-Warning", call->warning);
}

}  // namespace

Described Describe(const Redactor& redactor, Visit& visit, const Call* call, const Answer& answer,
                   Rendered rendered) {
  Described described;
  Exchange& exchange = described.exchange;
  exchange.at = visit.at;
  exchange.clock = visit.clock;
  exchange.response = std::move(rendered.response);
  exchange.retry_after = rendered.retry_after;
  exchange.warning = visit.warning;
  if (visit.scenario != nullptr) exchange.scenario = visit.scenario->name;
  if (const DocumentedAnswer* documented = IfDocumented(answer)) {
    exchange.outcome = documented->choice.outcome().name;
    DescribeFacts(documented->facts, exchange);
  } else if (const auto* played = std::get_if<PlayedAnswer>(&answer)) {
    DescribeFacts(played->facts, exchange);
  }
  if (call != nullptr) {
    exchange.operation = call->operation().name;
    exchange.edition = call->target.contract.edition;
    if (call->play() != nullptr) exchange.response.delivery = call->play()->delivery;
    exchange.response.delivery.delay = call->decision.delay;
    if (!exchange.warning.empty() && !call->warning.empty()) exchange.warning += "; ";
    exchange.warning += call->warning;
    DescribeDecision(*call, answer, exchange);
  }
  Sent& sent = visit.sent;
  exchange.marks = MarksOf(sent);
  exchange.path_start = static_cast<std::uint32_t>(
      sent.request.path.size() - std::min(sent.path.size(), sent.request.path.size()));
  exchange.request_bytes = sent.request.body.size();
  exchange.response_bytes = exchange.response.body.size();
  described.credentials =
      redactor.Redact(sent.request, sent.body ? &*sent.body : nullptr, sent.body_kind);
  exchange.request = std::move(sent.request);
  return described;
}

Response Record(const Redactor& redactor, const Visit& visit, const Call* call,
                const Answer& answer, Described& described) {
  Exchange& exchange = described.exchange;
  auto sent = redactor.WithoutSecrets(exchange.response.body, described.credentials);
  if (sent) std::swap(*sent, exchange.response.body);
  auto headers = redactor.WithoutSecrets(exchange.response.headers, described.credentials);
  if (headers) std::swap(*headers, exchange.response.headers);
  std::string encoded = EncodeExchange(exchange);
  Response& response = exchange.response;
  if (headers) response.headers = std::move(*headers);
  if (sent) response.body = std::move(*sent);
  {
    const auto session = visit.session->Enter();
    if (!visit.IsOvertaken(*session)) {
      const std::uint64_t id =
          session->Record(std::move(encoded), std::move(exchange.request.passage));
      response.headers.Add("X-Mockduit-Exchange", std::to_string(id));
    }
  }
  Stamp(visit, call, answer, response);
  return std::move(response);
}

}  // namespace mockduit
