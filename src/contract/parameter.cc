#include "contract/parameter.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "http/media_type.h"
#include "http/uri.h"

namespace mockduit {
namespace {

using TextList = std::vector<std::string>;

constexpr std::size_t kMaxSteps = 20;  // brackets behind a name: "q[a][b]"

struct StyleName {
  std::string_view name;
  ParameterStyle style;
};
constexpr std::array<StyleName, 7> kStyles = {{{"form", ParameterStyle::kForm},
                                               {"simple", ParameterStyle::kSimple},
                                               {"label", ParameterStyle::kLabel},
                                               {"matrix", ParameterStyle::kMatrix},
                                               {"spaceDelimited", ParameterStyle::kSpaceDelimited},
                                               {"pipeDelimited", ParameterStyle::kPipeDelimited},
                                               {"deepObject", ParameterStyle::kDeepObject}}};

TextList SplitBy(std::string_view text, std::string_view separators) {
  TextList parts;
  if (text.empty()) return parts;
  while (true) {
    const std::size_t end = std::min(text.find_first_of(separators), text.size());
    parts.emplace_back(text.substr(0, end));
    if (end == text.size()) return parts;
    text.remove_prefix(end + 1);
  }
}

// The parts of one field's value. A comma that was sent as %2C belongs to a part, but where there
// is no other: then it was the client's library that encoded them all.
TextList PartsOf(const Field& field, ParameterStyle style) {
  if (style == ParameterStyle::kSpaceDelimited) return SplitBy(field.value, " ");
  if (style == ParameterStyle::kPipeDelimited) return SplitBy(field.value, "|");
  if (!field.raw.contains(',')) return SplitBy(field.value, ",");
  TextList parts = SplitBy(field.raw, ",");
  for (std::string& part : parts) part = ValidUtf8(DecodeQueryPart(part));
  return parts;
}

Json ListOf(const TextList& parts, const TextShape& shape) {
  Json list = Json::MakeArray();
  for (const std::string& part : parts) list.Append(shape.Item().Read(part));
  return list;
}

// "a,1,b,2": names and values by turns.
Json MapOfTurns(const TextList& parts, const TextShape& shape) {
  Json map = Json::MakeObject();
  for (std::size_t i = 0; i < parts.size(); i += 2) {
    map.Set(parts[i], i + 1 < parts.size() ? shape.Member(parts[i]).Read(parts[i + 1]) : Json(""));
  }
  return map;
}

// "a=1,b=2".
Json MapOfPairs(const TextList& parts, const TextShape& shape) {
  Json map = Json::MakeObject();
  for (const std::string& part : parts) {
    std::string_view value = part;
    const std::string_view name = TakeUntil(value, "=");
    map.Set(name, shape.Member(name).Read(value));
  }
  return map;
}

// JSON where it is some, else the text, which the schema then finds.
Json JsonOrText(std::string_view text) {
  auto json = Json::Parse(text);
  return json ? std::move(*json) : Json(text);
}

// "[a][b]" as "a", "b". Nothing where it is no such thing.
std::optional<TextList> BracketsOf(std::string_view brackets) {
  TextList steps;
  while (!brackets.empty()) {
    const std::size_t end = brackets.find(']');
    if (brackets.front() != '[' || end == std::string_view::npos || steps.size() == kMaxSteps) {
      return std::nullopt;
    }
    steps.emplace_back(brackets.substr(1, end - 1));
    brackets.remove_prefix(end + 1);
  }
  return steps;
}

// Puts a text where the steps lead: members of maps, and items of lists, as `[]` or `[0]`.
void Put(Json& at, const TextList& steps, std::size_t step, const TextShape& shape,
         const std::string& text) {
  const bool is_list = shape.is_array() && !shape.is_object();
  if (step == steps.size()) {
    if (is_list) return at.Append(shape.Item().Read(text));
    if (at.IsNull()) at = shape.Read(text);
    return;
  }
  if (is_list || steps[step].empty()) {
    if (!at.IsNull() && !at.IsArray()) return;
    const auto index = ParseNumber<std::size_t>(steps[step]);
    Json::Array* items = at.IfArray();
    const std::size_t size = items != nullptr ? items->size() : 0;
    // An index is that of an item that is there, or of the next one.
    const bool is_there = index && *index < size;
    if (!is_there) at.Append(nullptr);
    items = at.IfArray();
    return Put(is_there ? (*items)[*index] : items->back(), steps, step + 1, shape.Item(), text);
  }
  if (!at.IsNull() && !at.IsObject()) return;
  Json* member = at.Find(steps[step]);
  if (member == nullptr) member = &at.Set(steps[step], nullptr);
  Put(*member, steps, step + 1, shape.Member(steps[step]), text);
}

// What stands below a name in brackets: "name[a]=1".
std::optional<Json> ReadDeep(const Fields& fields, std::string_view name, const TextShape& shape,
                             std::vector<std::size_t>* taken) {
  std::optional<Json> deep;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const std::string_view field = fields[i].name;
    if (!field.starts_with(name) || field.size() == name.size()) continue;
    const auto steps = BracketsOf(field.substr(name.size()));
    if (!steps) continue;
    if (!deep) deep = Json();
    Put(*deep, *steps, 0, shape, fields[i].value);
    if (taken != nullptr) taken->push_back(i);
  }
  return deep;
}

// An object whose members stand among the fields by their own names.
std::optional<Json> ReadSpread(const Fields& fields, const TextShape& shape,
                               std::vector<std::size_t>* taken) {
  std::optional<Json> map;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (!shape.HasMember(fields[i].name)) continue;
    if (!map) map = Json::MakeObject();
    const TextShape& member = shape.Member(fields[i].name);
    Json* known = map->Find(fields[i].name);
    if (member.is_array()) {
      if (known == nullptr) known = &map->Set(fields[i].name, Json::MakeArray());
      known->Append(member.Item().Read(fields[i].value));
    } else if (known == nullptr) {
      map->Set(fields[i].name, member.Read(fields[i].value));
    }
    if (taken != nullptr) taken->push_back(i);
  }
  return map;
}

