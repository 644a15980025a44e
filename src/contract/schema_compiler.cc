// How a JSON Schema becomes a Schema, with every mistake in it.
#include <algorithm>
#include <array>

#include "base/suggest.h"
#include "contract/formats.h"
#include "contract/schema.h"
#include "contract/wording.h"

namespace mockduit {

class Schema::Compiler {
 public:
  explicit Compiler(const Json& root) : root_(root) {}

  // nullptr, and a mistake, where there is no schema.
  std::unique_ptr<const Schema> Compile(const Json& given) {
    const Json* json = Follow(given);
    if (json == nullptr) return nullptr;
    if (!json->IsObject()) {
      Wrong(*json, "a schema must be an object, not " + json->Dump());
      return nullptr;
    }
    if (depth_ == Json::kMaxDepth) {
      Wrong(given, "a schema refers to itself");
      return nullptr;
    }
    ++depth_;
    auto schema = std::make_unique<Schema>();
    for (const JsonMember& member : *json->IfObject()) Take(*schema, member, *json);
    --depth_;
    return schema;
  }

  std::vector<SchemaMistake> mistakes;

 private:
  using Taker = void (Compiler::*)(Schema&, const JsonMember&, const Json&);
  struct Keyword {
    std::string_view name;
    Taker take;  // nullptr: a note, or read with another
  };
  static const std::array<Keyword, 30> kKeywords;

  void Wrong(const Json& place, std::string message, bool at_key = false) {
    if (mistakes.size() < kMaxMistakes) mistakes.push_back({&place, at_key, std::move(message)});
  }

  const Json* Follow(const Json& given) {
    const Json* found = &given;
    for (int steps = 0; const Json* ref = found->Find("$ref"); ++steps) {
      const std::string_view target = ref->AsString();
      found = target.starts_with("#/") ? root_.At(target.substr(1)) : nullptr;
      if (found == nullptr) Wrong(*ref, "$ref '" + std::string(target) + "' leads nowhere");
      if (steps == Json::kMaxDepth) Wrong(given, "a schema refers to itself");
      if (found == nullptr || steps == Json::kMaxDepth) return nullptr;
    }
    return found;
  }

  void Take(Schema& schema, const JsonMember& member, const Json& whole) {
    const auto known = std::ranges::find(kKeywords, std::string_view(member.key), &Keyword::name);
    if (known != kKeywords.end()) {
      if (known->take != nullptr) (this->*known->take)(schema, member, whole);
    } else if (!member.key.starts_with("x-")) {
      std::vector<std::string> names;
      for (const Keyword& keyword : kKeywords) names.emplace_back(keyword.name);
      Wrong(member.value,
            "the schema keyword '" + member.key + "' is not supported" +
                DidYouMean(member.key, names),
            true);
    }
  }

  // Reports a value of the wrong type.
  bool Must(bool good, const JsonMember& member, std::string_view what) {
    if (!good) Wrong(member.value, "'" + member.key + "' must be " + std::string(what));
    return good;
  }

  void TakeType(Schema& schema, const JsonMember& member, const Json& /*whole*/) {
    static const std::vector<std::string> kTypes = {"string", "integer", "number", "boolean",
                                                    "object", "array",   "null"};
    TakeStrings(member, schema.types_);
    for (const std::string& type : schema.types_) {
      if (std::ranges::find(kTypes, type) != kTypes.end()) continue;
      const std::string advice = DidYouMean(type, kTypes);
      Wrong(member.value,
            "'" + type + "' is no type" + (advice.empty() ? "; it is " + OrList(kTypes) : advice));
    }
  }

  void TakeRequired(Schema& schema, const JsonMember& member, const Json& /*whole*/) {
    TakeStrings(member, schema.required_);
  }

  void TakeProperties(Schema& schema, const JsonMember& member, const Json& /*whole*/) {
    if (!Must(member.value.IsObject(), member, "an object")) return;
    for (const JsonMember& property : *member.value.IfObject()) {
      schema.properties_.push_back({property.key, Compile(property.value)});
    }
  }

  void TakeAdditional(Schema& schema, const JsonMember& member, const Json& /*whole*/) {
    const Json& value = member.value;
    if (!Must(value.IsBool() || value.IsObject(), member, "true, false or a schema")) return;
    schema.closed_ = value.IsBool() && !value.AsBool();
    schema.open_ = value.AsBool();
    if (value.IsObject()) schema.additional_ = Compile(value);
  }

  void TakeItems(Schema& schema, const JsonMember& member, const Json& /*whole*/) {
    schema.items_ = Compile(member.value);
  }

  void TakeAllOf(Schema& schema, const JsonMember& member, const Json& /*whole*/) {
    if (!Must(member.value.IsArray(), member, "a list")) return;
    for (const Json& part : *member.value.IfArray()) schema.all_of_.push_back(Compile(part));
  }

  void TakeIf(Schema& schema, const JsonMember& member, const Json& whole) {
    const Json* then = whole.Find("then");
    const Json* otherwise = whole.Find("else");
    schema.conditions_.push_back({Compile(member.value), then ? Compile(*then) : nullptr,
                                  otherwise ? Compile(*otherwise) : nullptr});
  }

