// How a JSON Schema becomes a Schema, with every mistake in it.
#include <algorithm>
#include <array>
#include <iterator>
#include <unordered_map>

#include "base/suggest.h"
#include "contract/formats.h"
#include "contract/reference.h"
#include "contract/schema.h"
#include "contract/schema_circle.h"
#include "contract/wording.h"

namespace mockduit {

class Schema::Compiler {
 public:
  explicit Compiler(const Json& root) : root_(root) {}

  // What stands there, compiled once. It may refer to what is being compiled, and then is not whole
  // yet. nullptr, and a mistake, where there is no schema.
  const Schema* Compile(const Json& given) {
    const Json* json = Follow(given);
    if (json == nullptr) return nullptr;
    if (const auto known = by_place_.find(json); known != by_place_.end()) return known->second;
    if (!json->IsObject() && !json->AsBool()) {
      Wrong(*json, "a schema must be an object, or true, not " + json->Dump());
      return nullptr;
    }
    if (depth_ == kMaxChain) {
      Wrong(given, "more than " + std::to_string(kMaxChain) + " schemas refer to each other here");
      return nullptr;
    }
    parts.push_back(std::make_unique<Schema>());
    Schema& schema = *parts.back();
    by_place_.emplace(json, &schema);
    if (json->AsBool()) return &schema;  // whatever is sent is good
    ++depth_;
    for (const JsonMember& member : *json->IfObject()) Take(schema, member, *json);
    CheckBounds(*json);
    --depth_;
    return &schema;
  }

  std::vector<std::unique_ptr<Schema>> parts;  // the first is the one that was asked for
  std::vector<SchemaMistake> mistakes;

  // Reports what refers to itself in such a way that no value ever ends it.
  void CheckEnds();

 private:
  using Taker = void (Compiler::*)(Schema&, const JsonMember&, const Json&);
  struct Keyword {
    std::string_view name;
    Taker take;  // nullptr: a note, or read with another
  };
  static const std::array<Keyword, 58> kKeywords;

  void Wrong(const Json& place, std::string message, bool at_key = false) {
    if (mistakes.size() < kMaxMistakes) mistakes.push_back({&place, at_key, std::move(message)});
  }

  const Json* Follow(const Json& given) {
    const Json* found = &given;
    for (int steps = 0; const Json* ref = found->Find("$ref"); ++steps) {
      const std::string_view target = ref->AsString();
      found = target.starts_with("#/") ? root_.At(target.substr(1)) : nullptr;
      if (found == nullptr) Wrong(*ref, *WhyNowhere(*ref, root_));
      if (steps == Json::kMaxDepth) Wrong(given, "these references lead to each other alone");
      if (found == nullptr || steps == Json::kMaxDepth) return nullptr;
    }
    return found;
  }

  // A lower bound above its upper one is met by nothing.
  void CheckBounds(const Json& schema) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kBounds = {
        {{"minLength", "maxLength"},
         {"minItems", "maxItems"},
         {"minProperties", "maxProperties"},
         {"minContains", "maxContains"},
         {"minimum", "maximum"}}};
    for (const auto& [lower, upper] : kBounds) {
      const Json* low = schema.Find(lower);
      const Json* high = schema.Find(upper);
      if (low == nullptr || high == nullptr || !low->IsNumber() || !high->IsNumber()) continue;
      if (low->AsNumber() <= high->AsNumber() || low->AsNumber() > kMaxSize) continue;
      Wrong(*low, "'" + std::string(lower) + "' is above '" + std::string(upper) + "'");
    }
  }

  void Take(Schema& schema, const JsonMember& member, const Json& whole) {
    const auto known = std::ranges::find(kKeywords, std::string_view(member.key), &Keyword::name);
    if (known != kKeywords.end()) {
      if (known->take != nullptr) (this->*known->take)(schema, member, whole);
      return;
    }
    const std::string wrong = "the schema keyword '" + member.key + "' is not supported";
    if (member.key.starts_with("x-")) {
      // Extensions of others are theirs, unless one looks like ours.
      const std::string advice = DidYouMean(member.key, {"x-messages"});
      if (!advice.empty()) Wrong(member.value, wrong + advice, true);
      return;
    }
    std::vector<std::string> names;
    for (const Keyword& keyword : kKeywords) names.emplace_back(keyword.name);
    const bool is_of_json_schema = std::ranges::find(kOthers, member.key) != kOthers.end();
    Wrong(member.value, wrong + (is_of_json_schema ? "" : DidYouMean(member.key, names)), true);
  }

