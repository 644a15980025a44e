// `rows` of a play: how many rows a data query finds, whatever it asks for.
#include "scenario/read/reader.h"
#include "vendors/supermetrics/behaviours.h"

namespace mockduit::supermetrics {
namespace {

constexpr std::int64_t kMostRows = 1'000'000;
constexpr std::string_view kSchema = R"({
  "description": "How many rows a data query of Supermetrics finds.",
  "type": "integer",
  "minimum": 0,
  "maximum": 1000000
})";

void Check(ScenarioReader& reader, const Node& node) {
  const Json& rows = node.json();
  if (rows.IsInteger() && rows.AsInteger() >= 0 && rows.AsInteger() <= kMostRows) return;
  reader.Wrong(node, "rows must be a whole number from 0 to " + std::to_string(kMostRows));
}

}  // namespace

PlayExtension QueryRows() { return {"rows", &Check, kSchema}; }

}  // namespace mockduit::supermetrics
