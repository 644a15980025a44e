#include "adopt/compose.h"

#include <algorithm>
#include <optional>
#include <set>

#include "adopt/compose_advice.h"
#include "adopt/merged_schema.h"
#include "adopt/names.h"
#include "adopt/only_sent.h"
#include "adopt/other_value.h"
#include "adopt/page_parameters.h"
#include "adopt/scalar_samples.h"
#include "adopt/schema_type.h"
#include "base/pattern.h"
#include "base/text.h"
#include "contract/schema.h"
#include "http/media_type.h"

namespace mockduit {
namespace {

constexpr int kMaxDepth = 40;
constexpr int kDeep = 12;                   // from there on, only what is required is shown
constexpr std::size_t kMany = 300;          // values; from there on, too
constexpr std::size_t kMaxValues = 20'000;  // in one body
constexpr std::size_t kMaxItems = 100;
constexpr int kMaxRounds = 12;
constexpr std::size_t kNoExamples = 2;  // choices tried, from where on examples are let be
constexpr std::size_t kLean = 4;        // and from where on only what is required is shown

class Composer {
 public:
  Composer(References& references, const Advice& advice)
      : references_(references), advice_(advice) {}

  std::vector<std::pair<std::string, std::string>> fill;
  std::set<std::string> from_examples;
  std::string too_large;  // what asks for more than is made up; "": nothing
  // Where no value is good at all; it was the last thing that there was none for. Nothing: what was
  // found there comes round to itself.
  std::optional<std::string> refused;

  // Nothing where every value would have no end, or the schema refuses all.
  std::optional<Json> Value(const Json& schema, const std::string& pointer,
                            const std::string& name) {
    auto value = ButNull(schema, pointer, name);
    return value || !IsNullable(schema, references_) ? std::move(value) : Json();
  }

 private:
  // A value that is no way out of a schema that comes round to itself. Each choice that there is
  // gets its try, since one of them may have an end where others have none.
  std::optional<Json> ButNull(const Json& schema, const std::string& pointer,
                              const std::string& name) {
    if (schema.IsObject()) {
      if (const Json* reference = schema.Find("$ref"); reference != nullptr && IsAbove(*reference))
        return ComesRound();
    }
    if (schema == Json(false)) return Refused(pointer);
    if (depth_ > kMaxDepth) return ComesRound();
    if (advice_.left_out.contains(pointer)) return std::nullopt;
    const std::size_t first = ChoiceAt(pointer);
    const std::size_t filled = fill.size();
    std::size_t choices = 1;
    for (std::size_t i = 0; i < choices; ++i) {
      const Merged merged = MergedSchema(schema, references_, first + i);
      choices = std::max(choices, merged.choices);
      auto value = OfMerged(merged, pointer, name);
      if (!value) continue;
      if (!LeadsOn(*value, schema, merged.schema, pointer, name)) return value;
      Forget(pointer, filled);
      return Json();
    }
    return std::nullopt;
  }

  // Whether it is a text that was made up for the next page where there need be none: a client that
  // asks for that page would be told of another one, for ever.
  bool LeadsOn(const Json& value, const Json& schema, const Json& merged,
               const std::string& pointer, const std::string& name) {
    const bool is_made_up = merged.Find("const") == nullptr && merged.Find("enum") == nullptr;
    return is_made_up && value.IsString() && IsNextPage(name) && !from_examples.contains(pointer) &&
           IsNullable(schema, references_);
  }

  std::optional<Json> OfMerged(const Merged& merged, const std::string& pointer,
                               const std::string& name) {
    if (merged.is_impossible) return Refused(pointer);
    // A schema that comes round to itself is shown once.
    for (const Json* part : merged.parts) {
      if (std::ranges::count(above_, part) > 0) return ComesRound();
    }
    if (count_ == kMaxValues) {
      too_large = "it would have more than " + std::to_string(kMaxValues) + " values";
      return std::nullopt;
    }
    ++count_;
    ++depth_;
    const std::size_t height = above_.size();
    const std::size_t filled = fill.size();
    above_.insert(above_.end(), merged.parts.begin(), merged.parts.end());
    std::optional<Json> value = Of(merged, pointer, name);
    above_.resize(height);
    --depth_;
    if (!value) Forget(pointer, filled);
    return value;
  }