  // Reports a value of the wrong type.
  bool Must(bool good, const JsonMember& member, std::string_view what) {
    if (!good) Wrong(member.value, "'" + member.key + "' must be " + std::string(what));
    return good;
  }

  // The same of a list that says nothing.
  bool MustNotBeEmpty(const JsonMember& member) {
    const Json::Array* items = member.value.IfArray();
    return Must(items == nullptr || !items->empty(), member, "a list with something in it");
  }

  void TakeType(Schema& schema, const JsonMember& member, const Json& /*whole*/) {
    static const std::vector<std::string> kTypes = {"string", "integer", "number", "boolean",
                                                    "object", "array",   "null"};
    TakeStrings(member, schema.types_);
    MustNotBeEmpty(member);
    for (const std::string& type : schema.types_) {
      if (std::ranges::find(kTypes, type) != kTypes.end()) continue;
      const std::string advice = DidYouMean(type, kTypes);
      Wrong(member.value,
            "'" + type + "' is no type" + (advice.empty() ? "; it is " + OrList(kTypes) : advice));
    }
  }

  void TakeRequired(Schema& schema, const JsonMember& member, const Json& /*whole*/) {
    if (Must(member.value.IsArray(), member, "a list of texts")) {
      TakeStrings(member, schema.required_);
    }
  }

  void TakeProperties(Schema& schema, const JsonMember& member, const Json& whole) {
    if (!Must(member.value.IsObject(), member, "an object")) return;
    for (const JsonMember& property : *member.value.IfObject()) {
      const Schema* compiled = Compile(property.value);
      schema.properties_.push_back({property.key, compiled});
      const Json& required = whole.Get("required");
      const bool must_be_there =
          required.IsArray() &&
          std::ranges::find(*required.IfArray(), Json(property.key)) != required.IfArray()->end();
      if (must_be_there && IsOnly("object", whole)) Demand(schema, compiled, property.value);
    }
  }

  void TakeAdditional(Schema& schema, const JsonMember& member, const Json& /*whole*/) {
    const Json& value = member.value;
    if (!Must(value.IsBool() || value.IsObject(), member, "true, false or a schema")) return;
    schema.closed_ = value.IsBool() && !value.AsBool();
    schema.open_ = value.AsBool();
    if (value.IsObject()) schema.additional_ = Compile(value);
  }

  void TakeItems(Schema& schema, const JsonMember& member, const Json& whole) {
    schema.items_ = Compile(member.value);
    if (whole.Get("minItems").AsNumber() >= 1 && IsOnly("array", whole)) {
      Demand(schema, schema.items_, member.value);
    }
  }

  // A good value may be of that type alone.
  static bool IsOnly(std::string_view type, const Json& schema) {
    const Json& types = schema.Get("type");
    const Json::Array* list = types.IfArray();
    return list != nullptr ? list->size() == 1 && list->front() == Json(type) : types == Json(type);
  }

  // No value is good by `schema` that has no part, or is none, that is good by `other`.
  void Demand(const Schema& schema, const Schema* other, const Json& place) {
    if (other != nullptr) demands_[&schema].push_back({other, &place});
  }

  // The same value is held against both.
  void Share(const Schema& schema, const Schema* other, const Json& place) {
    if (other != nullptr) shares_[&schema].push_back({other, &place});
  }

  void TakeAllOf(Schema& schema, const JsonMember& member, const Json& /*whole*/) {
    if (!Must(member.value.IsArray(), member, "a list")) return;
    for (const Json& part : *member.value.IfArray()) {
      schema.all_of_.push_back(Compile(part));
      Share(schema, schema.all_of_.back(), part);
      Demand(schema, schema.all_of_.back(), part);
    }
  }

