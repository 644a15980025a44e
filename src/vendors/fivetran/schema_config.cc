// The config of a connection's schemas, tables and columns. Their names are keys of maps, which the
// effects of a contract cannot name, and what a request leaves out is filled in.
#include <algorithm>
#include <map>

#include "base/text.h"
#include "engine/effect.h"
#include "vendors/fivetran/behaviours.h"

namespace mockduit::fivetran {
namespace {

const Json kNothing = Json::MakeObject();

const Json::Object& MembersOf(const Json& map) {
  const Json::Object* members = map.IfObject();
  return members != nullptr ? *members : *kNothing.IfObject();
}

// The member of that name; an empty map where there is none.
Json MapAt(const Json& map, std::string_view key) {
  const Json* member = map.Find(key);
  return member != nullptr && member->IsObject() ? *member : Json::MakeObject();
}

// `given` over `usual`, in the order of `usual`; null is as if it were not given.
Json Completed(const Json& usual, const Json& given) {
  Json whole = usual;
  for (const auto& [key, value] : MembersOf(given)) {
    if (!value.IsNull()) whole.Set(key, value);
  }
  return whole;
}

// What a request may say; all else in it is not kept.
Json Sayable(const Json& given, std::initializer_list<std::string_view> names) {
  Json said = Json::MakeObject();
  for (const std::string_view name : names) {
    if (const Json* value = given.Find(name)) said.Set(name, *value);
  }
  return said;
}

// The members of `fresh` that `known` lacks, added to it, `depth` maps down.
void AddMissing(Json& known, const Json& fresh, int depth) {
  for (const auto& [key, value] : MembersOf(fresh)) {
    Json* has = known.Find(key);
    if (has == nullptr) {
      known.Set(key, value);
    } else if (depth > 0) {
      AddMissing(*has, value, depth - 1);
    }
  }
}

Json UsualSchema(std::string_view name) {
  return Json::MakeObject({{"name_in_destination", LowerCase(name)},
                           {"enabled", true},
                           {"tables", Json::MakeObject()}});
}

Json UsualTable(std::string_view name) {
  return Json::MakeObject({{"sync_mode", "SOFT_DELETE"},
                           {"name_in_destination", LowerCase(name)},
                           {"enabled", true},
                           {"columns", Json::MakeObject()},
                           {"enabled_patch_settings", Json::MakeObject({{"allowed", true}})},
                           {"supports_columns_config", true},
                           {"supports_history_mode", true}});
}

Json UsualColumn(std::string_view name) {
  return Json::MakeObject({{"name_in_destination", LowerCase(name)},
                           {"enabled", true},
                           {"hashed", false},
                           {"enabled_patch_settings", Json::MakeObject({{"allowed", true}})}});
}

// What a request must not do, and where.
struct Refused {
  std::string variant;
  std::string schema;
  std::string table;
};
using Laid = std::expected<Json, Refused>;

// Of a table or a column: whether it is as the source has it, and the user may not change that.
bool IsLocked(const Json& part) {
  return !part.Get("enabled_patch_settings").Get("allowed").AsBool(true);
}

// What stays as it is may be said of a locked one, as by who sends back what was read.
Laid LayColumns(const Json& known, const Json& source, const Json& given) {
  Json columns = known;
  for (const auto& [name, column] : MembersOf(given)) {
    const Json& of_source = source.Get(name);
    const Json usual = Completed(UsualColumn(name), of_source);
    const Json now = Completed(usual, MapAt(known, name));
    Json then = Completed(now, Sayable(column, {"enabled", "hashed", "is_primary_key"}));
    if (IsLocked(now) && then != now) return std::unexpected(Refused{"not_allowed", "", ""});
    columns.Set(name, std::move(then));
  }
  return columns;
}

Laid LayTable(const std::string& name, const Json& known, const Json& source, const Json& given) {
  Json usual = Completed(UsualTable(name), known);
  const bool switches = !given.Get("enabled").IsNull();
  if (switches && IsLocked(usual)) {
    return std::unexpected(Refused{"not_allowed", "", name});
  }
  const Json& columns = given.Get("columns");
  if (!MembersOf(columns).empty() && !usual.Get("supports_columns_config").AsBool(true)) {
    return std::unexpected(Refused{"no_columns_config", "", name});
  }
  auto laid = LayColumns(MapAt(usual, "columns"), source.Get("columns"), columns);
  if (!laid) return laid;
  Json table = Completed(usual, Sayable(given, {"enabled", "sync_mode"}));
  table.Set("columns", std::move(*laid));
  return table;
}

Laid LaySchema(const std::string& name, const Json& known, const Json& source, const Json& given) {
  Json schema = Completed(Completed(UsualSchema(name), known), Sayable(given, {"enabled"}));
  Json tables = MapAt(known, "tables");
  for (const auto& [table, changes] : MembersOf(given.Get("tables"))) {
    auto laid = LayTable(table, tables.Get(table), source.Get(table), changes);
    if (!laid) return std::unexpected(Refused{laid.error().variant, name, table});
    tables.Set(table, std::move(*laid));
  }
  schema.Set("tables", std::move(tables));
  return schema;
}

// Lays what a request says over the config.
Laid Lay(Json config, const Json& given) {
  const Json source = config.Get("source");
  Json schemas = MapAt(config, "schemas");
  for (const auto& [name, changes] : MembersOf(given.Get("schemas"))) {
    auto laid = LaySchema(name, schemas.Get(name), source.Get(name), changes);
    if (!laid) return std::unexpected(laid.error());
    schemas.Set(name, std::move(*laid));
  }
  config.Set("schemas", std::move(schemas));
  const Json& handling = given.Get("schema_change_handling");
  if (!handling.IsNull()) config.Set("schema_change_handling", handling);
  config.Set("enable_new_by_default",
             config.Get("schema_change_handling").AsString() == "ALLOW_ALL");
  return config;
}

void SwitchAll(Json& config, bool enabled) {
  Json schemas = MapAt(config, "schemas");
  for (JsonMember& schema : *schemas.IfObject()) {
    schema.value.Set("enabled", enabled);
    Json tables = MapAt(schema.value, "tables");
    for (JsonMember& table : *tables.IfObject()) table.value.Set("enabled", enabled);
    schema.value.Set("tables", std::move(tables));
  }
  config.Set("schemas", std::move(schemas));
}

// The names that the path has; "" where it has none.
struct Names {
  std::string schema;
  std::string table;
  std::string column;

