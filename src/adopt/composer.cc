#include "adopt/composer.h"

#include <algorithm>
#include <set>
#include <utility>

#include "adopt/member_choice.h"
#include "adopt/merged_schema.h"
#include "adopt/names.h"
#include "adopt/only_sent.h"
#include "adopt/other_value.h"
#include "adopt/page_parameters.h"
#include "adopt/scalar_samples.h"
#include "adopt/schema_type.h"
#include "base/text.h"
#include "http/media_type.h"

namespace mockduit {
namespace {

constexpr std::size_t kMaxItems = 100;
constexpr std::size_t kNoExamples = 2;  // choices tried, from where on examples are let be
constexpr std::size_t kLean = 4;        // and from where on only what is required is shown

class Composer {
 public:
  Composer(Attempt& attempt, References& references)
      : attempt_(attempt), advice_(attempt.advice()), references_(references) {}

  // A value that has to be there: null, too, where there is no other.
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
    if (attempt_.LeadsRound(schema)) return attempt_.ComesRound();
    if (schema == Json(false)) return attempt_.Refused(pointer);
    if (advice_.left_out.contains(pointer)) return std::nullopt;
    const std::size_t first = advice_.ChoiceAt(pointer);
    std::size_t choices = 1;
    for (std::size_t i = 0; i < choices; ++i) {
      const Merged merged = MergedSchema(schema, references_, first + i);
      choices = std::max(choices, merged.choices);
      if (auto value = OfMerged(merged, pointer, name)) return value;
    }
    return std::nullopt;
  }

  std::optional<Json> OfMerged(const Merged& merged, const std::string& pointer,
                               const std::string& name) {
    if (merged.is_impossible) return attempt_.Refused(pointer);
    if (!attempt_.Enter(merged)) return std::nullopt;
    const std::size_t mark = attempt_.Mark();
    auto value = Of(merged, pointer, name);
    attempt_.Leave(merged);
    if (!value) attempt_.Forget(pointer, mark);
    return value;
  }

  std::optional<Json> Of(const Merged& merged, const std::string& pointer,
                         const std::string& name) {
    const Json& schema = merged.schema;
    if (const Json* only = schema.Find("const")) return *only;
    if (auto example = ExampleOf(schema, pointer)) return example;
    auto value = New(merged, pointer, name);
    const std::size_t tried = schema.Find("not") != nullptr ? advice_.ChoiceAt(pointer) : 0;
    if (!value || tried == 0) return value;
    auto other = OtherValue(*value, schema, references_, tried);
    return other ? std::move(other) : std::move(value);
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
    attempt_.NoteExample(pointer);
    return *example;
  }

  std::optional<Json> New(const Merged& merged, const std::string& pointer,
                          const std::string& name) {
    const Json& schema = merged.schema;
    if (const Json::Array* choices = schema.Get("enum").IfArray()) {
      for (const Json& choice : *choices) {
        if (!choice.IsNull() && TakesType(schema, choice)) return choice;
      }
      if (choices->empty()) return attempt_.Refused(pointer);
      return choices->front();
    }
    const std::string_view type = TypeOf(schema);
    if (type == "object") return Object(merged, pointer);
    if (type == "array") return Array(schema, pointer, name);
    if (type == "string") return Text(schema, pointer, name);
    if (type == "integer") return SampleNumber(schema, true);
    // Where whole numbers have been tried in vain, others are a choice of their own.
    if (type == "number") return SampleNumber(schema, false, advice_.ChoiceAt(pointer) > 0);
    if (type == "boolean") return Json(!IsWhetherMore(name));
    if (type == "null") return Json();
    return Json::MakeObject();
  }

  std::optional<Json> Object(const Merged& merged, const std::string& pointer) {
    const Json& schema = merged.schema;
    if (schema.Get("dependentSchemas").IsObject()) {
      return Object(WithDependent(schema, references_), pointer);
    }
    Json object = Json::MakeObject();
    std::set<std::string> required = RequiredOf(schema, pointer);
    if (!AddListed(schema, pointer, required, object)) return std::nullopt;
    const auto add_other = [&](const std::string& name) {
      auto value = Value(SchemaOfMember(merged, name, references_), Below(pointer, name), name);
      if (!value) return false;
      object.Set(name, *std::move(value));
      return true;
    };
    for (const std::string& name : required) {
      if (object.Find(name) == nullptr && !add_other(name)) return std::nullopt;
    }
    const std::size_t least = std::min(CountOf(schema, "minProperties", 0), kMaxItems);
    for (std::size_t i = object.IfObject()->size(); i < least; ++i) {
      if (!add_other(NameOfMember(schema, i + 1, references_))) return std::nullopt;
    }
    return object;
  }

