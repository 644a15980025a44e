// Keywords by which a value is held against more schemas than one.
#include <algorithm>
#include <array>
#include <map>

#include "contract/schema/keywords.h"

namespace mockduit {
namespace {

const SchemaNode* Shared(const KeywordRead& in, const Json& json) {
  const SchemaNode* schema = in.compiler.Below(json);
  in.compiler.Share(in.node, schema, json);
  return schema;
}

template <SchemaNodes JointRules::* List>
void ReadJointList(const KeywordRead& in) {
  if (!in.Must(in.value().IsArray(), "a list") || !in.MustNotBeEmpty()) return;
  for (const Json& part : *in.value().IfArray()) {
    (Made(in.node.joint).*List).push_back(Shared(in, part));
  }
}

// Each is asked for, while one of a list of choices is enough.
void ReadAllOf(const KeywordRead& in) {
  const std::size_t before = Made(in.node.joint).all_of.size();
  ReadJointList<&JointRules::all_of>(in);
  const SchemaNodes& all = in.node.joint->all_of;
  for (std::size_t i = before; i < all.size(); ++i) {
    in.compiler.Demand(in.node, all[i], (*in.value().IfArray())[i - before]);
  }
}

void AddReferred(const KeywordRead& in, bool is_dynamic) {
  const SchemaNode* referred = in.compiler.Referred(in.value(), is_dynamic);
  if (referred == nullptr) return;
  Made(in.node.joint).all_of.push_back(referred);
  in.compiler.Share(in.node, referred, in.value());
  in.compiler.Demand(in.node, referred, in.value());
}

void ReadRef(const KeywordRead& in) { AddReferred(in, false); }
void ReadDynamicRef(const KeywordRead& in) { AddReferred(in, true); }

void ReadNot(const KeywordRead& in) { Made(in.node.joint).forbidden = Shared(in, in.value()); }

void ReadIf(const KeywordRead& in) {
  const auto read = [&](const Json* part) { return part != nullptr ? Shared(in, *part) : nullptr; };
  const SchemaNode* when = Shared(in, in.value());
  const SchemaNode* then = read(in.whole.Find("then"));
  const SchemaNode* otherwise = read(in.whole.Find("else"));
  Made(in.node.joint).condition = JointRules::Condition{when, then, otherwise};
}

// "#/components/schemas/Dog" is called "Dog".
std::string_view NameOf(std::string_view reference) {
  return reference.substr(reference.rfind('/') + 1);
}

// The values of its member that the schema of a choice says itself: by const, or by enum.
std::vector<std::string_view> NamesWithin(const KeywordRead& in, const Json& choice,
                                          std::string_view member) {
  const Json* schema = &choice;
  if (const Json* reference = choice.Find("$ref")) {
    schema = in.compiler.FindReferred(reference->AsString());
  }
  std::vector<std::string_view> names;
  if (schema == nullptr) return names;
  const Json& values = schema->Get("properties").Get(member);
  if (values.Get("const").IsString()) names.push_back(values.Get("const").AsString());
  if (const Json::Array* list = values.Get("enum").IfArray()) {
    for (const Json& name : *list) names.push_back(name.AsString());
  }
  return names;
}

bool IsNameOfSchema(std::string_view target) {
  return target.find_first_of("/#.") == std::string_view::npos;
}

// What `mapping` says of a choice, by its name or by a reference.
void AddMapped(const KeywordRead& in, const Json& choice, std::size_t index,
               Discriminator& discriminator) {
  const std::string_view reference = choice.Get("$ref").AsString();
  const Json::Object* mapping = in.value().Get("mapping").IfObject();
  if (mapping == nullptr || reference.empty()) return;
  const Json* place = in.compiler.FindReferred(reference);
  for (const JsonMember& member : *mapping) {
    const std::string_view target = member.value.AsString();
    const bool leads_there = IsNameOfSchema(target)
                                 ? target == NameOf(reference)
                                 : place != nullptr && in.compiler.FindReferred(target) == place;
    if (leads_there) discriminator.choices.emplace_back(member.key, index);
  }
}

// A name that several choices have tells none of them.
Discriminator MakeDiscriminator(const KeywordRead& in, const Json::Array& choices,
                                std::string_view member) {
  Discriminator made{std::string(member), {}, true};
  std::map<std::string_view, std::vector<std::size_t>> within;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    AddMapped(in, choices[i], i, made);
    for (const std::string_view name : NamesWithin(in, choices[i], member)) {
      within[name].push_back(i);
    }
  }
  for (const auto& [name, having] : within) {
    if (having.size() == 1) made.choices.emplace_back(name, having.front());
    made.is_whole = made.is_whole && having.size() == 1;
  }
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const std::string_view reference = choices[i].Get("$ref").AsString();
    if (!reference.empty()) made.choices.emplace_back(NameOf(reference), i);
    made.is_whole = made.is_whole && std::ranges::any_of(made.choices, [&](const auto& choice) {
                      return choice.second == i;
                    });
  }
  return made;
}

