#include "adopt/echo.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "adopt/merged_schema.h"
#include "base/text.h"

namespace mockduit {
namespace {

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

// The schema of a member, where the schema above names it.
const Json* PropertyOf(const Json& merged, const std::string& name) {
  return merged.Get("properties").Find(name);
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
  const Json merged = MergedSchema(schema, references, 0).schema;
  const JsonMember* only_object = nullptr;
  std::size_t objects = 0;
  for (const JsonMember& member : *members) {
    if (member.value.IsObject()) {
      only_object = &member;
      ++objects;
    }
    const Json* shown = PropertyOf(merged, member.key);
    const auto sent = std::ranges::find(sendables, member.key, &Sendable::name);
    if (shown == nullptr || sent == sendables.end()) continue;
    if (!IsTakenBy(*sent->schema, *shown, references)) continue;
    if (member.value.Dump().contains("}}") || member.value.Dump().contains("{{")) continue;
    fill.emplace_back("/" + PointerToken(member.key), WithFallback(sent->hole, member.value));
  }
  // Many answers wrap the resource: {"data": {…}}.
  if (!fill.empty() || objects != 1) return fill;
  const Json* wrapped = PropertyOf(merged, only_object->key);
  if (wrapped == nullptr) return fill;
  for (auto& [pointer, text] : EchoIn(only_object->value, *wrapped, sendables, references)) {
    fill.emplace_back("/" + PointerToken(only_object->key) + pointer, std::move(text));
  }
  return fill;
}

}  // namespace mockduit
