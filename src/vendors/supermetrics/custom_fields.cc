// Custom fields: what a new one is called, and their pages.
#include <algorithm>

#include "base/text.h"
#include "engine/effect.h"
#include "http/uri.h"
#include "vendors/supermetrics/behaviours.h"

namespace mockduit::supermetrics {
namespace {

constexpr std::int64_t kUsualLimit = 25;

// "Spec Example Field" as "spec_example_field".
std::string NameOf(std::string_view display_name) {
  std::string name;
  for (const char c : LowerCase(display_name)) {
    const bool is_word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (is_word) name += c;
    if (!is_word && !name.empty() && name.back() != '_') name += '_';
  }
  while (name.ends_with('_')) name.pop_back();
  return name.empty() ? "field" : name;
}

class CustomField : public EffectBehaviour {
 public:
  CustomField(Declared declared, OutcomeChoice absent)
      : EffectBehaviour(std::move(declared)), absent_(absent) {}

 private:
  std::expected<void, Failure> Adjust(const Call& call, World& world, Json& field) const override {
    field.Set("name", NameOf(field.Get("display_name").AsString()));
    const Json& given = call.body()->Get("data_source");
    const Json::Array* list = given.IfArray();
    const Json first = list != nullptr ? (list->empty() ? Json() : list->front()) : given;
    const Json& source = first.Get("data_source_id");
    if (source.IsNull()) return {};
    if (!world.store().Has("supermetrics.data_source", source.ToText())) {
      return std::unexpected(Failure{absent_});
    }
    field.Set("data_source_id", source);
    const Json& type = first.Get("report_type");
    field.Set("report_types", type.IsNull() ? Json::MakeArray() : Json::MakeArray({type}));
    return {};
  }

  const OutcomeChoice absent_;
};

std::int64_t NumberIn(const std::string& query, std::string_view name, std::int64_t usual) {
  const auto text = QueryValue(query, name);
  return text ? ParseNumber<std::int64_t>(*text).value_or(usual) : usual;
}

// The same list, at another page.
std::string LinkTo(const Call& call, std::int64_t page, std::int64_t limit) {
  std::string link = call.visit.sent.Url() + "?";
  std::string_view rest = call.request().query;
  while (!rest.empty()) {
    const QueryParameter parameter = TakeParameter(rest);
    if (parameter.name == "page" || parameter.name == "limit") continue;
    link += std::string(parameter.text) + "&";
  }
  return link + "page=" + std::to_string(page) + "&limit=" + std::to_string(limit);
}

// What the request asks for, oldest first, as answers show it.
Json::Array FieldsFor(const Call& call, const World& world) {
  const std::string& query = call.request().query;
  const auto source = QueryValue(query, "data_source_id");
  const std::string name = QueryValue(query, "display_name").value_or("");
  Json::Array fields;
  world.store().Visit("supermetrics.custom_field", Store::Order::kOldestFirst,
                      [&](const std::string& /*id*/, const std::string& text) {
                        Json field = Json::Parse(text).value_or(Json());
                        const bool fits =
                            field.Get("team_id").ToText() == call.PathValue("team_id") &&
                            (!source || field.Get("data_source_id").AsString() == *source) &&
                            field.Get("display_name").AsString().contains(name);
                        field.Remove("team_id");
                        if (fits) fields.push_back(std::move(field));
                        return true;
                      });
  return fields;
}

class ListPages : public Behaviour {
  std::expected<Facts, Failure> Run(const Call& call, World& world,
                                    Scope& /*scope*/) const override {
    const std::string& query = call.request().query;
    const std::int64_t limit = NumberIn(query, "limit", kUsualLimit);
    const std::int64_t page = NumberIn(query, "page", 1);
    const Json::Array all = FieldsFor(call, world);
    const auto total = static_cast<std::int64_t>(all.size());
    const std::int64_t pages = std::max<std::int64_t>((total + limit - 1) / limit, 1);
    const std::int64_t begin = std::min((page - 1) * limit, total);
    const std::int64_t end = std::min(begin + limit, total);
    const auto link = [&](bool is_there, std::int64_t to) {
      return is_there ? Json(LinkTo(call, to, limit)) : Json();
    };
    Json pagination = Json::MakeObject();
    if (QueryValue(query, "include_total_count") == "true") {
      pagination = Json::MakeObject({{"total_count", total}, {"limit", limit}, {"offset", begin}});
    }
    pagination.Set("links", Json::MakeObject({{"first", link(true, 1)},
                                              {"prev", link(page > 1, page - 1)},
                                              {"next", link(page < pages, page + 1)},
                                              {"last", link(true, pages)}}));
    return Facts{.result = Json::MakeObject(
                     {{"pagination", std::move(pagination)},
                      {"items", Json::Array(all.begin() + begin, all.begin() + end)}})};
  }
};

}  // namespace

Made MakeCustomField(const Vendor& /*vendor*/, const Operation& operation) {
  auto absent = OutcomeChoice::Find(operation, {"not_found", ""});
  if (!absent) return std::unexpected(absent.error());
  return MakeEffect<CustomField>(operation, *absent);
}

Made MakeListPages(const Vendor& /*vendor*/, const Operation& /*operation*/) {
  return std::make_unique<ListPages>();
}

}  // namespace mockduit::supermetrics