// A field of a form that no encoding speaks of: objects, and parts that say so, are JSON.
Json ReadPlainField(const Field& field, const TextShape& shape) {
  const bool is_json = !field.type.empty() && KindOfType(field.type) == BodyKind::kJson;
  const bool may_be = (shape.is_object() || shape.is_array()) && !shape.takes_text();
  return is_json || may_be ? JsonOrText(field.value) : shape.Read(field.value);
}

// All fields of one name, where no encoding speaks of it.
Json ReadPlainFields(const std::vector<const Field*>& same, const TextShape& shape,
                     bool last_counts) {
  if (!shape.is_array()) return ReadPlainField(last_counts ? *same.back() : *same.front(), shape);
  // One field alone may be the whole list as JSON.
  if (same.size() == 1 && same.front()->value.starts_with('[')) {
    Json whole = JsonOrText(same.front()->value);
    if (whole.IsArray()) return whole;
  }
  Json list = Json::MakeArray();
  for (const Field* field : same) list.Append(ReadPlainField(*field, shape.Item()));
  return list;
}

}  // namespace

const std::vector<std::string>& StylesOf(std::string_view in) {
  static const std::vector<std::string> kOfPaths = {"simple", "label", "matrix"};
  static const std::vector<std::string> kOfQueries = {"form", "spaceDelimited", "pipeDelimited",
                                                      "deepObject"};
  static const std::vector<std::string> kOfHeaders = {"simple"};
  static const std::vector<std::string> kOfCookies = {"form"};
  if (in == "path") return kOfPaths;
  if (in == "header") return kOfHeaders;
  return in == "cookie" ? kOfCookies : kOfQueries;
}

std::optional<ParameterStyle> FindStyle(std::string_view name) {
  const auto known = std::ranges::find(kStyles, name, &StyleName::name);
  return known != kStyles.end() ? std::optional(known->style) : std::nullopt;
}

