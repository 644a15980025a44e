#include "adopt/whole_echo.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "adopt/merged_schema.h"
#include "adopt/only_sent.h"
#include "base/text.h"
#include "contract/language/template.h"

namespace mockduit {
namespace {

bool IsSame(const Json& one, const Json& other, References& references) {
  const Json* a = references.Follow(one);
  const Json* b = references.Follow(other);
  return a != nullptr && b != nullptr && (a == b || *a == *b);
}

bool IsOfScalars(const Json& schema, References& references) {
  static constexpr std::array<std::string_view, 4> kScalars = {"string", "integer", "number",
                                                               "boolean"};
  const Json* resolved = references.Follow(schema);
  if (resolved == nullptr) return false;
  if (const Json* items = resolved->Find("items")) return IsOfScalars(*items, references);
  return std::ranges::find(kScalars, resolved->Get("type").AsString()) != kScalars.end();
}

// True where it may have members that it does not name.
bool TakesMore(const Json& shape) {
  const Json& more = shape.Get("additionalProperties");
  return more.IsObject() || more.AsBool() || shape.Find("patternProperties") != nullptr;
}

bool HasOnlySent(const Json& shape, References& references) {
  const Json::Object* properties = shape.Get("properties").IfObject();
  return properties != nullptr && std::ranges::any_of(*properties, [&](const JsonMember& one) {
           return IsOnlySent(one.value, references);
         });
}

// Members that are of one schema by all choices, or that no request brings.
Json MembersOfAll(const Json& body, const std::vector<Json>& shapes) {
  Json common = Json::MakeObject();
  for (const auto& [name, value] : *body.IfObject()) {
    const Json* first = PropertyOf(shapes.front(), name);
    const bool is_of_all = first != nullptr && std::ranges::all_of(shapes, [&](const Json& shape) {
                             const Json* here = PropertyOf(shape, name);
                             return here != nullptr && *here == *first;
                           });
    if (is_of_all) common.Set(name, value);
  }
  return common;
}

// True where some choice asks for a member that neither the request nor `there` has.
bool Lacks(const Json& there, const Json& shape, References& references) {
  const Json::Array* required = shape.Get("required").IfArray();
  return required != nullptr && std::ranges::any_of(*required, [&](const Json& name) {
           const Json* property = PropertyOf(shape, std::string(name.AsString()));
           return property != nullptr && IsOnlyShown(*property, references) &&
                  there.Find(name.AsString()) == nullptr;
         });
}

// `body` has the templates in it.
std::optional<Json> Shown(const Json& body, const Json& schema, References& references) {
  if (!body.IsObject()) {
    if (!IsOfScalars(schema, references)) return std::nullopt;
    return Json::MakeObject({{"$first", Json::MakeArray({"{{request.body}}", body})}});
  }
  const std::vector<Json> shapes = ShapesOf(schema, references);
  if (shapes.empty()) return std::nullopt;
  const Json* resolved = references.Follow(schema);
  const bool is_open =
      shapes.size() > 1 || resolved->Find("discriminator") != nullptr || TakesMore(shapes.front());
  if (!is_open) return std::nullopt;
  const Json common = MembersOfAll(body, shapes);
  for (const Json& shape : shapes) {
    if (HasOnlySent(shape, references) || Lacks(common, shape, references)) return std::nullopt;
  }
  Json merged = Json::MakeObject({{"$merge", Json::MakeArray({common, "{{request.body}}"})}});
  return Json::MakeObject({{"$first", Json::MakeArray({std::move(merged), body})}});
}

}  // namespace

std::optional<WholeEcho> EchoOfAll(const Json& body, const Json& schema, const Sendables& sendables,
                                   const Fill& fill, References& references) {
  const auto sent = std::ranges::find(sendables, "", &Sendable::name);
  if (sent == sendables.end()) return std::nullopt;
  const auto echo = [&](const std::string& pointer, const Json& of) -> std::optional<WholeEcho> {
    if (!IsSame(sent->schemas.front(), of, references)) return std::nullopt;
    Json filled = body;
    KeepBraces(filled);
    for (const auto& [place, text] : fill) filled.SetAt(place, text);
    auto shown = Shown(*filled.At(pointer), of, references);
    return shown ? std::optional(WholeEcho{pointer, *std::move(shown)}) : std::nullopt;
  };
  if (auto whole = echo("", schema)) return whole;
  // Many answers wrap the resource: {"data": {…}}.
  const Json::Object* members = body.IfObject();
  const JsonMember* only_object = nullptr;
  for (std::size_t i = 0; members != nullptr && i < members->size(); ++i) {
    if (!(*members)[i].value.IsObject()) continue;
    if (only_object != nullptr) return std::nullopt;
    only_object = &(*members)[i];
  }
  if (only_object == nullptr) return std::nullopt;
  const Json merged = MergedSchema(schema, references, 0).schema;
  const Json* wrapped = PropertyOf(merged, only_object->key);
  return wrapped != nullptr ? echo("/" + PointerToken(only_object->key), *wrapped) : std::nullopt;
}

}  // namespace mockduit