// Tells what leads nowhere, or to none of the choices; `made` is nullptr where there is no list.
void CheckMapping(const KeywordRead& in, const Discriminator* made) {
  const Json::Object* mapping = in.value().Get("mapping").IfObject();
  if (mapping == nullptr) return;
  for (const JsonMember& member : *mapping) {
    const std::string target = member.value.ToText();
    const std::string reference = (IsNameOfSchema(target) ? "#/components/schemas/" : "") + target;
    const bool is_chosen =
        made != nullptr && std::ranges::any_of(made->choices, [&](const auto& one) {
          return one.first == member.key;
        });
    const bool is_there = is_chosen || in.compiler.FindReferred(reference) != nullptr;
    if (is_chosen || (made == nullptr && is_there)) continue;
    in.compiler.Note(member.value,
                     "'" + target + "', which '" + member.key + "' stands for, " +
                         (is_there ? "is none of the choices" : "leads nowhere"),
                     false);
  }
}

// It names the choice of a list beside it. Alone it is a note for schemas that build upon this one.
void ReadDiscriminator(const KeywordRead& in) {
  const Json& name = in.value().Get("propertyName");
  if (!in.Must(in.value().IsObject() && name.IsString(), "a map with a propertyName")) return;
  const Json* list = in.whole.Find("oneOf");
  if (list == nullptr) list = in.whole.Find("anyOf");
  if (list == nullptr || !list->IsArray()) return CheckMapping(in, nullptr);
  Discriminator made = MakeDiscriminator(in, *list->IfArray(), name.AsString());
  CheckMapping(in, &made);
  Made(in.node.joint).discriminator = std::move(made);
}

void ReadUnevaluatedItems(const KeywordRead& in) {
  Made(in.node.joint).unevaluated_items = in.compiler.Below(in.value());
}

void ReadUnevaluatedMembers(const KeywordRead& in) {
  Made(in.node.joint).unevaluated_members = in.compiler.Below(in.value());
}

// Of draft 2019-09; its successor has another.
void ReadRecursiveRef(const KeywordRead& in) {
  in.compiler.Note(in.member.value, "'$recursiveRef' is not held; write '$dynamicRef'", true);
}

constexpr std::array<SchemaKeyword, 11> kJointKeywords = {{
    {"$ref", ReadRef},
    {"$dynamicRef", ReadDynamicRef},
    {"$recursiveRef", ReadRecursiveRef},
    {"allOf", ReadAllOf, SchemaIn::kList},
    {"anyOf", ReadJointList<&JointRules::any_of>, SchemaIn::kList},
    {"oneOf", ReadJointList<&JointRules::one_of>, SchemaIn::kList},
    {"not", ReadNot, SchemaIn::kValue},
    {"if", ReadIf, SchemaIn::kValue},
    {"discriminator", ReadDiscriminator},
    {"unevaluatedItems", ReadUnevaluatedItems, SchemaIn::kValue},
    {"unevaluatedProperties", ReadUnevaluatedMembers, SchemaIn::kValue},
}};

}  // namespace

std::span<const SchemaKeyword> JointKeywords() { return kJointKeywords; }

}  // namespace mockduit
