// Blends: data sources that are queried as one. Requests name their sources by keys of the client's
// own, or by ids that an answer told; answers have ids alone, and each list in a map of its own.
#include <algorithm>

#include "engine/effect.h"
#include "vendors/supermetrics/behaviours.h"

namespace mockduit::supermetrics {
namespace {

const Json::Array kNoParts;

// Of a list, as requests have it, or as answers do.
const Json::Array& PartsOf(const Json& list) {
  const Json& items = list.IsObject() ? list.Get("items") : list;
  return items.IfArray() != nullptr ? *items.IfArray() : kNoParts;
}

Json Wrapped(Json::Array items) { return Json::MakeObject({{"items", std::move(items)}}); }

// The sources of a blend under way, and the ids that references to them mean.
class Sources {
 public:
  // `known` are those that the blend had. New ids follow the highest of them.
  Sources(const Json& blend_id, const Json& known) : blend_id_(blend_id), known_(known) {
    last_id_ = blend_id.AsInteger() * 1000;
    for (const Json& source : PartsOf(known)) {
      last_id_ = std::max(last_id_, source.Get("blend_data_source_id").AsInteger());
    }
  }

  // False where it is told neither by a key nor by an id that the blend knows.
  bool Take(const Json& given) {
    const Json& key = given.Get("blend_data_source_key");
    const Json& id = given.Get("blend_data_source_id");
    const bool is_known = std::ranges::any_of(PartsOf(known_), [&](const Json& source) {
      return source.Get("blend_data_source_id") == id;
    });
    if (key.IsNull() && !is_known) return false;
    const Json own_id = is_known ? id : Json(++last_id_);
    keys_.push_back({key, own_id});
    Json source = Json::MakeObject({{"blend_data_source_id", own_id},
                                    {"blend_id", blend_id_},
                                    {"data_source_id", given.Get("data_source_id")},
                                    {"display_name", NameOf(given)}});
    for (const char* list : {"accounts", "segments", "data_source_settings"}) {
      source.Set(list, Wrapped(PartsOf(given.Get(list))));
    }
    if (!given.Get("report_type").IsNull()) source.Set("report_type", given.Get("report_type"));
    source.Set("report_type_settings", Wrapped(PartsOf(given.Get("report_type_settings"))));
    source.Set("logo_url", "https://cdn.supermetrics.com/images/datasource-logos/" +
                               given.Get("data_source_id").ToText() + ".png");
    items_.push_back(std::move(source));
    return true;
  }

  // The id that a reference means; null where it means none.
  Json Meant(const Json& reference) const {
    const Json& key = reference.Get("blend_data_source_key");
    const Json& id = reference.Get("blend_data_source_id");
    for (const auto& [its_key, its_id] : keys_) {
      if (!key.IsNull() ? key == its_key : !id.IsNull() && id == its_id) return its_id;
    }
    return {};
  }

  std::size_t size() const { return items_.size(); }
  Json Told() const { return Wrapped(items_); }

 private:
  struct Key {
    Json key;
    Json id;
  };

  static Json NameOf(const Json& given) {
    const Json& name = given.Get("display_name");
    return name.IsNull() ? given.Get("data_source_id") : name;
  }

  const Json& blend_id_;
  const Json& known_;
  std::int64_t last_id_ = 0;
  std::vector<Key> keys_;
  Json::Array items_;
};

// Makes a config as answers have it. What is wrong is told as the place in the request.
class Config {
 public:
  explicit Config(const Sources& sources) : sources_(sources) {}

  Json Join(const Json& given) {
    const Json& table = given.Get("query_table");
    const auto& joins = PartsOf(given.Get("joins"));
    if (table.IsNull() || joins.size() + 1 != sources_.size()) return Wrong("config.joins");
    Json config = Json::MakeObject({{"query_table", TableOf(table, "config.query_table")}});
    Json::Array told;
    for (const Json& join : joins) told.push_back(JoinOf(join));
    config.Set("joins", Wrapped(std::move(told)));
    config.Set("fields", FieldsOf(given));
    return config;
  }

  Json Union(const Json& given) {
    if (!given.Get("query_table").IsNull()) return Wrong("config.query_table");
    if (!PartsOf(given.Get("joins")).empty()) return Wrong("config.joins");
    return Json::MakeObject({{"fields", FieldsOf(given)}});
  }

  const std::string& wrong() const { return wrong_; }

 private:
  Json Wrong(std::string_view place) {
    if (wrong_.empty()) wrong_ = place;
    return {};
  }

  Json TableOf(const Json& reference, std::string_view place) {
    const Json id = sources_.Meant(reference);
    if (id.IsNull()) return Wrong(place);
    return Json::MakeObject({{"blend_data_source_id", id}});
  }