  std::nullopt_t Refused(const std::string& pointer) {
    refused = pointer;
    return std::nullopt;
  }
  std::nullopt_t ComesRound() {
    refused.reset();
    return std::nullopt;
  }

  // What was noted of a value that came to nothing, when there were so many to fill in.
  void Forget(const std::string& pointer, std::size_t filled) {
    fill.resize(filled);
    std::erase_if(from_examples, [&](const std::string& one) {
      return one == pointer || one.starts_with(pointer + "/");
    });
  }

  bool IsAbove(const Json& reference) {
    const Json* target = references_.Find(reference.AsString());
    return target != nullptr && std::ranges::count(above_, &references_.PlaceOf(*target)) > 0;
  }

  std::size_t ChoiceAt(const std::string& pointer) const {
    const auto known = advice_.choices.find(pointer);
    return known != advice_.choices.end() ? known->second : 0;
  }

  std::optional<Json> Of(const Merged& merged, const std::string& pointer,
                         const std::string& name) {
    const Json& schema = merged.schema;
    if (const Json* only = schema.Find("const")) return *only;
    if (auto example = ExampleOf(schema, pointer)) return example;
    auto value = New(merged, pointer, name);
    const std::size_t tried = schema.Find("not") != nullptr ? ChoiceAt(pointer) : 0;
    if (!value || tried == 0) return value;
    auto other = OtherValue(*value, schema, references_, tried);
    return other ? std::move(other) : std::move(value);
  }

  std::optional<Json> New(const Merged& merged, const std::string& pointer,
                          const std::string& name) {
    const Json& schema = merged.schema;
    if (const Json::Array* choices = schema.Get("enum").IfArray()) {
      for (const Json& choice : *choices) {
        if (!choice.IsNull() && TakesType(schema, choice)) return choice;
      }
      if (choices->empty()) return Refused(pointer);
      return choices->front();
    }
    const std::string_view type = TypeOf(schema);
    if (type == "object") return Object(merged, pointer);
    if (type == "array") return Array(schema, pointer, name);
    if (type == "string") return Text(schema, pointer, name);
    if (type == "integer") return SampleNumber(schema, true);
    // Where whole numbers have been tried in vain, others are a choice of their own.
    if (type == "number") return SampleNumber(schema, false, ChoiceAt(pointer) > 0);
    if (type == "boolean") return Json(!IsWhetherMore(name));
    if (type == "null") return Json();
    return Json::MakeObject();
  }

  // The example, or the default, unless it was found not to be good.
  std::optional<Json> ExampleOf(const Json& schema, const std::string& pointer) {
    if (advice_.no_example.contains(pointer)) return std::nullopt;
    if (advice_.TriedAbove(pointer) >= kNoExamples) return std::nullopt;
    const Json* example = schema.Find("example");
    if (const Json::Array* examples = schema.Get("examples").IfArray();
        example == nullptr && examples != nullptr && !examples->empty()) {
      example = &examples->front();
    }
    if (example == nullptr) example = schema.Find("default");
    if (example == nullptr || (example->IsNull() && TypeOf(schema) != "null")) return std::nullopt;
    from_examples.insert(pointer);
    return *example;
  }

  bool IsLarge() const { return depth_ > kDeep || count_ > kMany; }

  // Where members bring rules with them, the rules of those that are shown hold, too.
  Merged WithDependent(const Json& schema) {
    const Json::Object* dependent = schema.Get("dependentSchemas").IfObject();
    Json all = Json::MakeArray({schema});
    (*all.IfArray())[0].Remove("dependentSchemas");
    for (const auto& [name, part] : *dependent) {
      if (schema.Get("properties").Find(name) != nullptr) all.Append(part);
    }
    Merged whole = MergedSchema(Json::MakeObject({{"allOf", std::move(all)}}), references_, 0);
    whole.at_times.clear();  // these would lead into what is made here alone
    return whole;
  }

