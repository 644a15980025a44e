// A re-sync of some tables: they must be among those that the connection's schema config has.
#include "engine/effect.h"
#include "vendors/fivetran/behaviours.h"

namespace mockduit::fivetran {
namespace {

class Resync : public EffectBehaviour {
 public:
  Resync(Declared declared, OutcomeChoice unknown_table)
      : EffectBehaviour(std::move(declared)), unknown_table_(unknown_table) {}

 private:
  // The tables by schema: the one that the path names, or those of the body.
  static Json Wanted(const Call& call) {
    const std::string_view table = call.PathValue("table_name");
    if (!table.empty()) {
      const std::string schema(call.PathValue("schema_name"));
      return Json::MakeObject({{schema, Json::MakeArray({table})}});
    }
    if (call.body() == nullptr) return {};
    const Json* scope = call.body()->Find("scope");
    return scope != nullptr ? *scope : *call.body();
  }
  // Before the schemas are known, nothing is known to be missing.
  std::expected<void, Failure> Adjust(const Call& call, World& world,
                                      Json& connection) const override {
    const auto config =
        world.store().Find("fivetran.schema_config", std::string(connection.Get("id").AsString()));
    const Json schemas = config ? config->Get("schemas") : Json();
    const Json wanted = Wanted(call);
    if (!schemas.IsObject() || schemas.IfObject()->empty() || !wanted.IsObject()) return {};
    for (const JsonMember& schema : *wanted.IfObject()) {
      const Json& tables = schemas.Get(schema.key).Get("tables");
      if (!schema.value.IsArray()) continue;
      for (const Json& table : *schema.value.IfArray()) {
        if (tables.Find(table.AsString()) != nullptr) continue;
        const std::string name = schema.key + "." + std::string(table.AsString());
        Facts facts{.result = Json::MakeObject({{"schema", name}})};
        return std::unexpected(Failure{unknown_table_, std::move(facts)});
      }
    }
    return {};
  }

  const OutcomeChoice unknown_table_;
};

}  // namespace

Made MakeResync(const Vendor& /*vendor*/, const Operation& operation) {
  const auto unknown_table = OutcomeChoice::Find(operation, {"bad_request", "unknown_table"});
  if (!unknown_table) return std::unexpected(unknown_table.error());
  return MakeEffect<Resync>(operation, *unknown_table);
}

}  // namespace mockduit::fivetran
