#include "adopt/written_body.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "adopt/header_value.h"
#include "adopt/merged_schema.h"
#include "adopt/xml_text.h"
#include "base/text.h"
#include "http/headers.h"
#include "http/media_type.h"
#include "http/uri.h"

namespace mockduit {
namespace {

bool IsScalar(const Json& value) { return !value.IsObject() && !value.IsArray(); }

bool IsJsonType(std::string_view type) {
  return !type.empty() && KindOfType(type) == BodyKind::kJson;
}

// One field of a form. Lists are written by `style` and `explode`, maps too, or as JSON.
void AddField(const std::string& name, const Json& value, const Json& encoding, std::string& form) {
  const auto add = [&](const std::string& key, const std::string& text) {
    if (!form.empty()) form += '&';
    form += PercentEncode(key) + "=" + PercentEncode(text);
  };
  const std::string_view style = encoding.Get("style").AsString("form");
  const bool is_exploded = encoding.Get("explode").AsBool(style == "form");
  const std::string_view type = encoding.Get("contentType").AsString();
  const bool is_json = IsJsonType(type) && encoding.Find("style") == nullptr;
  if (const Json::Array* items = value.IfArray(); items != nullptr && !is_json) {
    std::vector<std::string> texts;
    for (const Json& item : *items) texts.push_back(item.ToText());
    if (is_exploded) {
      for (const std::string& text : texts) add(name, text);
      return;
    }
    const bool is_spaced = style == "spaceDelimited";
    return add(name, Join(texts, is_spaced ? " " : style == "pipeDelimited" ? "|" : ","));
  }
  if (const Json::Object* members = value.IfObject(); members != nullptr && style == "deepObject") {
    for (const auto& [key, member] : *members) add(name + "[" + key + "]", member.ToText());
    return;
  }
  if (!value.IsNull()) add(name, value.ToText());
}

std::string FormOf(const Json::Object& members, const Json& encodings) {
  std::string form;
  for (const auto& [name, value] : members) AddField(name, value, encodings.Get(name), form);
  return form;
}

// "a \"b\"" as it stands in quotes of a header.
std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    const bool is_control = static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += is_control ? ' ' : c;
  }
  return quoted + "\"";
}

// Those of a part; its type is said elsewhere.
void AddHeaders(const Json& headers, std::string& body, WholeDocument& document) {
  if (!headers.IsObject()) return;
  for (const auto& [name, header] : *headers.IfObject()) {
    const Json* resolved = document.Follow(header);
    if (resolved == nullptr || EqualsIgnoringCase(name, "Content-Type")) continue;
    const std::string value = HeaderValueOf(name, *resolved, document).sample;
    if (!value.empty() && IsHeaderName(name)) body += "\r\n" + name + ": " + value;
  }
}

// The type of a part that no encoding speaks of: that of bytes where its schema says that it is
// such, as text or JSON by its value.
std::string TypeOfPart(const Json& value, const Json& schema, WholeDocument& document) {
  Json merged = MergedSchema(schema, document, 0).schema;
  if (const Json* items = merged.Find("items"); items != nullptr && IsScalar(value)) {
    merged = MergedSchema(*items, document, 0).schema;
  }
  const std::string_view said = merged.Get("contentMediaType").AsString();
  if (!said.empty()) return std::string(said);
  const std::string_view format = merged.Get("format").AsString();
  const bool is_bytes =
      format == "binary" || format == "byte" || merged.Find("contentEncoding") != nullptr;
  if (is_bytes) return "application/octet-stream";
  return IsScalar(value) ? "text/plain" : "application/json";
}

std::string PartsOf(std::string_view type, const Json::Object& members, const Json& schema,
                    const Json& encodings, WholeDocument& document) {
  const std::string boundary = MediaParameter(type, "boundary").value_or(std::string(kBoundary));
  const bool is_form = WithoutParameters(type) == "multipart/form-data";
  const Json properties = MergedSchema(schema, document, 0).schema.Get("properties");
  std::string body;
  const auto add = [&](const std::string& name, const Json& value) {
    const std::string_view given = encodings.Get(name).Get("contentType").AsString();
    const std::string_view first = Trim(given.substr(0, given.find(',')));
    const bool is_one = !first.empty() && !first.contains('*');
    body += "--" + boundary + "\r\nContent-Disposition: ";
    body += (is_form ? "form-data" : "inline") + std::string("; name=") + Quoted(name);
    body += "\r\nContent-Type: ";
    const Json& property = properties.Get(name);
    body += is_one ? std::string(first) : TypeOfPart(value, property, document);
    AddHeaders(encodings.Get(name).Get("headers"), body, document);
    body += "\r\n\r\n" + value.ToText() + "\r\n";
  };
  for (const auto& [name, value] : members) {
    if (const Json::Array* items = value.IfArray()) {
      for (const Json& item : *items) add(name, item);
    } else {
      add(name, value);
    }
  }
  return body + "--" + boundary + "--\r\n";
}