  // The name of a member that the schema does not name itself.
  std::string NameOf(const Json& schema, std::size_t number) {
    const Json& names = schema.Get("propertyNames");
    if (const Json::Array* choices = names.Get("enum").IfArray()) {
      if (number <= choices->size()) return std::string((*choices)[number - 1].AsString());
    }
    Json of_names = MergedSchema(names, references_, 0).schema;
    const Json::Object* patterns = schema.Get("patternProperties").IfObject();
    const bool is_one_of_these = schema.Get("additionalProperties") == Json(false);
    if (patterns != nullptr && !patterns->empty() && is_one_of_these) {
      of_names.Set("pattern", patterns->front().key);
    }
    std::string usual = "key_" + std::to_string(number);
    if (of_names.IfObject()->empty()) return usual;
    const auto first = SampleText(of_names, "key");
    if (!first || number == 1) return first ? first->text : usual;
    const auto other = OtherValue(Json(first->text), of_names, references_, number - 1);
    return other ? std::string(other->AsString()) : usual;
  }

  // The schema of a member that `properties` does not name.
  Json SchemaOfOther(const Merged& merged, const std::string& key) {
    for (const Json* at_times : merged.at_times) {
      const Json* schema = references_.Follow(*at_times);
      const Json* property = schema != nullptr ? schema->Get("properties").Find(key) : nullptr;
      if (property != nullptr) return *property;
    }
    Json all = Json::MakeArray();
    if (const Json::Object* patterns = merged.schema.Get("patternProperties").IfObject()) {
      for (const auto& [pattern, schema] : *patterns) {
        const auto compiled = Pattern::CompileEcma(pattern);
        if (compiled && compiled->Matches(key)) all.Append(schema);
      }
    }
    if (!all.IfArray()->empty()) return Json::MakeObject({{"allOf", std::move(all)}});
    const Json& rest = merged.schema.Get("additionalProperties");
    return rest.IsObject() ? rest : Json::MakeObject({{"type", "string"}});
  }

  // The members that must be there: what the schema asks for, and what it was found to ask for.
  std::set<std::string> RequiredOf(const Json& schema, const std::string& pointer) const {
    std::set<std::string> required;
    if (const Json::Array* names = schema.Get("required").IfArray()) {
      for (const Json& one : *names) required.emplace(one.AsString());
    }
    const auto found = advice_.needed.find(pointer);
    if (found != advice_.needed.end()) required.insert(found->second.begin(), found->second.end());
    return required;
  }