  void TakeEnum(Schema& schema, const JsonMember& member, const Json& /*whole*/) {
    if (!Must(member.value.IsArray(), member, "a list")) return;
    for (const Json& value : *member.value.IfArray()) AddToEnum(schema, value);
  }

  void TakeConst(Schema& schema, const JsonMember& member, const Json& /*whole*/) {
    AddToEnum(schema, member.value);
  }

  static void AddToEnum(Schema& schema, const Json& value) {
    if (value.IsString()) schema.enum_strings_.emplace(value.AsString());
    schema.enum_.push_back(value);
  }

  template <std::optional<std::size_t> Schema::* Size>
  void TakeSize(Schema& schema, const JsonMember& member, const Json& /*whole*/) {
    const bool good = member.value.IsInteger() && member.value.AsInteger() >= 0;
    if (!Must(good, member, "a whole number from 0 on")) return;
    schema.*Size = static_cast<std::size_t>(member.value.AsInteger());
  }

  template <std::optional<double> Schema::* Bound>
  void TakeBound(Schema& schema, const JsonMember& member, const Json& /*whole*/) {
    if (Must(member.value.IsNumber(), member, "a number")) schema.*Bound = member.value.AsNumber();
  }

  void TakePattern(Schema& schema, const JsonMember& member, const Json& /*whole*/) {
    if (!Must(member.value.IsString(), member, "text")) return;
    auto pattern = Pattern::Compile(member.value.AsString());
    if (pattern) {
      schema.pattern_ = std::move(*pattern);
    } else {
      Wrong(member.value, pattern.error().message);
    }
  }

  // A format that we do not know is a note, but one that is nearly ours is a mistake.
  void TakeFormat(Schema& schema, const JsonMember& member, const Json& /*whole*/) {
    if (!Must(member.value.IsString(), member, "text")) return;
    schema.format_ = member.value.AsString();
    const std::string advice = AdviceOnFormat(schema.format_);
    if (!advice.empty()) Wrong(member.value, "'" + schema.format_ + "' is no format" + advice);
  }

  void TakeDeprecated(Schema& schema, const JsonMember& member, const Json& /*whole*/) {
    if (!Must(member.value.IsBool(), member, "true or false")) return;
    schema.deprecated_ = member.value.AsBool();
  }

  void TakeMessages(Schema& schema, const JsonMember& member, const Json& /*whole*/) {
    if (!Must(member.value.IsObject(), member, "a map")) return;
    for (const WordingMistake& mistake : CheckMessages(member.value, false)) {
      Wrong(*mistake.place, mistake.message, mistake.at_key);
    }
    schema.messages_ = member.value;
  }

  void TakeStrings(const JsonMember& member, std::vector<std::string>& into) {
    const Json& value = member.value;
    if (value.IsString()) into.emplace_back(value.AsString());
    if (!Must(value.IsString() || value.IsArray(), member, "text, or a list of texts")) return;
    if (!value.IsArray()) return;
    for (const Json& item : *value.IfArray()) {
      if (!item.IsString()) Wrong(item, "each of '" + member.key + "' must be text");
      into.emplace_back(item.AsString());
    }
  }

  static constexpr std::size_t kMaxMistakes = 100;

  const Json& root_;
  int depth_ = 0;
};

const std::array<Schema::Compiler::Keyword, 30> Schema::Compiler::kKeywords = {{
    {"type", &Compiler::TakeType},
    {"required", &Compiler::TakeRequired},
    {"properties", &Compiler::TakeProperties},
    {"additionalProperties", &Compiler::TakeAdditional},
    {"items", &Compiler::TakeItems},
    {"allOf", &Compiler::TakeAllOf},
    {"if", &Compiler::TakeIf},
    {"then", nullptr},
    {"else", nullptr},
    {"enum", &Compiler::TakeEnum},
    {"const", &Compiler::TakeConst},
    {"minLength", &Compiler::TakeSize<&Schema::min_length_>},
    {"maxLength", &Compiler::TakeSize<&Schema::max_length_>},
    {"minItems", &Compiler::TakeSize<&Schema::min_items_>},
    {"maxItems", &Compiler::TakeSize<&Schema::max_items_>},
    {"minimum", &Compiler::TakeBound<&Schema::minimum_>},
    {"maximum", &Compiler::TakeBound<&Schema::maximum_>},
    {"pattern", &Compiler::TakePattern},
    {"format", &Compiler::TakeFormat},
    {"deprecated", &Compiler::TakeDeprecated},
    {"x-messages", &Compiler::TakeMessages},
    {"$ref", nullptr},
    // These say nothing about which values are good.
    {"title", nullptr},
    {"description", nullptr},
    {"example", nullptr},
    {"examples", nullptr},
    {"default", nullptr},
    {"readOnly", nullptr},
    {"writeOnly", nullptr},
    {"$comment", nullptr},
}};

std::expected<std::unique_ptr<const Schema>, std::vector<SchemaMistake>> Schema::Compile(
    const Json& schema, const Json& root) {
  Compiler compiler(root);
  auto compiled = compiler.Compile(schema);
  if (!compiler.mistakes.empty()) return std::unexpected(std::move(compiler.mistakes));
  return compiled;
}

}  // namespace mockduit