  static std::string Below(const std::string& pointer, const std::string& name) {
    return pointer + "/" + PointerToken(name);
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

  // Adds the members that the schema lists; what only requests have is not `required` any more.
  // False where one that must be there has no value.
  bool AddListed(const Json& schema, const std::string& pointer, std::set<std::string>& required,
                 Json& object) {
    const std::size_t most = CountOf(schema, "maxProperties", 10'000);
    std::size_t room = most - std::min(most, required.size());  // for what is not required
    const bool is_lean = attempt_.IsLarge() || advice_.TriedAbove(pointer) >= kLean;
    const Json::Object* properties = schema.Get("properties").IfObject();
    for (std::size_t i = 0; properties != nullptr && i < properties->size(); ++i) {
      const auto& [name, property] = (*properties)[i];
      if (IsOnlySent(property, references_)) {
        if (required.erase(name) > 0) ++room;
        continue;
      }
      const bool is_needed = required.contains(name);
      if ((is_lean || room == 0) && !is_needed) continue;
      auto value = Member(property, pointer, name, is_needed);
      if (!value && is_needed) return false;
      if (!value) continue;
      object.Set(name, *std::move(value));
      if (!is_needed) --room;
    }
    return true;
  }

  // The value of a member. A client that is told of a next page asks for it, and would be told of
  // another one, for ever: where there need be none, there is none.
  std::optional<Json> Member(const Json& schema, const std::string& above, const std::string& name,
                             bool is_needed) {
    const std::string pointer = Below(above, name);
    const std::size_t mark = attempt_.Mark();
    auto value = is_needed ? Value(schema, pointer, name) : ButNull(schema, pointer, name);
    const bool leads_on = value && IsNextPage(name) && made_up_at_ == pointer;
    if (!leads_on) return value;
    const bool is_nullable = IsNullable(schema, references_);
    if (is_needed && !is_nullable) return value;
    attempt_.Forget(pointer, mark);
    return is_nullable ? std::optional(Json()) : std::nullopt;
  }

  std::optional<Json> Array(const Json& schema, const std::string& pointer,
                            const std::string& name) {
    Json array = Json::MakeArray();
    const std::size_t least = CountOf(schema, "minItems", 0);
    const std::size_t most = CountOf(schema, "maxItems", kMaxItems);
    if (least > kMaxItems) {
      return attempt_.TooLarge("minItems " + std::to_string(least) + " is more than the " +
                               std::to_string(kMaxItems) + " items that are made up");
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
    const std::size_t needed = std::max(least, array.IfArray()->size() + contained);
    const std::size_t to_contain = array.IfArray()->size() + contained;
    const std::size_t usual = items != nullptr && !attempt_.IsLarge() ? 1 : 0;
    const Json both = contains == nullptr || items == contains
                          ? Json()
                          : Json::MakeObject({{"allOf", Json::MakeArray({*items, *contains})}});
    static const Json kText = Json::MakeObject({{"type", "string"}});
    for (std::size_t i = array.IfArray()->size(); i < std::min(most, std::max(needed, usual));
         ++i) {
      const bool is_both = !both.IsNull() && i < to_contain;
      const Json& of_item = is_both ? both : items != nullptr ? *items : kText;
      auto item = i < needed ? Value(of_item, pointer_of(i), SingularOf(name))
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
    attempt_.ForgetTimes(pointer);
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
    auto content = Content(schema, pointer, name);
    made_up_at_ = pointer;
    if (content) return content;
    auto sample = SampleText(schema, name);
    if (!sample) {
      return attempt_.TooLarge("minLength " + std::to_string(CountOf(schema, "minLength", 0)) +
                               " is longer than the texts that are made up");
    }
    if (!sample->fill.empty()) attempt_.NoteFill(pointer, sample->fill);
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
      const std::size_t mark = attempt_.Mark();
      inner = Value(*of_inner, pointer + "/content", name).value_or(std::move(inner));
      attempt_.ForgetFill(mark);  // nothing can be filled in within a text
    }
    std::string text = EncodedText(is_json ? inner.Dump() : inner.ToText(), encoding);
    const bool fits = text.size() >= CountOf(schema, "minLength", 0) &&
                      text.size() <= CountOf(schema, "maxLength", 1'000'000);
    return fits ? std::optional(Json(std::move(text))) : std::nullopt;
  }

  Attempt& attempt_;
  const Advice& advice_;
  References& references_;
  std::string made_up_at_;  // where the last text was made up
};

}  // namespace

std::optional<Json> ValueOf(const Json& schema, const std::string& name, Attempt& attempt,
                            References& references) {
  return Composer(attempt, references).Value(schema, "", name);
}

}  // namespace mockduit
