#include "engine/request_log.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"

namespace mockduit {
namespace {

constexpr std::string_view kProblemType = "application/problem+json";

// How many requests the rule's script is for; 0 where it has no end, or chance decides.
std::uint64_t LengthOf(const Rule& rule) {
  std::uint64_t length = 0;
  for (const Play& play : rule.plays) {
    if (play.times == Play::kForever || play.chance < 1) return 0;
    length += play.times;
  }
  return length;
}

void AddDecision(const Call& call, RequestEntry& entry) {
  const Decision& decision = call.decision;
  entry.preferred = decision.preferred != nullptr;
  entry.limited = call.quota && call.quota->refused;
  entry.condition = entry.limited ? "rate_limited" : call.condition;
  for (const Violation& violation : call.violations) entry.violations.push_back(TextOf(violation));
  entry.played = decision.rule != nullptr && decision.play != nullptr;
  if (decision.rule == nullptr) return;
  const std::uint64_t length = LengthOf(*decision.rule);
  entry.attempts = length;
  entry.attempt = decision.attempt;
  if (length == 0 || !entry.played || decision.attempt <= length) return;
  entry.attempt =
      decision.rule->then == Rule::Then::kRepeat ? (decision.attempt - 1) % length + 1 : length;
}

// What it was for: of a CONNECT a host, and nothing of what could not be read.
std::string PathOf(const Request& request) {
  if (request.method.empty()) return "";
  if (request.method == "CONNECT") return std::string(request.headers.Get("Host"));
  return request.query.empty() ? request.path : request.path + "?" + request.query;
}

// A schema's keywords are names; these of our own are told in words.
std::string_view NameOf(std::string_view keyword) {
  if (keyword == "form") return "no form";
  if (keyword == "object") return "no JSON";  // the limit follows
  return keyword == "media_type" ? "not of the type" : keyword;
}

}  // namespace

std::string TextOf(const Violation& violation) {
  if (violation.keyword == "json" && violation.path.size() == 2) {
    return violation.path.front() + ": no JSON, from character " + violation.path.back() + " on" +
           (violation.reason.empty() ? "" : ": " + violation.reason);
  }
  std::string text = Join(violation.path, ".") + ": " + std::string(NameOf(violation.keyword));
  const bool repeats = !violation.path.empty() && violation.limit == violation.path.back();
  if (!violation.limit.empty() && !repeats) text += " " + violation.limit;
  return text;
}

std::string TextOf(const std::vector<Violation>& violations) {
  constexpr std::size_t kShown = 5;
  std::vector<std::string> texts;
  for (const Violation& violation : violations) {
    if (texts.size() < kShown) texts.push_back(TextOf(violation));
  }
  return Join(texts, "; ");
}

RequestEntry EntryOf(const Request& request, const Response& response) {
  RequestEntry entry;
  entry.method = request.method;
  entry.path = PathOf(request);
  entry.status = response.status;
  return entry;
}

RequestEntry EntryOf(const Visit& visit, const Call* call, const Exchange& exchange) {
  RequestEntry entry = EntryOf(exchange.request, exchange.response);
  entry.came = visit.came;
  entry.session = visit.session->name();
  entry.outcome = exchange.outcome;
  if (visit.scenario != nullptr) {
    entry.scenario = visit.scenario->name;
    entry.eventless = visit.scenario->rules.empty() && visit.scenario->limits.empty();
  }
  if (exchange.retry_after) entry.retry_after = exchange.retry_after->client;
  entry.delay = exchange.response.delivery.delay;
  entry.fault = FaultName(exchange.response.delivery.fault);
  entry.operation = exchange.operation;
  entry.edition = exchange.edition;
  entry.rule = exchange.rule;
  entry.play = exchange.play;
  entry.applied = exchange.applied;
  if (call != nullptr) AddDecision(*call, entry);
  return entry;
}

std::string ProblemOf(const Response& response) {
  if (response.headers.Get("Content-Type") != kProblemType) return "";
  const auto problem = Json::Parse(response.body);
  return problem ? std::string(problem->Get("detail").AsString()) : "";
}

}  // namespace mockduit
