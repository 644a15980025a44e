#include "adopt/echo.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "adopt/merged_schema.h"
#include "base/text.h"

namespace mockduit {
namespace {

constexpr std::size_t kMaxChoices = 20;

// Templates write names between dots.
bool IsPlain(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || IsDigit(c) || c == '_' || c == '-';
  });
}

// True for keywords that forbid no value.
bool IsNote(std::string_view keyword) {
  static constexpr std::array<std::string_view, 12> kNotes = {
      "title",    "description", "example",  "examples", "default",      "deprecated",
      "readOnly", "writeOnly",   "nullable", "$comment", "externalDocs", "$ref"};
  return std::ranges::find(kNotes, keyword) != kNotes.end() || keyword.starts_with("x-");
}

// True where every value of `sent`, but null, is one of `shown`: each rule of the latter is one of
// the former.
bool IsTakenBy(const Json& sent, const Json& shown, References& references) {
  const Json* from = references.Follow(sent);
  const Json* to = references.Follow(shown);
  if (from == nullptr || to == nullptr || !from->IsObject() || !to->IsObject()) return false;
  if (from == to) return to->Find("type") != nullptr;
  if (!to->Get("type").IsString()) return false;
  return std::ranges::all_of(*to->IfObject(), [&](const JsonMember& rule) {
    const Json* same = from->Find(rule.key);
    return IsNote(rule.key) || (same != nullptr && *same == rule.value);
  });
}

std::string WithFallback(const std::string& hole, const Json& fallback) {
  std::string text = "{{" + hole + " ?? " + fallback.Dump();
  if (text.ends_with('}')) text += ' ';
  return text + "}}";
}

// What an object may be: one schema for each choice that there is.
std::vector<Json> ShapesOf(const Json& schema, References& references) {
  std::vector<Json> shapes;
  std::size_t choices = 1;
  for (std::size_t i = 0; i < std::min(choices, kMaxChoices); ++i) {
    Merged merged = MergedSchema(schema, references, i);
    choices = std::max(choices, merged.choices);
    shapes.push_back(std::move(merged.schema));
  }
  return shapes;
}

// The schema of a member, where the schema above names it.
const Json* PropertyOf(const Json& shape, const std::string& name) {
  return shape.Get("properties").Find(name);
}

}  // namespace

Sendables SendablesOf(const std::vector<const Json*>& parameters, const Json* body_schema,
                      References& references) {
  Sendables sendables;
  if (body_schema != nullptr) {
    const Json* body = references.Follow(*body_schema);
    const Json::Object* properties = body != nullptr ? body->Get("properties").IfObject() : nullptr;
    if (properties != nullptr) {
      for (const auto& [name, schema] : *properties) {
        if (IsPlain(name)) sendables.push_back({name, &schema, "request.body." + name});
      }
    }
  }
  for (const Json* parameter : parameters) {
    const std::string name(parameter->Get("name").AsString());
    const Json* schema = parameter->Find("schema");
    // A path gives text alone.
    if (parameter->Get("in").AsString() != "path" || schema == nullptr || !IsPlain(name)) continue;
    const Json* resolved = references.Follow(*schema);
    if (resolved == nullptr || resolved->Get("type").AsString() != "string") continue;
    sendables.push_back({name, schema, "request.path." + name});
  }
  return sendables;
}

std::vector<std::pair<std::string, std::string>> EchoIn(const Json& body, const Json& schema,
                                                        const Sendables& sendables,
                                                        References& references) {
  std::vector<std::pair<std::string, std::string>> fill;
  const Json::Object* members = body.IfObject();
  if (members == nullptr) return fill;
  const std::vector<Json> shapes = ShapesOf(schema, references);
  const JsonMember* only_object = nullptr;
  std::size_t objects = 0;
  for (const JsonMember& member : *members) {
    if (member.value.IsObject()) {
      only_object = &member;
      ++objects;
    }
    const auto sent = std::ranges::find(sendables, member.key, &Sendable::name);
    if (sent == sendables.end()) continue;
    const bool is_taken = std::ranges::all_of(shapes, [&](const Json& shape) {
      const Json* shown = PropertyOf(shape, member.key);
      return shown != nullptr && IsTakenBy(*sent->schema, *shown, references);
    });
    if (!is_taken) continue;
    if (member.value.Dump().contains("}}") || member.value.Dump().contains("{{")) continue;
    fill.emplace_back("/" + PointerToken(member.key), WithFallback(sent->hole, member.value));
  }
  // Many answers wrap the resource: {"data": {…}}.
  if (!fill.empty() || objects != 1 || shapes.size() > 1) return fill;
  const Json* wrapped = PropertyOf(shapes.front(), only_object->key);
  if (wrapped == nullptr) return fill;
  for (auto& [pointer, text] : EchoIn(only_object->value, *wrapped, sendables, references)) {
    fill.emplace_back("/" + PointerToken(only_object->key) + pointer, std::move(text));
  }
  return fill;
}

}  // namespace mockduit
