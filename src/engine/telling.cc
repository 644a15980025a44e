#include "engine/telling.h"

#include <algorithm>

#include "base/suggest.h"
#include "base/text.h"
#include "engine/own_answers.h"

namespace mockduit {
namespace {

Json ToArray(std::vector<std::string> words) {
  Json array = Json::MakeArray();
  for (std::string& word : words) array.Append(std::move(word));
  return array;
}

Answer Own(Response response) { return {.own = std::move(response)}; }

const Outcome* FindOutcome(const Call& call, std::string_view name) {
  const Outcome* own = call.operation != nullptr ? call.operation->FindOutcome(name) : nullptr;
  return own != nullptr ? own : call.contract->FindShared(name);
}

// What the holes of a success are filled from, as far as its example tells: enveloped or bare.
Json ExampleResult(const Outcome& outcome, std::string_view name) {
  const Variant* variant = outcome.FindVariant(name);
  if (variant == nullptr) return {};
  const Json& data = variant->example.Get("data");
  return data.IsObject() ? data : variant->example;
}

// The source of the variant that was sent, and of what a play put in its place.
std::string SourceOf(const Call& call, const Answer& answer) {
  const Play* play = call.play;
  if (play != nullptr && play->outcome != answer.outcome->name) play = nullptr;
  if (play != nullptr && play->body) return "the scenario " + call.scenario->name;
  const Variant* variant = answer.outcome->FindVariant(answer.variant);
  std::string source = (variant != nullptr ? variant->source : answer.outcome->source).Text();
  if (play != nullptr && (play->patch || play->status != 0)) {
    source += ", changed by the scenario " + call.scenario->name;
  }
  return source;
}

}  // namespace

Answer Tell(const Call& call, std::string_view condition) {
  const ConditionOutcome* told = call.operation != nullptr
                                     ? call.operation->FindCondition(condition)
                                     : call.contract->FindCondition(condition);
  const Outcome* outcome = told != nullptr ? FindOutcome(call, told->outcome) : nullptr;
  if (outcome != nullptr) return {.outcome = outcome, .variant = told->variant};
  return Own(ProblemAnswer(501, "Not in the contract",
                           call.contract->file + " names no outcome for the condition '" +
                               std::string(condition) + "'"));
}

Answer TellPlayed(const Call& call) {
  const Play& play = *call.play;
  if (play.outcome.empty()) return {.scripted = true};
  const Outcome* outcome = FindOutcome(call, play.outcome);
  // A success that did not happen can only be the documented example.
  const bool example = outcome != nullptr && outcome->name == "success";
  if (outcome != nullptr) {
    return {.outcome = outcome,
            .variant = play.variant,
            .scripted = true,
            .example = example,
            .known = example ? Known{ExampleResult(*outcome, play.variant), {}, {}} : call.unseen};
  }
  std::vector<std::string> documented;
  for (const Outcome& known : call.operation->outcomes) documented.push_back(known.name);
  return Own(ProblemAnswer(501, "Not documented",
                           "the scenario plays '" + play.outcome + "', which " +
                               call.operation->name + " does not document; it has " +
                               OrList(documented)));
}

Answer MalformedSession(const MalformedName& malformed) {
  const std::string nearest = malformed.Nearest();
  return Own(
      ProblemAnswer(400, "Malformed session name",
                    "'" + malformed.name + "' " + malformed.place +
                        " is no session name: it begins with a-z or 0-9, goes on with a-z, "
                        "0-9, '.', '_' or '-', and has at most 64 characters; did you mean '" +
                        nearest + "'?",
                    {{"nearest", Json::MakeArray({nearest})}}));
}

Answer UnknownScenario(const std::string& scenario, const std::vector<std::string>& known) {
  return Own(ProblemAnswer(400, "Unknown scenario",
                           "there is no scenario '" + scenario + "'" + DidYouMean(scenario, known),
                           {{"nearest", ToArray(NearestFirst(scenario, known, 3))}}));
}

Answer NothingThere(const Call& call, const Catalog& catalog) {
  std::vector<std::string> routes;
  for (const std::string& name : catalog.OperationNames()) {
    const Operation* operation = catalog.FindOperation(name);
    routes.push_back(operation->method + " " + operation->path.text());
  }
  const std::string wanted = call.request.method + " " + call.path;
  return Own(ProblemAnswer(
      404, "No such operation",
      "no vendor's contract has " + call.path + "; GET /__admin/operations lists what there is",
      {{"nearest", ToArray(NearestFirst(wanted, routes, 3))}}));
}

Answer BadPreference(const std::string& reason) {
  return Own(ProblemAnswer(400, "Bad preference", reason));
}

Answer UndocumentedCode(const Call& call, int code) {
  Json documented = Json::MakeArray();
  for (const Outcome& outcome : call.operation->outcomes) documented.Append(outcome.status);
  return Own(ProblemAnswer(400, "Undocumented code",
                           call.operation->name + " documents no " + std::to_string(code),
                           {{"documented", std::move(documented)}}));
}

Answer UndocumentedExample(const Outcome& outcome, const std::string& example) {
  std::vector<std::string> names;
  for (const Variant& variant : outcome.variants) names.push_back(variant.name);
  return Own(ProblemAnswer(
      400, "Unknown example",
      "'" + example + "' is no example of " + outcome.name + DidYouMean(example, names),
      {{"documented", ToArray(names)}}));
}

Answer Refused(int status, const std::string& reason) {
  return Own(ProblemAnswer(status, ReasonPhrase(status), reason));
}

void Stamp(const Call& call, const Answer& answer, std::uint64_t exchange, Response& response) {
  Headers& headers = response.headers;
  const bool vendors_own = answer.outcome != nullptr;
  const bool played = !vendors_own && !answer.own;
  headers.Add("X-Mockduit-Exchange", std::to_string(exchange));
  headers.Add("X-Mockduit-Session", call.session->name());
  headers.Add("X-Mockduit-Scenario", call.scenario != nullptr ? call.scenario->name : "none");
  headers.Add("X-Mockduit-Outcome", vendors_own ? answer.outcome->name
                                    : played    ? "scripted"
                                                : "none");
  headers.Add("X-Mockduit-Source", vendors_own ? SourceOf(call, answer)
                                   : played    ? "the scenario " + call.scenario->name
                                               : "Mockduit's own answer");
  if (call.route.allowed.empty() || call.operation != nullptr) return;
  headers.Set("Allow", Join(call.route.allowed));
}

}  // namespace mockduit
