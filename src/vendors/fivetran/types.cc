#include "vendors/fivetran/types.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "contract/read/reading.h"
#include "session/secret_names.h"

namespace mockduit::fivetran {
namespace {

constexpr BlockKey kFileKeys[] = {{"enums", Takes::kText},       {"strangers", Takes::kText},
                                  {"descriptions", Takes::kMap}, {"values", Takes::kMap},
                                  {"fields", Takes::kMap},       {"types", Takes::kMap},
                                  {"destinations", Takes::kMap}};
constexpr BlockKey kTypeKeys[] = {{"type", Takes::kText},    {"config", Takes::kList},
                                  {"defaults", Takes::kMap}, {"read_only", Takes::kList},
                                  {"auth", Takes::kList},    {"keys", Takes::kTexts}};
constexpr Block kFile = {"connector_types.yaml", kFileKeys};
constexpr Block kTypeBlock = {"a connector type", kTypeKeys};

const Json kNoType;

using ByName = std::unordered_map<std::string_view, const Json*>;

ByName IndexOf(const Json& map) {
  ByName by_name;
  if (const Json::Object* members = map.IfObject()) {
    for (const JsonMember& member : *members) by_name.emplace(member.key, &member.value);
  }
  return by_name;
}

const Json& In(const ByName& by_name, std::string_view name) {
  const auto found = by_name.find(name);
  return found != by_name.end() ? *found->second : kNoType;
}

// The reference page's example lists the alternatives of an enum: "Unpacked | Packed".
bool IsOneOf(std::string_view value, const Json::Array& values) {
  const auto is_value = [&](std::string_view one) {
    return std::ranges::any_of(values, [&](const Json& known) { return known.AsString() == one; });
  };
  if (is_value(value) || value.empty()) return true;
  if (value.find(" | ") == std::string_view::npos) return false;
  while (!value.empty()) {
    if (is_value(Trim(TakeUntil(value, "|")))) return true;  // older documents had more
  }
  return false;
}

// Null says nothing, and a value of another type is taken as it is.
bool Allows(const Json& shape, const Json& value) {
  if (const Json* values = shape.Find("one_of")) {
    return !value.IsString() || IsOneOf(value.AsString(), *values->IfArray());
  }
  if (const Json* item = shape.Find("list"); item != nullptr && value.IsArray()) {
    return std::ranges::all_of(*value.IfArray(),
                               [&](const Json& one) { return Allows(*item, one); });
  }
  const Json* fields = shape.Find("fields");
  if (fields == nullptr || !value.IsObject()) return true;
  return std::ranges::all_of(*value.IfObject(), [&](const JsonMember& member) {
    return Allows(fields->Get(member.key), member.value);
  });
}

// Letters without regard to case; what separates words counts for nothing.
bool LooksSecret(std::string_view name) {
  std::string plain;
  for (const char c : LowerCase(name)) {
    if (c != '_' && c != '-') plain += c;
  }
  return std::ranges::any_of(secret_names::Parts(),
                             [&](std::string_view part) { return plain.contains(part); });
}

// Keeps of what no shape knows what has a secret's name, under the mask, and the rest where it is
// `shown`.
void KeepStranger(const std::string& name, const Json& value, bool shown, Json& kept) {
  if (LooksSecret(name)) {
    kept.Set(name, value.IsNull() || value.IsBool() ? value : Json("******"));
  } else if (shown) {
    kept.Set(name, value);
  }
}

// The value with the members, at any depth, that its shape knows, and what is kept of the others.
Json Known(const Json& shape, const Json& value, bool shown) {
  if (const Json* item = shape.Find("list"); item != nullptr && value.IsArray()) {
    Json list = Json::MakeArray();
    for (const Json& one : *value.IfArray()) list.Append(Known(*item, one, shown));
    return list;
  }
  const Json* fields = shape.Find("fields");
  if (fields == nullptr || !value.IsObject()) return value;
  Json kept = Json::MakeObject();
  for (const auto& [name, member] : *value.IfObject()) {
    if (const Json* field = fields->Find(name)) {
      kept.Set(name, Known(*field, member, shown));
    } else {
      KeepStranger(name, member, shown, kept);
    }
  }
  return kept;
}

// Sets what `path` leads to, below `value`, where it is missing or null. What it leads through is
// there already.
void SetDefault(Json& value, std::string_view path, const Json& usual) {
  const std::size_t end = std::min(path.find_first_of(".["), path.size());
  const std::string_view name = path.substr(0, end);
  const std::string_view rest = path.substr(end);
  if (!value.IsObject()) return;
  Json* member = value.Find(name);
  if (rest.empty()) {
    if (member == nullptr || member->IsNull()) value.Set(name, usual);
  } else if (member != nullptr && rest.starts_with("[].")) {
    if (Json::Array* items = member->IfArray()) {
      for (Json& item : *items) SetDefault(item, rest.substr(3), usual);
    }
  } else if (member != nullptr) {
    SetDefault(*member, rest.substr(1), usual);
  }
}

// Puts `value` in the place of `hole`, where `text` has it.
void Fill(std::string& text, const std::string& hole, std::string_view value) {
  const std::size_t at = text.find(hole);
  if (at != std::string::npos) text.replace(at, hole.size(), value);
}

// `text` with the connection's own in the place of {id}, {group_id}, {service} and {schema};
// {group_id | hyphens} has hyphens for underscores.
Json OfConnection(const Json& text, const Json& connection) {
  if (!text.AsString().contains('{')) return text;
  std::string filled(text.AsString());
  for (const std::string member : {"id", "group_id", "service", "schema"}) {
    std::string value(connection.Get(member).AsString());
    Fill(filled, "{" + member + "}", value);
    std::ranges::replace(value, '_', '-');
    Fill(filled, "{" + member + " | hyphens}", value);
  }
  return filled;
}

}  // namespace

struct Types::Index {
  explicit Index(Json file)
      : root(std::move(file)),
        types(IndexOf(root.Get("types"))),
        fields(IndexOf(root.Get("fields"))) {}

