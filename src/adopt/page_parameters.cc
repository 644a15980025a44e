#include "adopt/page_parameters.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

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
std::optional<std::string> NextBelow(const Json& body, const std::string& pointer) {
  const Json::Object* members = body.IfObject();
  if (members == nullptr) return std::nullopt;
  for (const auto& [key, value] : *members) {
    std::string place = pointer + "/" + PointerToken(key);
    if (IsNextPage(key) && (value.IsString() || value.IsNull())) return place;
    if (value.IsObject() && pointer.empty()) {
      if (auto below = NextBelow(value, place)) return below;
    }
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

std::optional<std::string> NextIn(const Json& body) { return NextBelow(body, ""); }

}  // namespace mockduit