  std::optional<Json> Object(const Merged& merged, const std::string& pointer) {
    const Json& schema = merged.schema;
    if (schema.Get("dependentSchemas").IsObject()) return Object(WithDependent(schema), pointer);
    Json object = Json::MakeObject();
    std::set<std::string> required = RequiredOf(schema, pointer);
    const std::size_t most = CountOf(schema, "maxProperties", 10'000);
    std::size_t room = most - std::min(most, required.size());  // for what is not required
    const auto add = [&](const std::string& key, const Json& property, bool needed = true) {
      const std::string below = pointer + "/" + PointerToken(key);
      auto value = needed ? Value(property, below, key) : ButNull(property, below, key);
      if (!value) return false;
      object.Set(key, *std::move(value));
      return true;
    };
    const bool is_lean = IsLarge() || advice_.TriedAbove(pointer) >= kLean;
    const Json::Object* properties = schema.Get("properties").IfObject();
    if (properties != nullptr) {
      for (const auto& [key, property] : *properties) {
        if (IsOnlySent(property, references_)) {
          if (required.erase(key) > 0) ++room;
          continue;
        }
        const bool needed = required.contains(key);
        if ((is_lean || room == 0) && !needed) continue;
        const bool is_there = add(key, property, needed);
        if (!is_there && needed) return std::nullopt;
        if (is_there && !needed) --room;
      }
    }
    const auto add_other = [&](const std::string& key) {
      return add(key, SchemaOfOther(merged, key));
    };
    for (const std::string& key : required) {
      if (object.Find(key) == nullptr && !add_other(key)) return std::nullopt;
    }
    const std::size_t least = std::min(CountOf(schema, "minProperties", 0), kMaxItems);
    for (std::size_t i = object.IfObject()->size(); i < least; ++i) {
      if (!add_other(NameOf(schema, i + 1))) return std::nullopt;
    }
    return object;
  }

  std::optional<Json> Array(const Json& schema, const std::string& pointer,
                            const std::string& name) {
    Json array = Json::MakeArray();
    const std::size_t least = CountOf(schema, "minItems", 0);
    const std::size_t most = CountOf(schema, "maxItems", kMaxItems);
    if (least > kMaxItems) {
      too_large = "minItems " + std::to_string(least) + " is more than the " +
                  std::to_string(kMaxItems) + " items that are made up";
      return std::nullopt;
    }
    const auto pointer_of = [&](std::size_t i) { return pointer + "/" + std::to_string(i); };
    if (const Json::Array* first = schema.Get("prefixItems").IfArray()) {
      for (std::size_t i = 0; i < first->size() && i < most; ++i) {
        auto item = Value((*first)[i], pointer_of(i), name);
        if (!item) return std::nullopt;
        array.Append(*std::move(item));
      }
    }
    const Json* items = schema.Find("items");
    const Json* contains = schema.Find("contains");
    if (items == nullptr || items->IsBool()) items = contains;
    // So many items have to be good by `contains`.
    const std::size_t contained =
        contains == nullptr ? 0 : std::min(CountOf(schema, "minContains", 1), kMaxItems);
    const std::size_t first_free = array.IfArray()->size();
    const std::size_t wanted =
        std::min(most, std::max({least, first_free + contained,
                                 static_cast<std::size_t>(items != nullptr && !IsLarge())}));
    const Json both = contains == nullptr || items == contains
                          ? Json()
                          : Json::MakeObject({{"allOf", Json::MakeArray({*items, *contains})}});
    static const Json kText = Json::MakeObject({{"type", "string"}});
    for (std::size_t i = array.IfArray()->size(); i < wanted; ++i) {
      const bool is_both = !both.IsNull() && i < first_free + contained;
      const Json& of_item = is_both ? both : items != nullptr ? *items : kText;
      const bool is_needed = i < std::max(least, first_free + contained);
      auto item = is_needed ? Value(of_item, pointer_of(i), SingularOf(name))
                            : ButNull(of_item, pointer_of(i), SingularOf(name));
      if (!item) break;
      if (schema.Get("uniqueItems").AsBool()) MakeOther(*item, array, of_item, pointer_of(i));
      array.Append(*std::move(item));
    }
    if (array.IfArray()->size() < least) return std::nullopt;
    return array;
  }

  // Where the list has the item already, another one like it. What is new in each answer may be
  // the same in both, an id apart.
  void MakeOther(Json& item, const Json& array, const Json& schema, const std::string& pointer) {
    const Json::Array& there = *array.IfArray();
    const auto is_there = [&](const Json& one) {
      return std::ranges::find(there, one) != there.end();
    };
    if (!is_there(item)) return;
    std::erase_if(fill, [&](const auto& one) {
      return one.second != "{{uuid4}}" &&
             (one.first == pointer || one.first.starts_with(pointer + "/"));
    });
    for (std::size_t i = 1; i <= 2 * kMaxItems; ++i) {
      auto other = OtherValue(item, schema, references_, i);
      if (!other) break;
      if (is_there(*other)) continue;
      item = *std::move(other);
      return;
    }
    if (IsNullable(schema, references_) && !is_there(Json())) item = Json();
  }

  std::optional<Json> Text(const Json& schema, const std::string& pointer,
                           const std::string& name) {
    if (auto content = Content(schema, pointer, name)) return content;
    auto sample = SampleText(schema, name);
    if (!sample) {
      too_large = "minLength " + std::to_string(CountOf(schema, "minLength", 0)) +
                  " is longer than the texts that are made up";
      return std::nullopt;
    }
    if (!sample->fill.empty()) fill.emplace_back(pointer, sample->fill);
    return Json(std::move(sample->text));
  }

  // A text that holds JSON, or bytes in an encoding. Nothing where the schema says neither, or asks
  // for more of the text.
  std::optional<Json> Content(const Json& schema, const std::string& pointer,
                              const std::string& name) {
    const std::string_view encoding = schema.Get("contentEncoding").AsString();
    const bool is_json = KindOfType(schema.Get("contentMediaType").AsString()) == BodyKind::kJson;
    if (!is_json && !IsEncodingOfText(encoding)) return std::nullopt;
    for (const char* other : {"pattern", "format"}) {
      if (schema.Find(other) != nullptr) return std::nullopt;
    }
    Json inner = is_json ? Json::MakeObject() : Json("example");
    if (const Json* of_inner = schema.Find("contentSchema"); of_inner != nullptr && is_json) {
      const std::size_t filled = fill.size();
      inner = Value(*of_inner, pointer + "/content", name).value_or(std::move(inner));
      fill.resize(filled);  // nothing can be filled in within a text
    }
    std::string text = EncodedText(is_json ? inner.Dump() : inner.ToText(), encoding);
    const bool fits = text.size() >= CountOf(schema, "minLength", 0) &&
                      text.size() <= CountOf(schema, "maxLength", 1'000'000);
    return fits ? std::optional(Json(std::move(text))) : std::nullopt;
  }

  References& references_;
  const Advice& advice_;
  std::vector<const Json*> above_;  // the schemas that the value at hand is within
  int depth_ = 0;
  std::size_t count_ = 0;  // of values
};

std::string InWords(const Violation& violation) {
  return Join(violation.path, ".") + " breaks " + violation.keyword +
         (violation.limit.empty() ? "" : " " + violation.limit);
}

// Why no value was made.
std::string WhyNone(const Composer& composer) {
  if (!composer.too_large.empty()) return composer.too_large;
  if (!composer.refused) return "no finite value was found for it";
  std::string place = "body" + *composer.refused;
  std::ranges::replace(place, '/', '.');
  return "no value is good for " + place;
}

Composed ComposeNew(const Json& schema, WholeDocument& document, const std::string& name) {
  const auto compiled = document.parts.compiler.Compile(schema);
  Advice advice;
  Composed first;
  for (int round = 0; round < kMaxRounds; ++round) {
    Composer composer(document, advice);
    auto value = composer.Value(schema, "", name);
    if (!value) {
      if (round > 0) return first;
      first.objection = WhyNone(composer);
      return first;
    }
    const auto violations = compiled->Validate(*value, "body", Side::kAnswer);
    Composed composed{*std::move(value), std::move(composer.fill),
                      violations.empty() ? "" : InWords(violations.front())};
    if (violations.empty()) return composed;
    if (round == 0) first = std::move(composed);
    // A value that takes too long to look at tells nothing, and the next one would take as long.
    if (std::ranges::find(violations, "effort", &Violation::keyword) != violations.end()) {
      first.objection = "holding a value against it takes too long";
      break;
    }
    if (!Learn(violations, composer.from_examples, advice)) break;
  }
  return first;
}

}  // namespace

Composed Compose(const Json& schema, WholeDocument& document, const std::string& name) {
  const Json& place = document.PlaceOf(schema);
  if (const Composed* known = document.FindComposed(place, name)) return *known;
  Composed composed = ComposeNew(schema, document, name);
  document.Keep(place, name, composed);
  return composed;
}

std::string ObjectionTo(const Json& value, const Json& schema, WholeDocument& document,
                        std::string_view place, Side side) {
  const auto violations = document.parts.compiler.Compile(schema)->Validate(value, place, side);
  return violations.empty() ? "" : InWords(violations.front());
}

}  // namespace mockduit