  // One of them is enough, so none is demanded.
  template <std::vector<const Schema*> Schema::* Choices>
  void TakeChoices(Schema& schema, const JsonMember& member, const Json& /*whole*/) {
    if (!Must(member.value.IsArray(), member, "a list") || !MustNotBeEmpty(member)) return;
    for (const Json& choice : *member.value.IfArray()) {
      const Schema* compiled = Compile(choice);
      if (compiled != nullptr) (schema.*Choices).push_back(compiled);
      Share(schema, compiled, choice);
    }
  }

  void TakeNot(Schema& schema, const JsonMember& member, const Json& /*whole*/) {
    schema.not_ = Compile(member.value);
    Share(schema, schema.not_, member.value);
  }

  void TakePrefixItems(Schema& schema, const JsonMember& member, const Json& /*whole*/) {
    if (!Must(member.value.IsArray(), member, "a list")) return;
    for (const Json& item : *member.value.IfArray()) {
      if (const Schema* compiled = Compile(item)) schema.prefix_items_.push_back(compiled);
    }
  }

  template <const Schema* Schema::* Part>
  void TakePart(Schema& schema, const JsonMember& member, const Json& /*whole*/) {
    schema.*Part = Compile(member.value);
  }

  void TakePatternProperties(Schema& schema, const JsonMember& member, const Json& /*whole*/) {
    if (!Must(member.value.IsObject(), member, "a map of patterns to schemas")) return;
    for (const JsonMember& each : *member.value.IfObject()) {
      auto pattern = Pattern::Compile(each.key);
      if (!pattern) Wrong(each.value, pattern.error().message, true);
      const Schema* compiled = Compile(each.value);
      if (pattern && compiled != nullptr) {
        schema.patterns_.emplace_back(std::move(*pattern), compiled);
      }
    }
  }

  void TakeDependentRequired(Schema& schema, const JsonMember& member, const Json& /*whole*/) {
    if (!Must(member.value.IsObject(), member, "a map of names to lists of names")) return;
    for (const JsonMember& each : *member.value.IfObject()) {
      schema.dependent_required_.push_back({each.key, {}});
      if (Must(each.value.IsArray(), each, "a list of texts")) {
        TakeStrings(each, schema.dependent_required_.back().second);
      }
    }
  }

  void TakeDependentSchemas(Schema& schema, const JsonMember& member, const Json& /*whole*/) {
    if (!Must(member.value.IsObject(), member, "a map of names to schemas")) return;
    for (const JsonMember& each : *member.value.IfObject()) {
      const Schema* compiled = Compile(each.value);
      if (compiled != nullptr) schema.dependent_schemas_.emplace_back(each.key, compiled);
      Share(schema, compiled, each.value);
    }
  }

  template <bool Schema::* Flag>
  void TakeFlag(Schema& schema, const JsonMember& member, const Json& /*whole*/) {
    if (Must(member.value.IsBool(), member, "true or false")) schema.*Flag = member.value.AsBool();
  }

  // A number; in OpenAPI 3.0 it is true, and the bound is that of `minimum` or `maximum`.
  template <std::optional<double> Schema::* Bound>
  void TakeExclusive(Schema& schema, const JsonMember& member, const Json& whole) {
    const bool is_lower = member.key == "exclusiveMinimum";
    const Json& inclusive = whole.Get(is_lower ? "minimum" : "maximum");
    if (member.value.IsBool()) {
      if (member.value.AsBool() && inclusive.IsNumber()) schema.*Bound = inclusive.AsNumber();
    } else if (Must(member.value.IsNumber(), member, "a number")) {
      schema.*Bound = member.value.AsNumber();
    }
  }

  void TakeMultipleOf(Schema& schema, const JsonMember& member, const Json& /*whole*/) {
    const bool good = member.value.IsNumber() && member.value.AsNumber() > 0;
    if (Must(good, member, "a number above 0")) schema.multiple_of_ = member.value.AsNumber();
  }

  void TakeIf(Schema& schema, const JsonMember& member, const Json& whole) {
    const Json* then = whole.Find("then");
    const Json* otherwise = whole.Find("else");
    const auto compile = [&](const Json* part) {
      const Schema* compiled = part != nullptr ? Compile(*part) : nullptr;
      if (part != nullptr) Share(schema, compiled, *part);
      return compiled;
    };
    const Schema* when = compile(&member.value);
    const Schema* if_so = compile(then);
    schema.conditions_.push_back({when, if_so, compile(otherwise)});
  }

