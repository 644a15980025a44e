// Keywords about a value as a whole, about texts and about numbers.
#include <algorithm>
#include <array>

#include "base/suggest.h"
#include "contract/formats.h"
#include "contract/schema/keywords.h"
#include "contract/wording.h"

namespace mockduit {
namespace {

const std::vector<std::string>& TypeNames() {
  // In the order of Json::Kind.
  static const std::vector<std::string> kNames = {"null",   "boolean", "integer", "number",
                                                  "string", "array",   "object"};
  return kNames;
}

std::uint8_t BitOf(Json::Kind kind) {
  return static_cast<std::uint8_t>(1U << static_cast<unsigned>(kind));
}

void AddType(const KeywordRead& in, const Json& type) {
  const auto known = std::ranges::find(TypeNames(), type.AsString());
  if (!type.IsString() || known == TypeNames().end()) {
    const std::string advice = DidYouMean(type.AsString(), TypeNames());
    return in.compiler.Wrong(type,
                             "'" + type.ToText() + "' is no type" +
                                 (advice.empty() ? "; it is " + OrList(TypeNames()) : advice));
  }
  const auto kind = static_cast<Json::Kind>(known - TypeNames().begin());
  in.node.types |= BitOf(kind);
  if (kind == Json::Kind::kInteger) in.node.whole = true;
  if (kind == Json::Kind::kNumber) in.node.types |= BitOf(Json::Kind::kInteger);
}

void ReadType(const KeywordRead& in) {
  const Json::Array* list = in.value().IfArray();
  if (!in.Must(in.value().IsString() || list != nullptr, "text, or a list of texts")) return;
  if (!in.MustNotBeEmpty()) return;
  SchemaNode& node = in.node;
  node.types = 0;
  const Json& first = list != nullptr ? list->front() : in.value();
  node.type = first.AsString();
  node.one_type = list == nullptr || list->size() == 1;
  if (list == nullptr) {
    AddType(in, in.value());
  } else {
    for (const Json& type : *list) AddType(in, type);
  }
  if (node.types == 0) node.types = SchemaNode::kAnyType;  // none is one
  // OpenAPI 3.0.3 has null beside the types that are named, and other keywords may still rule it
  // out.
  if (in.whole.Get("nullable").AsBool()) node.types |= BitOf(Json::Kind::kNull);
}

// Beside no type it says what it was meant to.
void ReadNullable(const KeywordRead& in) {
  if (!in.Must(in.value().IsBool(), "true or false")) return;
  in.node.nullable = in.value().AsBool() && in.whole.Find("type") == nullptr;
}

void ReadEnum(const KeywordRead& in) {
  if (!in.Must(in.value().IsArray(), "a list") || !in.MustNotBeEmpty()) return;
  ValueRules& rules = Made(in.node.value);
  rules.choices = *in.value().IfArray();
  for (const Json& choice : *rules.choices) {
    if (choice.IsString()) rules.texts.emplace(choice.AsString());
  }
}

void ReadConst(const KeywordRead& in) { Made(in.node.value).constant = in.value(); }

template <std::optional<std::size_t> TextRules::* Size>
void ReadTextSize(const KeywordRead& in) {
  ReadSize(in, Made(in.node.text).*Size);
}

void ReadPattern(const KeywordRead& in) {
  if (!in.Must(in.value().IsString(), "text")) return;
  if (auto pattern = in.compiler.CompilePattern(in.value(), in.value().AsString(), false)) {
    TextRules& rules = Made(in.node.text);
    rules.pattern = std::move(*pattern);
    rules.pattern_text = in.value().AsString();
  }
}

// A format that nobody knows is a note, but one that is nearly ours is a mistake.
void ReadFormat(const KeywordRead& in) {
  if (!in.Must(in.value().IsString(), "text") || !in.compiler.rules().holds_formats) return;
  const std::string name(in.value().AsString());
  if (const TextFormat* format = FindTextFormat(name)) {
    TextRules& rules = Made(in.node.text);
    rules.format = name;
    rules.is_of_format = format;
  } else if (const NumberFormat* range = FindNumberFormat(name)) {
    NumberRules& rules = Made(in.node.number);
    rules.format = name;
    rules.is_of_format = range;
  } else if (const std::string advice = AdviceOnFormat(name); !advice.empty()) {
    in.compiler.Wrong(in.value(), "'" + name + "' is no format" + advice);
  } else if (!IsNoteOfFormat(name)) {
    in.compiler.Note(in.value(), "the format '" + name + "' is not known, and not held");
  }
}

template <std::optional<Json> NumberRules::* Bound>
void ReadBound(const KeywordRead& in) {
  if (in.Must(in.value().IsNumber(), "a number")) Made(in.node.number).*Bound = in.value();
}

// A number; in OpenAPI 3.0 it is true, and the bound is that of `minimum` or `maximum`.
template <std::optional<Json> NumberRules::* Bound>
void ReadExclusive(const KeywordRead& in) {
  const bool is_lower = in.member.key == "exclusiveMinimum";
  const Json& inclusive = in.whole.Get(is_lower ? "minimum" : "maximum");
  if (in.value().IsBool()) {
    if (in.value().AsBool() && inclusive.IsNumber()) Made(in.node.number).*Bound = inclusive;
  } else if (in.Must(in.value().IsNumber(), "a number")) {
    Made(in.node.number).*Bound = in.value();
  }
}

void ReadMultipleOf(const KeywordRead& in) {
  const bool good = in.value().IsNumber() && Json::Compare(in.value(), 0) > 0;
  if (in.Must(good, "a number above 0")) Made(in.node.number).multiple_of = in.value();
}

void ReadDeprecated(const KeywordRead& in) {
  if (in.Must(in.value().IsBool(), "true or false")) in.node.deprecated = in.value().AsBool();
}

template <bool SchemaNode::* Flag>
void ReadSide(const KeywordRead& in) {
  if (!in.Must(in.value().IsBool(), "true or false")) return;
  in.node.*Flag = in.value().AsBool() && in.compiler.rules().knows_sides;
}

void ReadMessages(const KeywordRead& in) {
  if (!in.Must(in.value().IsObject(), "a map")) return;
  for (const WordingMistake& mistake : CheckMessages(in.value(), false)) {
    in.compiler.Wrong(*mistake.place, mistake.message, mistake.at_key);
  }
  in.node.messages = in.value();
}

void ReadPlace(const KeywordRead& in) {
  if (in.Must(in.value().IsString(), "text")) in.node.place = in.value().AsString();
}

constexpr std::array<SchemaKeyword, 18> kValueKeywords = {{
    {"type", ReadType},
    {"nullable", ReadNullable},
    {"enum", ReadEnum},
    {"const", ReadConst},
    {"minLength", ReadTextSize<&TextRules::min_length>},
    {"maxLength", ReadTextSize<&TextRules::max_length>},
    {"pattern", ReadPattern},
    {"format", ReadFormat},
    {"minimum", ReadBound<&NumberRules::minimum>},
    {"maximum", ReadBound<&NumberRules::maximum>},
    {"exclusiveMinimum", ReadExclusive<&NumberRules::exclusive_minimum>},
    {"exclusiveMaximum", ReadExclusive<&NumberRules::exclusive_maximum>},
    {"multipleOf", ReadMultipleOf},
    {"deprecated", ReadDeprecated},
    {"readOnly", ReadSide<&SchemaNode::read_only>},
    {"writeOnly", ReadSide<&SchemaNode::write_only>},
    {"x-messages", ReadMessages},
    {"x-place", ReadPlace},
}};

}  // namespace

std::span<const SchemaKeyword> ValueKeywords() { return kValueKeywords; }

}  // namespace mockduit
