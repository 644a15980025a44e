#include "adopt/echo.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "adopt/merged_schema.h"
#include "base/text.h"

namespace mockduit {
namespace {

constexpr std::size_t kMaxChoices = 20;
constexpr int kMaxNesting = 10;  // of choices within each other

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

std::vector<std::string> TypesOf(const Json& schema) {
  const Json& type = schema.Get("type");
  std::vector<std::string> types;
  if (type.IsString()) types.emplace_back(type.AsString());
  for (const Json& one : type.IsArray() ? *type.IfArray() : Json::Array()) {
    types.emplace_back(one.AsString());
  }
  std::erase(types, "null");
  return types;
}

// The values that an enum or a const has, but null.
Json::Array ChoicesOf(const Json& schema) {
  Json::Array choices;
  if (const Json* only = schema.Find("const")) choices.push_back(*only);
  if (const Json::Array* all = schema.Get("enum").IfArray()) choices = *all;
  std::erase(choices, Json());
  return choices;
}

// Whether all of the first, which are some, are of the second.
template <class List>
bool AreAllOf(const List& some, const List& all) {
  return !some.empty() && std::ranges::all_of(some, [&](const auto& one) {
    return std::ranges::find(all, one) != all.end();
  });
}

// True where what a rule of `shown` asks for is asked for in `sent`, too.
bool IsKept(const JsonMember& rule, const Json& sent, const Json& shown) {
  if (IsNote(rule.key)) return true;
  if (rule.key == "type") return AreAllOf(TypesOf(sent), TypesOf(shown));
  if (rule.key == "enum") return AreAllOf(ChoicesOf(sent), ChoicesOf(shown));
  const Json* same = sent.Find(rule.key);
  return same != nullptr && *same == rule.value;
}

// True where the schema says anything of what a value is.
bool Describes(const Json& schema) {
  static constexpr std::array<std::string_view, 6> kThose = {"type",  "enum",  "const",
                                                             "allOf", "anyOf", "oneOf"};
  return std::ranges::any_of(
      kThose, [&](std::string_view keyword) { return schema.Find(keyword) != nullptr; });
}

// The choices of anyOf and oneOf that are not null alone, where the schema has one of the two.
std::vector<const Json*> AlternativesOf(const Json& schema) {
  std::vector<const Json*> alternatives;
  for (const char* keyword : {"anyOf", "oneOf"}) {
    const Json::Array* choices = schema.Get(keyword).IfArray();
    for (std::size_t i = 0; choices != nullptr && i < choices->size(); ++i) {
      if ((*choices)[i].Get("type") != Json("null")) alternatives.push_back(&(*choices)[i]);
    }
  }
  return alternatives;
}

// True where every value of `sent`, but null, is one of `shown`: each rule of the latter is one of
// the former.
bool IsTakenBy(const Json& sent, const Json& shown, References& references, int depth = 0) {
  const Json* from = references.Follow(sent);
  const Json* to = references.Follow(shown);
  if (from == nullptr || to == nullptr || !from->IsObject() || !to->IsObject()) return false;
  if (!Describes(*to)) return false;
  const auto is_kept = [&](const JsonMember& rule) { return IsKept(rule, *from, *to); };
  if (from == to || std::ranges::all_of(*to->IfObject(), is_kept)) return true;
  if (depth == kMaxNesting) return false;
  const auto is_taken = [&](const Json* one) {
    return IsTakenBy(*one, shown, references, depth + 1);
  };
  const std::vector<const Json*> alternatives = AlternativesOf(*from);
  if (!alternatives.empty() && std::ranges::all_of(alternatives, is_taken)) return true;
  // A choice of one thing and null.
  const std::vector<const Json*> of_shown = AlternativesOf(*to);
  const auto is_choice = [](const JsonMember& rule) {
    return rule.key == "anyOf" || rule.key == "oneOf" || IsNote(rule.key);
  };
  return of_shown.size() == 1 && std::ranges::all_of(*to->IfObject(), is_choice) &&
         IsTakenBy(sent, *of_shown.front(), references, depth + 1);
}

std::string WithFallback(const std::string& hole, const Json& fallback) {
  std::string text = "{{" + hole + " ?? " + fallback.Dump();
  if (text.ends_with('}')) text += ' ';
  return text + "}}";
}

// What an object may be: one schema for each choice that there is. Empty where there are too many.
std::vector<Json> ShapesOf(const Json& schema, References& references) {
  std::vector<Json> shapes;
  std::size_t choices = 1;
  for (std::size_t i = 0; i < choices; ++i) {
    Merged merged = MergedSchema(schema, references, i);
    choices = std::max(choices, merged.choices);
    if (choices > kMaxChoices) return {};
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
  const std::vector<Json> shapes =
      body_schema != nullptr ? ShapesOf(*body_schema, references) : std::vector<Json>();
  const Json::Object* first =
      shapes.empty() ? nullptr : shapes.front().Get("properties").IfObject();
  for (std::size_t i = 0; first != nullptr && i < first->size(); ++i) {
    const std::string& name = (*first)[i].key;
    // What one choice does not name may be anything there.
    const bool is_everywhere = std::ranges::all_of(
        shapes, [&](const Json& shape) { return PropertyOf(shape, name) != nullptr; });
    if (!IsPlain(name) || !is_everywhere) continue;
    Sendable& sendable = sendables.emplace_back(name, std::vector<Json>(), "request.body." + name);
    for (const Json& shape : shapes) {
      const Json& schema = *PropertyOf(shape, name);
      if (std::ranges::find(sendable.schemas, schema) == sendable.schemas.end()) {
        sendable.schemas.push_back(schema);
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
    sendables.push_back({name, {*schema}, "request.path." + name});
  }
  return sendables;
}

Fill EchoIn(const Json& body, const Json& schema, const Sendables& sendables,
            References& references) {
  Fill fill;
  const Json::Object* members = body.IfObject();
  if (members == nullptr) return fill;
  const std::vector<Json> shapes = ShapesOf(schema, references);
  if (shapes.empty()) return fill;
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
      return shown != nullptr && std::ranges::all_of(sent->schemas, [&](const Json& one) {
               return IsTakenBy(one, *shown, references);
             });
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