  Json root;
  ByName types;
  ByName fields;
};

Read<Types> Types::Compile(const YamlDocument& document) {
  ContractReading reading(document);
  const Node top = reading.Top();
  if (!reading.Check(top, kFile)) return std::unexpected(std::move(reading.problems));
  const auto check_word = [&](const char* key, const std::string& usual, const std::string& other) {
    const std::string word = top[key].Text(usual);
    if (word == usual || word == other) return;
    reading.Wrong(top[key],
                  "'" + word + "' is no way to take " + key + "; it is " + usual + " or " + other);
  };
  check_word("enums", "checked", "taken");
  check_word("strangers", "shown", "dropped");
  const Node fields = top["fields"];
  const auto check_fields = [&](const Node& list) {
    reading.EachItem(list, [&](const Node& field) {
      if (!field.IsText() || fields[field.Text()]) return;
      reading.Wrong(field, "'" + field.Text() + "' is none of the 'fields'");
    });
  };
  reading.EachMember(top["types"], [&](const std::string& /*service*/, const Node& type) {
    if (!reading.Check(type, kTypeBlock)) return;
    for (const char* part : {"config", "read_only", "auth"}) check_fields(type[part]);
  });
  reading.EachMember(top["destinations"],
                     [&](const std::string& /*service*/, const Node& list) { check_fields(list); });
  if (!reading.problems.empty()) return std::unexpected(std::move(reading.problems));
  Types types;
  types.index_ = std::make_shared<const Index>(document.root);
  return types;
}

const Json& Types::Of(std::string_view service) const {
  return index_ != nullptr ? In(index_->types, service) : kNoType;
}

std::string_view Types::DescriptionOf(std::string_view service) const {
  return index_ == nullptr ? "" : index_->root.Get("descriptions").Get(service).AsString();
}

std::string Types::TypeOf(std::string_view service) const {
  return std::string(Of(service).Get("type").AsString("API"));
}

Types::Fields Types::FieldsOf(std::string_view service, std::string_view part) const {
  return Named(Of(service).Get(part));
}

Types::Fields Types::Named(const Json& list) const {
  Fields fields;
  const Json::Array* named = list.IfArray();
  if (named == nullptr) return fields;
  for (const Json& field : *named) {
    if (field.IsString()) {
      fields.emplace_back(field.AsString(), &In(index_->fields, field.AsString()));
    } else if (const Json::Object* own = field.IfObject()) {
      for (const JsonMember& member : *own) fields.emplace_back(member.key, &member.value);
    }
  }
  return fields;
}

const Json* Types::FindField(std::string_view service, std::string_view part,
                             std::string_view name) const {
  const Json::Array* list = Of(service).Get(part).IfArray();
  if (list == nullptr) return nullptr;
  for (const Json& field : *list) {
    if (field.AsString() == name) return &In(index_->fields, name);
    if (const Json* own = field.Find(name)) return own;
  }
  return nullptr;
}

bool Types::IsDefault(std::string_view service, std::string_view field, const Json& value) const {
  const Json* usual = Of(service).Get("defaults").Find(field);
  return usual != nullptr && *usual == value;
}

const Json& Types::KeysOf(std::string_view service) const { return Of(service).Get("keys"); }

bool Types::AllowsConfig(std::string_view service, const Json& config) const {
  return Allow(FieldsOf(service, "config"), config);
}

bool Types::AllowsDestination(std::string_view service, const Json& config) const {
  return index_ == nullptr || Allow(Named(index_->root.Get("destinations").Get(service)), config);
}

bool Types::Allow(const Fields& fields, const Json& config) const {
  if (index_ == nullptr || index_->root.Get("enums").AsString() == "taken") return true;
  return std::ranges::all_of(fields, [&](const auto& field) {
    const Json* value = config.Find(field.first);
    return value == nullptr || Allows(*field.second, *value);
  });
}

void Types::HandleStrangers(std::string_view service, Json& config) const {
  const Json::Object* given = config.IfObject();
  Fields known = FieldsOf(service, "config");
  if (given == nullptr) return;
  const bool shown = known.empty() || index_->root.Get("strangers").AsString() != "dropped";
  for (auto& field : FieldsOf(service, "read_only")) known.push_back(field);
  Json kept = Json::MakeObject();
  for (const auto& [name, value] : *given) {
    const auto field = std::ranges::find(known, name, &Fields::value_type::first);
    if (field != known.end()) {
      kept.Set(name, Known(*field->second, value, shown));
    } else {
      KeepStranger(name, value, shown, kept);
    }
  }
  config = std::move(kept);
}

void Types::Complete(const Json& connection, Json& config) const {
  const std::string_view service = connection.Get("service").AsString();
  if (const Json::Object* defaults = Of(service).Get("defaults").IfObject()) {
    for (const JsonMember& one : *defaults) {
      SetDefault(config, one.key, OfConnection(one.value, connection));
    }
  }
  for (const auto& [name, shape] : FieldsOf(service, "read_only")) {
    const Json value = OfConnection(index_->root.Get("values").Get(name), connection);
    if (!value.IsNull()) config.Set(std::string(name), value);
  }
}

}  // namespace mockduit::fivetran
