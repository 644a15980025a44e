#include "adopt/page_parameters.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "adopt/merged_schema.h"
#include "adopt/schema_type.h"
#include "base/text.h"

namespace mockduit {
namespace {

bool IsNamed(std::string_view name, std::initializer_list<std::string_view> names) {
  const std::string lower = LowerCase(name);
  return std::ranges::any_of(names, [&](std::string_view one) { return lower == one; });
}

bool IsLimit(std::string_view name) {
  return IsNamed(name, {"limit", "page_size", "pagesize", "per_page", "perpage", "max_results"});
}
bool IsOffset(std::string_view name) { return IsNamed(name, {"offset", "skip"}); }
bool IsCursor(std::string_view name) {
  return IsNamed(name, {"cursor", "page_token", "pagetoken", "after", "starting_after",
                        "next_cursor", "nextcursor"});
}

// `above` is where the schema's value stands: at the top, or in a member of that.
std::optional<NextPage> NextPageBelow(const Json& schema, const std::string& above,
                                      References& references) {
  const Json merged = MergedSchema(schema, references, 0).schema;
  const Json::Object* properties = merged.Get("properties").IfObject();
  for (std::size_t i = 0; properties != nullptr && i < properties->size(); ++i) {
    const auto& [name, property] = (*properties)[i];
    const std::string pointer = above + "/" + PointerToken(name);
    const Json of_member = MergedSchema(property, references, 0).schema;
    const std::string_view type = TypeOf(of_member);
    if (IsNextPage(name) && (type == "string" || type == "null")) {
      const Json::Array* required = merged.Get("required").IfArray();
      const bool is_needed =
          required != nullptr && std::ranges::find(*required, Json(name)) != required->end();
      return NextPage{pointer, !is_needed && !IsNullable(property, references)};
    }
    if (type != "object" || !above.empty()) continue;
    if (auto below = NextPageBelow(property, pointer, references)) return below;
  }
  return std::nullopt;
}

}  // namespace

bool IsNextPage(std::string_view name) {
  return IsNamed(
      name, {"next_cursor", "nextcursor", "next_page_token", "nextpagetoken", "next", "cursor"});
}

bool IsWhetherMore(std::string_view name) {
  return IsNamed(
      name, {"has_more", "hasmore", "has_next", "hasnext", "has_next_page", "hasnextpage", "more"});
}

std::optional<PageParameters> PageParametersOf(const Json& operation, References& references) {
  PageParameters found;
  const Json::Array* parameters = operation.Get("parameters").IfArray();
  if (parameters == nullptr) return std::nullopt;
  for (const Json& written : *parameters) {
    const Json* parameter = references.Follow(written);
    if (parameter == nullptr || parameter->Get("in").AsString() != "query") continue;
    const std::string name(parameter->Get("name").AsString());
    if (IsLimit(name)) {
      found.limit = name;
      const Json* schema = references.Follow(parameter->Get("schema"));
      if (schema != nullptr) {
        found.most = std::max<std::int64_t>(schema->Get("maximum").AsInteger(found.most), 1);
      }
    } else if (IsOffset(name)) {
      found.start = name;
    } else if (IsCursor(name)) {
      found.start = name;
      found.by_cursor = true;
    }
  }
  if (found.limit.empty() || found.start.empty()) return std::nullopt;
  return found;
}

std::optional<NextPage> NextPageIn(const Json& schema, References& references) {
  return NextPageBelow(schema, "", references);
}

}  // namespace mockduit
