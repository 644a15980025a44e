#include "adopt/echo.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

#include "adopt/merged_schema.h"
#include "adopt/only_sent.h"
#include "base/text.h"
#include "contract/language/template.h"

namespace mockduit {
namespace {

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

// A value with what is new in each answer; null where all of it stays. `pointer` is where it
// stands.
Json FreshOf(const Json& value, const std::string& pointer, const Fill& fresh) {
  Json filled = value;
  KeepBraces(filled);
  const std::string text_of_it = value.Dump();
  bool is_fresh = text_of_it.contains("{{") || text_of_it.contains("}}");
  for (const auto& [place, text] : fresh) {
    if (place != pointer && !place.starts_with(pointer + "/")) continue;
    filled.SetAt(place.substr(pointer.size()), text);
    is_fresh = true;
  }
  return is_fresh ? filled : Json();
}

// The first of the holes that was sent, or else `fresh`, or the value.
Json Echo(const std::vector<std::string>& holes, const Json& fresh, const Json& value) {
  std::string last = "{{" + holes.back() + " ?? " + value.Dump();
  if (last.ends_with('}')) last += ' ';
  last += "}}";
  if (holes.size() == 1 && fresh.IsNull()) return last;
  Json choices = Json::MakeArray();
  for (const std::string& hole : holes) choices.Append("{{" + hole + "}}");
  if (fresh.IsNull()) {
    choices.IfArray()->back() = std::move(last);
  } else {
    choices.Append(fresh);
  }
  return Json::MakeObject({{"$first", std::move(choices)}});
}

// True where what is sent of it is good as that member of every shape.
bool IsTakenByAll(const Sendable& sent, const std::vector<Json>& shapes, References& references) {
  return std::ranges::all_of(shapes, [&](const Json& shape) {
    const Json* shown = PropertyOf(shape, sent.name);
    return shown != nullptr && std::ranges::all_of(sent.schemas, [&](const Json& one) {
             return IsTakenBy(one, *shown, references);
           });
  });
}

// The members that requests bring.
Sendables SentMembersOf(const Json& schema, const std::string& whole, References& references) {
  Sendables members = MembersOf(schema, whole, references);
  std::erase_if(members, [&](const Sendable& one) {
    return !one.name.empty() && std::ranges::any_of(one.schemas, [&](const Json& property) {
      return IsOnlyShown(property, references);
    });
  });
  return members;
}

// The same as EchoIn of a member of its body.
Fill EchoBelow(const JsonMember& member, const Json& schema, const Sendables& sendables,
               References& references, const Fill& fresh) {
  const std::string above = "/" + PointerToken(member.key);
  Fill fresh_below;
  for (const auto& [place, text] : fresh) {
    if (place.starts_with(above + "/")) fresh_below.emplace_back(place.substr(above.size()), text);
  }
  Fill fill = EchoIn(member.value, schema, sendables, references, fresh_below);
  for (auto& [pointer, text] : fill) pointer.insert(0, above);
  return fill;
}

}  // namespace

Sendables MembersOf(const Json& schema, const std::string& whole, References& references) {
  Sendables members{{"", {schema}, whole}};
  const std::vector<Json> shapes = ShapesOf(schema, references);
  const Json::Object* first =
      shapes.empty() ? nullptr : shapes.front().Get("properties").IfObject();
  for (std::size_t i = 0; first != nullptr && i < first->size(); ++i) {
    const std::string& name = (*first)[i].key;
    // What one choice does not name may be anything there.
    const bool is_everywhere = std::ranges::all_of(
        shapes, [&](const Json& shape) { return PropertyOf(shape, name) != nullptr; });
    if (!IsPlain(name) || !is_everywhere) continue;
    Sendable& member = members.emplace_back(name, std::vector<Json>(), whole + "." + name);
    for (const Json& shape : shapes) {
      const Json& property = *PropertyOf(shape, name);
      if (std::ranges::find(member.schemas, property) == member.schemas.end()) {
        member.schemas.push_back(property);
      }
    }
  }
  return members;
}

Sendables SendablesOf(const std::vector<const Json*>& parameters, const Json* body_schema,
                      References& references) {
  Sendables sendables;
  if (body_schema != nullptr) sendables = SentMembersOf(*body_schema, "request.body", references);
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
            References& references, const Fill& fresh) {
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
    if (!IsPlain(member.key)) continue;
    std::vector<std::string> holes;
    Fill below;
    for (const Sendable& sent : sendables) {
      const Json* shown = PropertyOf(shapes.front(), member.key);
      if (sent.name != member.key || shown == nullptr) continue;
      if (IsTakenByAll(sent, shapes, references)) {
        holes.push_back(sent.hole);
      } else if (shapes.size() == 1 && sent.schemas.size() == 1 && below.empty()) {
        // {"user": {"name": …}} may be answered with {"user": {"id": …, "name": …}}.
        const Sendables inner = SentMembersOf(sent.schemas.front(), sent.hole, references);
        below = EchoBelow(member, *shown, inner, references, fresh);
      }
    }
    const std::string pointer = "/" + PointerToken(member.key);
    if (!holes.empty()) {
      const Json fresh_here = FreshOf(member.value, pointer, fresh);
      fill.emplace_back(pointer, Echo(holes, fresh_here, member.value));
    } else {
      std::ranges::move(below, std::back_inserter(fill));
    }
  }
  // Many answers wrap the resource: {"data": {…}}.
  if (!fill.empty() || objects != 1 || shapes.size() > 1) return fill;
  const Json* wrapped = PropertyOf(shapes.front(), only_object->key);
  return wrapped != nullptr ? EchoBelow(*only_object, *wrapped, sendables, references, fresh)
                            : fill;
}

}  // namespace mockduit
