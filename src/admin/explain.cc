#include "admin/explain.h"

#include <algorithm>

namespace mockduit {
namespace {

std::string TextOf(const When& when) {
  std::string text = "after " + FormatDuration(when.after);
  if (when.until) text += " until " + FormatDuration(*when.until);
  return text;
}

}  // namespace

std::optional<Json> BodyOf(const Exchange& exchange) {
  const std::string& text = exchange.request.body;
  auto body = Json::Parse(text);
  if (body) return std::move(*body);
  switch (KindOfType(exchange.request.headers.Get("Content-Type"))) {
    case BodyKind::kForm: return ReadForm(ReadFields(text), {}, {}, false);
    case BodyKind::kText: return Json(text);
    default: return std::nullopt;
  }
}

const Operation* OperationOf(const Exchange& exchange, const Catalog& catalog) {
  const Operation* known = catalog.FindOperation(exchange.operation);
  if (known == nullptr) return nullptr;
  const Vendor* vendor = catalog.FindVendor(known->contract->vendor);
  const Contract* contract = vendor->FindEdition(exchange.edition);
  return contract != nullptr ? contract->FindOperation(known->id) : nullptr;
}

MatchInput InputOf(const Exchange& exchange, const std::optional<Json>& body,
                   const Catalog& catalog) {
  const std::string_view path = exchange.request.path;
  MatchInput input{exchange.operation, &exchange.request,
                   path.substr(std::min<std::size_t>(exchange.path_start, path.size())),
                   body ? &*body : nullptr};
  if (const Operation* operation = OperationOf(exchange, catalog)) {
    input.last_counts = operation->contract->requests.last_counts;
    input.creates = operation->creates;
  }
  return input;
}

Json Explain(const Exchange& exchange, const Scenario& scenario, Duration elapsed,
             const Catalog& catalog) {
  const std::optional<Json> body = BodyOf(exchange);
  const MatchInput input = InputOf(exchange, body, catalog);
  Json rules = Json::MakeArray();
  for (const Rule& rule : scenario.rules) {
    std::vector<Miss> misses = rule.match.Misses(input);
    if (rule.when && !rule.when->Holds(elapsed)) {
      misses.push_back({"when", TextOf(*rule.when), FormatDuration(elapsed)});
    }
    Json misses_json = Json::MakeArray();
    for (const Miss& miss : misses) {
      misses_json.Append(Json::MakeObject(
          {{"condition", miss.condition}, {"wanted", miss.wanted}, {"got", miss.got}}));
    }
    rules.Append(Json::MakeObject(
        {{"name", rule.name}, {"matches", misses.empty()}, {"misses", std::move(misses_json)}}));
  }
  return Json::MakeObject({{"decided_by", exchange.rule.empty() ? Json() : Json(exchange.rule)},
                           {"rules", std::move(rules)}});
}

}  // namespace mockduit