  explicit Names(const Call& call)
      : schema(call.PathValue("schema_name")),
        table(call.PathValue("table_name")),
        column(call.PathValue("column_name")) {}

  // The variant of the error for the first of them that the config lacks; "" when it has all.
  std::string Missing(const Json& config) const {
    if (schema.empty()) return "";
    const Json& in_config = config.Get("schemas").Get(schema);
    if (in_config.IsNull()) return "schema";
    if (table.empty()) return "";
    const Json& of_table = in_config.Get("tables").Get(table);
    if (of_table.IsNull()) return "table";
    if (column.empty()) return "";
    const Json& of_source = config.Get("source").Get(schema).Get(table).Get("columns").Get(column);
    return of_source.IsNull() && of_table.Get("columns").Get(column).IsNull() ? "column" : "";
  }

  // The body where it belongs in a whole config.
  Json Whole(Json body) const {
    const auto within = [](std::string_view map, const std::string& name, Json value) {
      return Json::MakeObject({{std::string(map), Json::MakeObject({{name, std::move(value)}})}});
    };
    if (!column.empty()) body = within("columns", column, std::move(body));
    if (!table.empty()) body = within("tables", table, std::move(body));
    if (!schema.empty()) body = within("schemas", schema, std::move(body));
    return body;
  }
};

// The outcomes that a schema config's operation may come to. An operation whose path names no
// schema, or that changes none, documents only a part of them.
struct SchemaOutcomes {
  static constexpr const char* kNotFound[] = {"schema", "table", "column"};
  static constexpr const char* kRefused[] = {"not_allowed", "no_columns_config"};

  std::map<std::string, OutcomeChoice, std::less<>> not_found;  // by what is missing
  std::map<std::string, OutcomeChoice, std::less<>> refused;    // by variant

