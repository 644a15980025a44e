// Told: what successful answers say that a client must heed: times to wait for, and failures.
#include "contract/read/reading.h"

namespace mockduit {
namespace {

CarriedFailure ReadCarriedFailure(ContractReading& reading, const Node& node) {
  CarriedFailure failure;
  failure.at = reading.Needed(node, "at");
  failure.values = reading.Texts(node["is"]);
  if (failure.values.empty()) reading.Missing(node, "is");
  failure.uses = reading.Texts(node["uses"]);
  if (failure.uses.empty()) reading.Missing(node, "uses");
  failure.starts = node["starts"].json();
  failure.source = ReadSource(node, {});
  if (failure.source.text.empty()) reading.Wrong(node, "this names no source and no inference");
  return failure;
}

}  // namespace

void ReadTold(ContractReading& reading, const Node& vendor) {
  reading.contract->told_times = reading.Texts(vendor["told_times"]);
  reading.EachItem(vendor["carried_failures"], [&](const Node& node) {
    if (!reading.Check(node, blocks::kCarriedFailure)) return;
    reading.contract->carried_failures.push_back(ReadCarriedFailure(reading, node));
  });
}

void CheckTold(ContractReading& reading, const Node& vendor) {
  std::vector<std::string> ids;
  for (const auto& operation : reading.contract->operations) ids.push_back(operation->id);
  reading.EachItem(vendor["carried_failures"], [&](const Node& node) {
    reading.EachItem(node["uses"], [&](const Node& use) {
      if (!use.IsText() || reading.contract->FindOperation(use.Text()) != nullptr) return;
      reading.Wrong(use,
                    "there is no operation '" + use.Text() + "'" + DidYouMean(use.Text(), ids));
    });
  });
}

}  // namespace mockduit
