#include "admin/describe.h"

#include <map>

namespace mockduit {
namespace {

Json DescribeOutcome(const Outcome& outcome) {
  Json variants = Json::MakeArray();
  for (const Variant& variant : outcome.variants) {
    if (!outcome.has_body) break;
    variants.Append(Json::MakeObject({{"name", variant.name}, {"source", variant.source.Text()}}));
  }
  return Json::MakeObject({{"outcome", outcome.name},
                           {"status", outcome.status},
                           {"source", outcome.source.Text()},
                           {"variants", std::move(variants)}});
}

Json DescribeEdition(const Operation& operation, const OperationDetails& details) {
  Json outcomes = Json::MakeArray();
  for (const Outcome& outcome : details.outcomes) outcomes.Append(DescribeOutcome(outcome));
  return Json::MakeObject({{"edition", operation.contract->edition},
                           {"method", operation.method},
                           {"path", operation.path.text()},
                           {"default", operation.contract->is_default},
                           {"outcomes", std::move(outcomes)}});
}

// `describe` is asked for each edition of it.
template <class Describe>
Json DescribeOperation(const Catalog& catalog, const std::string& name, const Describe& describe) {
  const Operation& operation = *catalog.FindOperation(name);
  const Vendor& vendor = *catalog.FindVendor(operation.contract->vendor);
  Json editions = Json::MakeArray();
  for (const auto& contract : vendor.editions) {
    const Operation* own = contract->FindOperation(operation.id);
    if (own != nullptr) editions.Append(describe(*own));
  }
  return Json::MakeObject({{"name", name},
                           {"vendor", vendor.name},
                           {"method", operation.method},
                           {"path", operation.path.text()},
                           {"summary", operation.summary},
                           {"editions", std::move(editions)}});
}

}  // namespace

Json DescribeDeclined(const Catalog& catalog) {
  Json list = Json::MakeArray();
  for (const Vendor& vendor : catalog.vendors()) {
    for (const auto& contract : vendor.editions) {
      for (const Declined& declined : contract->declined) {
        list.Append(Json::MakeObject({{"vendor", vendor.name},
                                      {"edition", contract->edition},
                                      {"method", declined.method},
                                      {"path", declined.path.text()},
                                      {"document", declined.document},
                                      {"reason", declined.reason}}));
      }
    }
  }
  return list;
}

Json DescribePassing(const Catalog& catalog, const std::string& name) {
  return DescribeOperation(catalog, name, [](const Operation& operation) {
    return operation.details.Passing(
        [&](const OperationDetails& details) { return DescribeEdition(operation, details); });
  });
}

Json DescribeOperations(const Catalog& catalog) {
  Json operations = Json::MakeArray();
  for (const std::string& name : catalog.OperationNames()) {
    operations.Append(DescribeOperation(catalog, name, [](const Operation& operation) {
      return DescribeEdition(operation, operation.details.Get());
    }));
  }
  return Json::MakeObject(
      {{"operations", std::move(operations)}, {"declined", DescribeDeclined(catalog)}});
}

Json DescribeScenarios(const ScenarioLibrary& scenarios) {
  Json list = Json::MakeArray();
  for (const auto& scenario : scenarios.List()) {
    list.Append(
        Json::MakeObject({{"name", scenario->name}, {"description", scenario->description}}));
  }
  return Json::MakeObject({{"scenarios", std::move(list)}});
}

Json DescribeScenario(const Scenario& scenario) {
  return Json::MakeObject({{"name", scenario.name},
                           {"description", scenario.description},
                           {"file", scenario.file},
                           {"text", scenario.text}});
}

Json DescribeSession(Session& session) {
  const SessionSettings& settings = session.settings();
  Json editions = Json::MakeObject();
  for (const auto& [vendor, edition] : settings.editions) editions.Set(vendor, edition);
  return Json::MakeObject({{"name", session.name()},
                           {"scenario", settings.scenario},
                           {"seed", settings.seed ? Json(*settings.seed) : Json()},
                           {"clock", settings.clock.Text()},
                           {"editions", std::move(editions)},
                           {"now", FormatMicros(session.Now())},
                           {"requests", session.journal().total()},
                           {"warning", session.past().empty() ? Json() : Json(session.past())}});
}

}  // namespace mockduit