  // A field of a source: all that the request says, and the id in place of the key.
  Json FieldOf(const Json& reference, std::string_view place) {
    Json field = TableOf(reference, place);
    if (field.IsNull()) return field;
    for (const char* name :
         {"datasource_field_name", "datasource_field_display_name", "datasource_field_type",
          "datasource_field_data_type", "field_source", "meta"}) {
      if (const Json* value = reference.Find(name)) field.Set(name, *value);
    }
    return field;
  }

  Json JoinOf(const Json& given) {
    Json::Array conditions;
    for (const Json& condition : PartsOf(given.Get("conditions"))) {
      conditions.push_back(Json::MakeObject(
          {{"operator", condition.Get("operator")},
           {"left", FieldOf(condition.Get("left"), "config.joins.conditions.left")},
           {"right", FieldOf(condition.Get("right"), "config.joins.conditions.right")}}));
    }
    return Json::MakeObject(
        {{"join_table", TableOf(given.Get("join_table"), "config.joins.join_table")},
         {"type", given.Get("type")},
         {"conditions", Wrapped(std::move(conditions))}});
  }

  Json FieldsOf(const Json& given) {
    Json::Array fields;
    for (const Json& field : PartsOf(given.Get("fields"))) {
      Json::Array parts;
      for (const Json& part : PartsOf(field.Get("blend_datasource_fields"))) {
        parts.push_back(FieldOf(part, "config.fields.blend_datasource_fields"));
      }
      const Json first = parts.empty() ? Json() : parts.front();
      const Json& name = field.Get("blend_field_name");
      const Json& shown = field.Get("blend_field_display_name");
      fields.push_back(
          Json::MakeObject({{"blend_field_name", name},
                            {"blend_field_display_name", shown.IsNull() ? name : shown},
                            {"blend_field_type", Or(first.Get("datasource_field_type"), "dim")},
                            {"blend_field_data_type",
                             Or(first.Get("datasource_field_data_type"), "string.text.value")},
                            {"blend_datasource_fields", Wrapped(std::move(parts))}}));
    }
    return Wrapped(std::move(fields));
  }

  static Json Or(const Json& value, const char* usual) {
    return value.IsNull() ? Json(usual) : value;
  }

  const Sources& sources_;
  std::string wrong_;
};

// Of a source, what a list of blends tells.
Json Summary(const Json& source) {
  Json summary = Json::MakeObject();
  for (const char* name : {"blend_data_source_id", "data_source_id", "display_name", "logo_url"}) {
    summary.Set(name, source.Get(name));
  }
  return summary;
}

class Blend : public EffectBehaviour {
 public:
  Blend(Declared declared, std::optional<OutcomeChoice> bad)
      : EffectBehaviour(std::move(declared)), bad_(bad) {}

 private:
  std::expected<void, Failure> Adjust(const Call& call, World& world, Json& blend) const override {
    const Json& given = *call.body();
    const auto before = world.store().Find(effect().which.kind, blend.Get("blend_id").ToText());
    const Json known = before ? before->Get("blended_data_sources") : Json();
    const Json id = blend.Get("blend_id");
    Sources sources(id, known);
    for (const Json& source : PartsOf(given.Get("blended_data_sources"))) {
      if (!sources.Take(source)) return Refused("blended_data_sources.blend_data_source_key");
    }
    Config config(sources);
    const bool joins = blend.Get("type").AsString() == "join";
    Json told = joins ? config.Join(given.Get("config")) : config.Union(given.Get("config"));
    if (!config.wrong().empty()) return Refused(config.wrong());
    blend.Set("blended_data_sources", sources.Told());
    blend.Set("config", std::move(told));
    return {};
  }

  std::unexpected<Failure> Refused(const std::string& place) const {
    return std::unexpected(Failure{*bad_, Facts{.result = Json::MakeObject({{"place", place}})}});
  }

  Json Show(const Call& call, Json blend, Scope& scope) const override {
    if (effect().does == Effect::Does::kList) {
      Json::Array sources;
      for (const Json& source : PartsOf(blend.Get("blended_data_sources"))) {
        sources.push_back(Summary(source));
      }
      blend.Set("blended_data_sources", Wrapped(std::move(sources)));
      blend.Remove("config");
    }
    return EffectBehaviour::Show(call, std::move(blend), scope);
  }

  const std::optional<OutcomeChoice> bad_;  // of those that make or change a blend
};

}  // namespace

Made MakeBlend(const Vendor& /*vendor*/, const Operation& operation) {
  const Effect* effect = operation.effect() ? &*operation.effect() : nullptr;
  const bool takes_body = effect != nullptr && (effect->does == Effect::Does::kCreate ||
                                                effect->does == Effect::Does::kReplace);
  std::optional<OutcomeChoice> bad;
  if (takes_body) {
    auto found = OutcomeChoice::Find(operation, {"bad_request", "bad_blend"});
    if (!found) return std::unexpected(found.error());
    bad = *found;
  }
  return MakeEffect<Blend>(operation, bad);
}

}  // namespace mockduit::supermetrics
