// Table groups: which mistake of an import's tables is told by which code, and their fields as a
// list, in whichever form they came.
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "engine/effect.h"
#include "vendors/supermetrics/behaviours.h"

namespace mockduit::supermetrics {
namespace {

// The mistakes that have a code of their own: variants of `bad_request`.
constexpr std::string_view kTableType = "table_type";
constexpr std::string_view kFieldType = "field_type";
constexpr std::string_view kTableFieldType = "table_field_type";
constexpr std::string_view kNameRequired = "table_name_required";
constexpr std::string_view kPartition = "table_partition";
constexpr std::string_view kFieldsRequired = "fields_required";
constexpr std::string_view kUnknownField = "unknown_field";
constexpr std::string_view kTargetNames = "target_names";

using Outcomes = std::map<std::string_view, OutcomeChoice>;

// The ids of a table's fields: a list of them, or the values of a map.
Json IdsOf(const Json& fields) {
  const Json::Object* map = fields.IfObject();
  if (map == nullptr) return fields;
  Json list = Json::MakeArray();
  for (const auto& [name, id] : *map) list.Append(id);
  return list;
}

// The fields that an import describes: what their columns are called, by their ids.
using Fields = std::map<std::string, std::string>;

// What is wrong with the fields of a table, as their ids. Where the import describes none, any may
// be meant.
std::string_view FindMistake(const Json::Array& ids, const Fields& known) {
  std::set<std::string> columns;
  for (const Json& id : ids) {
    if (!id.IsString()) return kTableFieldType;
    const auto field = known.find(id.ToText());
    if (field == known.end() && !known.empty()) return kUnknownField;
    if (field != known.end() && !columns.insert(field->second).second) return kTargetNames;
  }
  return "";
}

std::string_view FindMistake(const Json& table, const Fields& known) {
  if (!table.IsObject()) return kTableType;
  if (table.Get("table_name").AsString().empty()) return kNameRequired;
  const Json& partition = table.Get("table_partition");
  if (!partition.IsNull() && partition != Json("date") && partition != Json("none")) {
    return kPartition;
  }
  const Json fields = IdsOf(table.Get("fields"));
  if (fields.IsNull()) return kFieldsRequired;
  const Json::Array* ids = fields.IfArray();
  if (ids == nullptr) return kTableFieldType;
  return ids->empty() ? kFieldsRequired : FindMistake(*ids, known);
}

class ImportTables : public EffectBehaviour {
 public:
  ImportTables(Declared declared, Outcomes mistakes)
      : EffectBehaviour(std::move(declared)), mistakes_(std::move(mistakes)) {}

 private:
  std::expected<void, Failure> Adjust(const Call& /*call*/, World& /*world*/,
                                      Json& group) const override {
    Fields known;
    for (const Json& field : *group.Get("fields").IfArray()) {
      if (!field.IsObject()) return Told(kFieldType);
      const std::string id = field.Get("field_id").ToText();
      const Json& column = field.Get("target_name");
      known[id] = column.IsNull() ? id : column.ToText();
    }
    Json tables = Json::MakeArray();
    for (const Json& table : *group.Get("tables").IfArray()) {
      if (const auto mistake = FindMistake(table, known); !mistake.empty()) return Told(mistake);
      Json kept = table;
      kept.Set("fields", IdsOf(table.Get("fields")));
      tables.Append(std::move(kept));
    }
    group.Set("tables", std::move(tables));
    return {};
  }

  std::unexpected<Failure> Told(std::string_view mistake) const {
    return std::unexpected(Failure{mistakes_.at(mistake)});
  }

  const Outcomes mistakes_;
};

}  // namespace

Made MakeImportTables(const Vendor& /*vendor*/, const Operation& operation) {
  Outcomes mistakes;
  for (const std::string_view variant :
       {kTableType, kFieldType, kTableFieldType, kNameRequired, kPartition, kFieldsRequired,
        kUnknownField, kTargetNames}) {
    auto found = OutcomeChoice::Find(operation, {"bad_request", std::string(variant)});
    if (!found) return std::unexpected(found.error());
    mistakes.emplace(variant, *found);
  }
  return MakeEffect<ImportTables>(operation, std::move(mistakes));
}

}  // namespace mockduit::supermetrics