  void TakeEnum(Schema& schema, const JsonMember& member, const Json& /*whole*/) {
    if (!Must(member.value.IsArray(), member, "a list") || !MustNotBeEmpty(member)) return;
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
    const bool good = member.value.IsInteger() && member.value.AsNumber() >= 0;
    if (!Must(good, member, "a whole number from 0 on")) return;
    if (!Must(member.value.AsNumber() <= kMaxSize, member, "at most 1000000000000")) return;
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
  static constexpr double kMaxSize = 1e12;
  // Keywords of JSON Schema that are not read: they are misspelt from nothing.
  static constexpr std::array<std::string_view, 4> kOthers = {
      "unevaluatedItems", "unevaluatedProperties", "$dynamicRef", "$recursiveRef"};

  static constexpr int kMaxChain = Json::kMaxDepth;

  const Json& root_;
  int depth_ = 0;
  std::unordered_map<const Json*, const Schema*> by_place_;
  SchemaEdges shares_;
  SchemaEdges demands_;
};

const std::array<Schema::Compiler::Keyword, 58> Schema::Compiler::kKeywords = {{
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
    {"anyOf", &Compiler::TakeChoices<&Schema::any_of_>},
    {"oneOf", &Compiler::TakeChoices<&Schema::one_of_>},
    {"not", &Compiler::TakeNot},
    {"exclusiveMinimum", &Compiler::TakeExclusive<&Schema::above_>},
    {"exclusiveMaximum", &Compiler::TakeExclusive<&Schema::below_>},
    {"multipleOf", &Compiler::TakeMultipleOf},
    {"uniqueItems", &Compiler::TakeFlag<&Schema::unique_items_>},
    {"prefixItems", &Compiler::TakePrefixItems},
    {"contains", &Compiler::TakePart<&Schema::contains_>},
    {"minContains", &Compiler::TakeSize<&Schema::min_contains_>},
    {"maxContains", &Compiler::TakeSize<&Schema::max_contains_>},
    {"minProperties", &Compiler::TakeSize<&Schema::min_members_>},
    {"maxProperties", &Compiler::TakeSize<&Schema::max_members_>},
    {"patternProperties", &Compiler::TakePatternProperties},
    {"propertyNames", &Compiler::TakePart<&Schema::names_>},
    {"dependentRequired", &Compiler::TakeDependentRequired},
    {"dependentSchemas", &Compiler::TakeDependentSchemas},
    {"nullable", &Compiler::TakeFlag<&Schema::nullable_>},
    {"deprecated", &Compiler::TakeFlag<&Schema::deprecated_>},
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
    {"discriminator", nullptr},
    {"xml", nullptr},
    {"externalDocs", nullptr},
    {"contentEncoding", nullptr},
    {"contentMediaType", nullptr},
    {"contentSchema", nullptr},
    {"$defs", nullptr},
    {"definitions", nullptr},
    {"$id", nullptr},
    {"$schema", nullptr},
}};

std::expected<std::unique_ptr<const Schema>, std::vector<SchemaMistake>> Schema::Compile(
    const Json& schema, const Json& root) {
  Compiler compiler(root);
  compiler.Compile(schema);
  if (compiler.mistakes.empty()) compiler.CheckEnds();
  if (!compiler.mistakes.empty()) return std::unexpected(std::move(compiler.mistakes));
  std::unique_ptr<Schema> compiled = std::move(compiler.parts.front());
  compiled->parts_.assign(std::make_move_iterator(compiler.parts.begin() + 1),
                          std::make_move_iterator(compiler.parts.end()));
  return compiled;
}

void Schema::Compiler::CheckEnds() {
  if (const Json* place = FindCircle(shares_, parts)) {
    return Wrong(*place, "a schema refers to itself here for the same value, without end");
  }
  if (const Json* place = FindCircle(demands_, parts)) {
    Wrong(*place, "a schema requires itself here, without end; no value is good by it");
  }
}

}  // namespace mockduit
