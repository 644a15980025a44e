#include "engine/problems.h"

#include "base/suggest.h"
#include "http/content_coding.h"
#include "http/nearest_routes.h"
#include "http/problem.h"
#include "http/uri.h"

namespace mockduit {
namespace {

Json ToArray(std::vector<std::string> words) {
  Json array = Json::MakeArray();
  for (std::string& word : words) array.Append(std::move(word));
  return array;
}

Answer Own(Response response) { return OwnAnswer{std::move(response)}; }

// "; did you mean '/acme/v1/boxes'?" where a vendor's name stands in front, misspelt.
std::string MisspeltVendor(const Sent& sent, const Catalog& catalog) {
  if (sent.pinned_vendor != nullptr || !sent.path.starts_with('/')) return "";
  const std::string_view path = std::string_view(sent.path).substr(1);
  const std::string_view first = path.substr(0, path.find('/'));
  const std::string vendor = Nearest(first, catalog.VendorNames());
  if (vendor.empty()) return "";
  return "; did you mean '/" + vendor + std::string(path.substr(first.size())) + "'?";
}

}  // namespace

Answer MalformedSession(const MalformedName& malformed) {
  const std::string nearest = malformed.Nearest();
  return Own(
      ProblemAnswer(ProblemId::kMalformedSession,
                    "'" + malformed.name + "' " + malformed.place +
                        " is no session name: it begins with a-z or 0-9, goes on with a-z, "
                        "0-9, '.', '_' or '-', and has at most 64 characters; did you mean '" +
                        nearest + "'?",
                    {{"nearest", Json::MakeArray({nearest})}}));
}

Answer UnknownScenario(const std::string& scenario, const std::vector<std::string>& known) {
  const std::string meant = DidYouMean(scenario, known);
  return Own(ProblemAnswer(
      ProblemId::kUnknownScenario,
      "there is no scenario '" + scenario + "'" +
          (meant.empty() ? "; GET /__admin/scenarios lists those that there are" : meant),
      {{"nearest", ToArray(NearestFirst(scenario, known, 3))}}));
}

Answer NoSuchOperation(const Sent& sent, const Catalog& catalog) {
  std::vector<KnownRoute> routes;
  for (const std::string& name : catalog.OperationNames()) {
    const Operation* operation = catalog.FindOperation(name);
    routes.push_back({operation->method, &operation->path});
  }
  return Own(
      ProblemAnswer(ProblemId::kNoOperation,
                    "no vendor's contract has " + sent.path + MisspeltVendor(sent, catalog) +
                        "; GET /__admin/operations lists what there is",
                    {{"nearest", ToArray(NearestRoutes(sent.request.method, sent.path, routes))}}));
}

Answer NotEmulated(const Sent& sent, const Declined& declined) {
  const std::string what =
      declined.method.empty() ? declined.path.text() : declined.method + " " + declined.path.text();
  return Own(ProblemAnswer(ProblemId::kNotEmulated,
                           what + " is documented by " + declined.document +
                               ", and not emulated here" +
                               (declined.reason.empty() ? "" : ": " + declined.reason),
                           {{"path", sent.path}}));
}

Answer BadPreference(const std::string& reason) {
  return Own(ProblemAnswer(ProblemId::kBadPreference, reason));
}

Answer NoOutcomeFor(const Contract& contract, std::string_view condition) {
  return Own(ProblemAnswer(
      ProblemId::kNotInContract,
      contract.file + " names no outcome for the condition '" + std::string(condition) + "'"));
}

Answer UndocumentedCode(const Operation& operation, int code) {
  Json documented = Json::MakeArray();
  for (const Outcome& outcome : operation.outcomes()) documented.Append(outcome.status);
  return Own(ProblemAnswer(ProblemId::kUndocumentedCode,
                           operation.name + " documents no " + std::to_string(code),
                           {{"documented", std::move(documented)}}));
}

Answer UndocumentedExample(const Outcome& outcome, const std::string& example) {
  std::vector<std::string> names;
  for (const Variant& variant : outcome.variants) names.push_back(variant.name);
  return Own(ProblemAnswer(
      ProblemId::kUnknownExample,
      "'" + example + "' is no example of " + outcome.name + DidYouMean(example, names),
      {{"documented", ToArray(names)}}));
}

Answer UndocumentedPlay(const Operation& operation, const Play& play) {
  std::vector<std::string> documented;
  for (const Outcome& known : operation.outcomes()) documented.push_back(known.name);
  return Own(ProblemAnswer(ProblemId::kNotDocumented,
                           "the scenario plays '" + play.outcome + "', which " + operation.name +
                               " does not document; it has " + OrList(documented)));
}

Answer Overtaken() {
  return Own(ProblemAnswer(ProblemId::kSessionReset,
                           "the session was reset while this request was under way; nothing of it "
                           "is in the new world"));
}

// Users and queries of such addresses may be secrets.
Answer ForeignTarget(const std::string& address) {
  const auto url = ParseUrl(address);
  return Own(ProblemAnswer(ProblemId::kForeignTarget,
                           (url ? url->Origin() : "the address") +
                               ", which the operation would have called, may not be called: this "
                               "server calls only loopback and the hosts "
                               "that --webhook-allow names; nothing was changed"));
}

Answer AnswerTooLong(std::size_t max_bytes) {
  return Own(ProblemAnswer(ProblemId::kAnswerTooLong, "the answer would be longer than " +
                                                          std::to_string(max_bytes) +
                                                          " bytes; --max-answer allows more"));
}

Answer NoRoom(std::size_t max_under_way) { return Own(NoRoomForAnswer(max_under_way)); }

Answer UnknownCoding() {
  Response response = RefusedAnswer(
      415, "The body's Content-Encoding is not known; " + std::string(kContentCodings) + " are.");
  response.headers.Set("Accept-Encoding", std::string(kContentCodings));
  return Own(std::move(response));
}

Answer Refused(int status, const std::string& reason) { return Own(RefusedAnswer(status, reason)); }

}  // namespace mockduit
