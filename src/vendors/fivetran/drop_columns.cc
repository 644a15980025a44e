// Columns that are to be dropped from the destination by the next sync. Their names, and those of
// their tables and schemas, are keys of maps, which the effects of a contract cannot name.
//
// What the next sync takes out of the config stands in its member `dropping`, as a merge patch: the
// columns are null in it. The lifecycle of a sync applies it.
#include <map>

#include "engine/effect.h"
#include "vendors/fivetran/behaviours.h"

namespace mockduit::fivetran {
namespace {

struct Column {
  std::string schema;
  std::string table;
  std::string name;
};

// Those that the path names, or the body: {schemas: {S: {tables: {T: {columns: [C]}}}}}.
std::vector<Column> WantedColumns(const Call& call) {
  if (const std::string_view name = call.PathValue("column_name"); !name.empty()) {
    return {{std::string(call.PathValue("schema_name")), std::string(call.PathValue("table_name")),
             std::string(name)}};
  }
  std::vector<Column> wanted;
  const auto members = [](const Json* map) {
    const Json::Object* found = map != nullptr ? map->IfObject() : nullptr;
    return found != nullptr ? *found : Json::Object();
  };
  for (const auto& [schema, of_schema] : members(call.body()->Find("schemas"))) {
    for (const auto& [table, of_table] : members(of_schema.Find("tables"))) {
      const Json::Array* names = of_table.Get("columns").IfArray();
      for (const Json& name : names != nullptr ? *names : Json::Array()) {
        wanted.push_back({schema, table, std::string(name.AsString())});
      }
    }
  }
  return wanted;
}

// Sets null at the end of the path, and makes the maps on the way.
void SetNull(Json& map, std::initializer_list<std::string_view> path) {
  Json* at = &map;
  for (const std::string_view key : path) {
    Json* next = at->Find(key);
    at = next != nullptr ? next : &at->Set(key, Json());
  }
}

class DropColumns : public EffectBehaviour {
 public:
  // By variant, "" of the conflict.
  using Outcomes = std::map<std::string, OutcomeChoice, std::less<>>;

  DropColumns(Declared declared, Outcomes outcomes)
      : EffectBehaviour(std::move(declared)), outcomes_(std::move(outcomes)) {}

 private:
  std::expected<void, Failure> Adjust(const Call& call, World& /*world*/,
                                      Json& config) const override {
    const std::vector<Column> wanted = WantedColumns(call);
    if (wanted.empty()) return Refuse("no_columns", {});
    Json dropping = config.Get("dropping").IsObject() ? config.Get("dropping") : Json::MakeObject();
    for (const Column& column : wanted) {
      const std::string_view why = WhyNot(config, column);
      if (!why.empty()) return Refuse(why, column);
      SetNull(dropping, {"schemas", column.schema, "tables", column.table, "columns", column.name});
      SetNull(dropping, {"source", column.schema, column.table, "columns", column.name});
    }
    config.Set("dropping", std::move(dropping));
    return {};
  }

  // The variant that tells why a column cannot be dropped; "" when it can.
  static std::string_view WhyNot(const Json& config, const Column& column) {
    const Json& schema = config.Get("schemas").Get(column.schema);
    if (schema.IsNull()) return "schema";
    const Json& table = schema.Get("tables").Get(column.table);
    if (table.IsNull()) return "table";
    if (!table.Get("supports_columns_config").AsBool(true)) return "no_columns_config";
    const Json& set = table.Get("columns").Get(column.name);
    const Json& of_source =
        config.Get("source").Get(column.schema).Get(column.table).Get("columns").Get(column.name);
    if (set.IsNull() && of_source.IsNull()) return "column";
    const Json& known = set.IsNull() ? of_source : set;
    if (!known.Get("enabled_patch_settings").Get("allowed").AsBool(true)) return "not_allowed";
    return known.Get("enabled").AsBool(true) ? "not_blocked" : "";
  }

  std::expected<void, Failure> Refuse(std::string_view why, const Column& column) const {
    Facts facts{.result = Json::MakeObject(
                    {{"schema", column.schema}, {"table", column.table}, {"column", column.name}})};
    return std::unexpected(Failure{outcomes_.find(why)->second, std::move(facts)});
  }

  const Outcomes outcomes_;
};

}  // namespace

Made MakeDropColumns(const Operation& operation) {
  DropColumns::Outcomes outcomes;
  for (const auto& [outcome, variant] : {std::pair{"not_found", "schema"},
                                         {"not_found", "table"},
                                         {"not_found", "column"},
                                         {"bad_request", "no_columns"},
                                         {"bad_request", "no_columns_config"},
                                         {"bad_request", "not_allowed"},
                                         {"conflict", "not_blocked"}}) {
    auto found = OutcomeChoice::Find(operation, {outcome, variant});
    if (!found) return std::unexpected(found.error());
    outcomes.emplace(variant, *found);
  }
  return MakeEffect<DropColumns>(operation, std::move(outcomes));
}

}  // namespace mockduit::fivetran