std::string Cell(const Json& value) {
  std::string text = value.IsNull() ? "" : value.ToText();
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

// A table with a line of the names (RFC 4180); nothing where the value is no list of flat maps.
std::optional<std::string> TableOf(const Json& value) {
  std::vector<Json> one = {value};
  const Json::Array* rows = value.IsObject() ? &one : value.IfArray();
  if (rows == nullptr || rows->empty()) return std::nullopt;
  std::vector<std::string> names;
  for (const Json& row : *rows) {
    if (!row.IsObject()) return std::nullopt;
    for (const auto& [name, cell] : *row.IfObject()) {
      if (!IsScalar(cell)) return std::nullopt;
      if (std::ranges::find(names, name) == names.end()) names.push_back(name);
    }
  }
  std::string table;
  const auto add = [&](auto text_of) {
    std::vector<std::string> cells;
    cells.reserve(names.size());
    for (const std::string& name : names) cells.push_back(text_of(name));
    for (std::size_t i = 0; i < cells.size(); ++i) table += (i > 0 ? "," : "") + cells[i];
    table += "\r\n";
  };
  add([](const std::string& name) { return Cell(Json(name)); });
  for (const Json& row : *rows) {
    add([&](const std::string& name) { return Cell(row.Get(name)); });
  }
  return table;
}

// With what stands before each (RFC 7464).
std::string LinesOf(const Json& value, const std::string& before) {
  const Json::Array* items = value.IfArray();
  if (items == nullptr) return before + value.Dump() + "\n";
  std::string lines;
  for (const Json& item : *items) lines += before + item.Dump() + "\n";
  return lines;
}

void AddField(std::string_view name, std::string_view text, std::string& event) {
  while (true) {
    event += std::string(name) + ": ";
    event += TakeUntil(text, "\r\n");
    event += '\n';
    if (text.empty()) return;
  }
}

std::string WithoutBreaks(std::string text) {
  std::ranges::replace_if(text, [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return text;
}

// Whether a value has nothing but what an event has besides its data.
bool IsEvent(const Json& value) {
  static constexpr std::array<std::string_view, 4> kFields = {"event", "data", "id", "retry"};
  const Json::Object* members = value.IfObject();
  return members != nullptr && value.Find("data") != nullptr &&
         std::ranges::all_of(*members, [](const JsonMember& member) {
           return std::ranges::find(kFields, member.key) != kFields.end();
         });
}

// What of events that have their fields as members is no field.
std::string NoteOnEvents(const Json& value) {
  const std::vector<Json> one = {value};
  for (const Json& item : value.IsArray() ? *value.IfArray() : one) {
    if (item.Find("event") == nullptr || item.Find("data") == nullptr || IsEvent(item)) continue;
    return "an event has 'data', 'event', 'id' and 'retry' alone; one with more is answered as "
           "data";
  }
  return "";
}

// Of text/event-stream: each with its fields where it has them as members, else as data.
std::string EventsOf(const Json& value) {
  const std::vector<Json> one = {value};
  std::string events;
  for (const Json& item : value.IsArray() ? *value.IfArray() : one) {
    const bool is_event = IsEvent(item);
    for (const char* name : {"event", "id", "retry"}) {
      if (is_event && !item.Get(name).IsNull()) {
        AddField(name, WithoutBreaks(item.Get(name).ToText()), events);
      }
    }
    AddField("data", (is_event ? item.Get("data") : item).ToText(), events);
    events += '\n';
  }
  return events;
}

// Without its parameters, in small letters.
WrittenBody ByType(const std::string& name, const std::string& type, const Json& value,
                   const Json& schema, const Json& media, WholeDocument& document) {
  const Json& encodings = media.Get("encoding");
  const Json::Object* members = value.IfObject();
  if (name.ends_with("/xml") || name.ends_with("+xml")) {
    std::set<std::string> renamed;
    std::string text = XmlOf(value, schema, document, &renamed);
    if (renamed.empty()) return {std::move(text), ""};
    return {std::move(text),
            "no name of XML is " + Join(renamed) + "; what cannot stand in one is answered as '_'"};
  }
  if (KindOfType(type) == BodyKind::kForm && members != nullptr) {
    return {FormOf(*members, encodings), ""};
  }
  if (KindOfType(type) == BodyKind::kMultipart && members != nullptr) {
    return {PartsOf(type, *members, schema, encodings, document), ""};
  }
  if (name == "text/csv") {
    if (auto table = TableOf(value)) return {*std::move(table), ""};
  }
  if (IsOfLines(name)) return {LinesOf(value, name.ends_with("json-seq") ? "\x1E" : ""), ""};
  const bool is_yaml = name.contains("yaml");
  if (is_yaml || IsScalar(value)) return {value.ToText(), ""};
  return {value.Dump(), "the body is answered as JSON, for want of a way to write it as " + type};
}

}  // namespace

bool IsOfLines(std::string_view name) {
  static constexpr std::array<std::string_view, 4> kNames = {"ndjson", "jsonl", "json-lines",
                                                             "json-seq"};
  return std::ranges::any_of(kNames, [&](std::string_view one) { return name.contains(one); });
}

WrittenBody WrittenAs(const std::string& type, const Json& value, const Json& schema,
                      const Json& media, WholeDocument& document) {
  if (value.IsString()) return {std::string(value.AsString()), ""};
  const std::string name = LowerCase(WithoutParameters(type));
  if (name == "text/event-stream") return {EventsOf(value), NoteOnEvents(value)};
  return ByType(name, type, value, schema, media, document);
}

}  // namespace mockduit