  // `parts` is how many of schema, table and column the path names.
  static Result<SchemaOutcomes> Find(const Operation& operation, std::size_t parts, bool changes) {
    SchemaOutcomes outcomes;
    for (std::size_t i = 0; i < parts; ++i) {
      auto found = OutcomeChoice::Find(operation, {"not_found", kNotFound[i]});
      if (!found) return std::unexpected(found.error());
      outcomes.not_found.emplace(kNotFound[i], *found);
    }
    for (const char* variant : kRefused) {
      if (!changes) break;
      auto found = OutcomeChoice::Find(operation, {"bad_request", variant});
      if (!found) return std::unexpected(found.error());
      outcomes.refused.emplace(variant, *found);
    }
    return outcomes;
  }
};

class SchemaConfig : public EffectBehaviour {
 public:
  SchemaConfig(Declared declared, SchemaOutcomes outcomes)
      : EffectBehaviour(std::move(declared)), outcomes_(std::move(outcomes)) {}

 private:
  std::expected<void, Failure> Adjust(const Call& call, World& world, Json& config) const override {
    // A reload keeps what there is, and adds what is new in the source.
    const auto known =
        world.store().Find(effect().which.kind, config.Get("connection_id").AsString());
    const bool reloads =
        effect().does == Effect::Does::kCreate && operation().id.starts_with("reload");
    if (reloads && known) {
      const Json fresh = std::exchange(config, *known);
      AddMissing(config, fresh, 4);  // schemas, tables, their columns, what those say
    }
    const Names names(call);
    const std::string missing = names.Missing(config);
    const Json body = call.body() != nullptr ? *call.body() : Json::MakeObject();
    auto laid = Lay(std::move(config), names.Whole(body));
    if (!missing.empty() && (missing != "column" || laid)) {
      return std::unexpected(Failure{outcomes_.not_found.at(missing)});
    }
    if (!laid) {
      const Refused& refused = laid.error();
      Facts facts{.result =
                      Json::MakeObject({{"schema", refused.schema}, {"table", refused.table}})};
      return std::unexpected(Failure{outcomes_.refused.at(refused.variant), std::move(facts)});
    }
    config = std::move(*laid);
    const std::string_view mode = body.Get("exclude_mode").AsString();
    if (mode == "EXCLUDE" || mode == "INCLUDE") SwitchAll(config, mode == "INCLUDE");
    return {};
  }

  // The columns of one table, where that is what is asked for.
  Json Show(const Call& call, Json config, Scope& scope) const override {
    const Names names(call);
    if (effect().does != Effect::Does::kGet || names.table.empty()) {
      return EffectBehaviour::Show(call, std::move(config), scope);
    }
    const Json& source = config.Get("source").Get(names.schema).Get(names.table).Get("columns");
    const Json& table = config.Get("schemas").Get(names.schema).Get("tables").Get(names.table);
    return Json::MakeObject(
        {{"columns", Completed(source.IsObject() ? source : kNothing, table.Get("columns"))}});
  }

  std::expected<Facts, Failure> Run(const Call& call, World& world, Scope& scope) const override {
    auto done = EffectBehaviour::Run(call, world, scope);
    if (!done || effect().does != Effect::Does::kGet) return done;
    const auto config = world.store().Find(effect().which.kind, call.PathValue("connection_id"));
    const std::string missing = config ? Names(call).Missing(*config) : "";
    if (!missing.empty()) return std::unexpected(Failure{outcomes_.not_found.at(missing)});
    return done;
  }

  const SchemaOutcomes outcomes_;
};

// How many of schema, table and column the operation's path names.
std::size_t NamedParts(const Operation& operation) {
  return static_cast<std::size_t>(
      std::ranges::count_if(operation.path.segments(), [](const UriTemplate::Segment& segment) {
        return segment.is_variable && segment.text.ends_with("_name");
      }));
}

}  // namespace

Made MakeSchemaConfig(const Vendor& /*vendor*/, const Operation& operation) {
  const bool changes = operation.effect() && operation.effect()->does == Effect::Does::kUpdate;
  auto outcomes = SchemaOutcomes::Find(operation, NamedParts(operation), changes);
  if (!outcomes) return std::unexpected(outcomes.error());
  return MakeEffect<SchemaConfig>(operation, std::move(*outcomes));
}

}  // namespace mockduit::fivetran
