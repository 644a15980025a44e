#include "adopt/header_value.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "adopt/compose.h"
#include "adopt/marks.h"
#include "base/text.h"
#include "http/headers.h"
#include "http/media_type.h"

namespace mockduit {
namespace {

// The example of a header, or of what stands in its `content`; nullptr where it has none.
const Json* ExampleIn(const Json& header, WholeDocument& document) {
  if (const Json* example = header.Find("example")) return example;
  const Json::Object* examples = header.Get("examples").IfObject();
  if (examples == nullptr) return nullptr;
  for (const auto& [name, example] : *examples) {
    const Json* resolved = document.Follow(example);
    const Json* value = resolved != nullptr ? resolved->Find("value") : nullptr;
    if (value != nullptr) return value;
  }
  return nullptr;
}

Composed ValueIn(const Json& header, WholeDocument& document) {
  if (const Json* example = ExampleIn(header, document)) return {*example, {}, ""};
  const Json* schema = header.Find("schema");
  return schema != nullptr ? Compose(*schema, document) : Composed{Json("example"), {}, ""};
}

// In the style `simple`; nothing of what has lists or maps within it.
std::optional<std::string> SimpleText(const Json& value, bool is_exploded) {
  const auto text_of = [](const Json& one) { return one.IsNull() ? "" : one.ToText(); };
  std::vector<std::string> texts;
  if (const Json::Array* items = value.IfArray()) {
    for (const Json& item : *items) {
      if (item.IsObject() || item.IsArray()) return std::nullopt;
      texts.push_back(text_of(item));
    }
  } else if (const Json::Object* members = value.IfObject()) {
    for (const auto& [name, member] : *members) {
      if (member.IsObject() || member.IsArray()) return std::nullopt;
      texts.push_back(name + (is_exploded ? "=" : ",") + text_of(member));
    }
  } else {
    return text_of(value);
  }
  return Join(texts, ",");
}

std::string OnOneLine(std::string text) {
  std::ranges::replace_if(text, [](unsigned char c) { return c < 0x20 || c == 0x7F; }, ' ');
  return std::string(Trim(text));
}

}  // namespace

bool IsHeaderName(std::string_view name) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !name.empty() && std::ranges::all_of(name, [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || IsDigit(c) || kMarks.contains(c);
  });
}

HeaderValue HeaderValueOf(const std::string& name, const Json& header, WholeDocument& document) {
  const Json::Object* content = header.Get("content").IfObject();
  const JsonMember* media = content != nullptr && !content->empty() ? &content->front() : nullptr;
  Composed composed = ValueIn(media != nullptr ? media->value : header, document);
  const bool is_wait = EqualsIgnoringCase(name, "Retry-After");
  const bool is_documented = ExampleIn(header, document) != nullptr;
  if (is_wait && !is_documented && !composed.value.IsNumber()) composed = {Json(1), {}, ""};
  const bool is_json = media != nullptr && KindOfType(media->key) == BodyKind::kJson;
  const auto written = [&](const Json& value) {
    if (is_json) return OnOneLine(value.Dump());
    return OnOneLine(SimpleText(value, header.Get("explode").AsBool()).value_or(""));
  };
  std::string sample = written(composed.value);
  const Marks marks(composed.value, composed.fill, sample);
  return {std::move(sample), marks.TemplateOf(written(marks.value()), false)};
}

}  // namespace mockduit