std::optional<Json> ReadFieldsAs(const Fields& fields, std::string_view name,
                                 const Writing& writing, std::vector<std::size_t>* taken) {
  const TextShape& shape = writing.shape;
  if (writing.style == ParameterStyle::kDeepObject) return ReadDeep(fields, name, shape, taken);
  const bool spread = writing.explode && shape.is_object() && !shape.is_array() && !writing.json;
  if (spread && !shape.members().empty()) return ReadSpread(fields, shape, taken);
  std::vector<const Field*> same;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].name != name) continue;
    same.push_back(&fields[i]);
    if (taken != nullptr) taken->push_back(i);
  }
  if (same.empty()) return std::nullopt;
  if (writing.json) return JsonOrText(same.front()->value);
  if (shape.is_array()) {
    if (!writing.explode) return ListOf(PartsOf(*same.front(), writing.style), shape);
    Json list = Json::MakeArray();
    for (const Field* field : same) list.Append(shape.Item().Read(field->value));
    return list;
  }
  if (shape.is_object()) return MapOfTurns(PartsOf(*same.front(), writing.style), shape);
  return shape.Read(same.front()->value);
}

Json ReadTextAs(std::string_view text, std::string_view name, const Writing& writing) {
  const TextShape& shape = writing.shape;
  if (writing.json) return JsonOrText(text);
  const bool many = shape.is_array() || shape.is_object();
  std::string_view separators = ",";
  if (writing.style == ParameterStyle::kLabel && text.starts_with('.')) {
    text.remove_prefix(1);
    if (writing.explode || !text.contains(',')) separators = ".";
  }
  if (writing.style == ParameterStyle::kMatrix && text.starts_with(';')) {
    text.remove_prefix(1);
    if (writing.explode && many) {
      // ";q=1;q=2" of a list, ";a=1;b=2" of a map.
      TextList parts = SplitBy(text, ";");
      if (!shape.is_array()) return MapOfPairs(parts, shape);
      for (std::string& part : parts) part.erase(0, std::min(part.find('=') + 1, part.size()));
      return ListOf(parts, shape);
    }
    if (text.starts_with(name) && text.substr(name.size()).starts_with('=')) {
      text.remove_prefix(name.size() + 1);
    }
  }
  if (!many) return shape.Read(text);
  TextList parts = SplitBy(text, separators);
  for (std::string& part : parts) part = Trim(part);  // of a header: "1, 2"
  if (shape.is_array()) return ListOf(parts, shape);
  return writing.explode ? MapOfPairs(parts, shape) : MapOfTurns(parts, shape);
}

Json ReadForm(const Fields& fields, const TextShape& shape, const FieldWritings& writings,
              bool last_counts) {
  Json form = Json::MakeObject();
  std::vector<std::size_t> taken;
  for (const auto& [name, writing] : writings) {
    if (auto value = ReadFieldsAs(fields, name, writing, &taken)) form.Set(name, std::move(*value));
  }
  // Names with brackets below a member that has parts, as many clients write them.
  for (const auto& [name, member] : shape.members()) {
    const bool has_parts = member.is_object() || member.is_array();
    if (!has_parts || form.Find(name) != nullptr) continue;
    if (auto value = ReadDeep(fields, name, member, &taken)) form.Set(name, std::move(*value));
  }
  std::ranges::sort(taken);
  std::vector<std::pair<std::string_view, std::vector<const Field*>>> rest;  // by name, in order
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (std::ranges::binary_search(taken, i)) continue;
    auto same = std::ranges::find(rest, fields[i].name, [](const auto& one) { return one.first; });
    if (same == rest.end()) same = rest.insert(rest.end(), {fields[i].name, {}});
    same->second.push_back(&fields[i]);
  }
  for (const auto& [name, same] : rest) {
    Json value = ReadPlainFields(same, shape.Member(name), last_counts);
    if (form.Find(name) == nullptr) form.Set(name, std::move(value));
  }
  return form;
}

}  // namespace mockduit
