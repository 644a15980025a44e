#include "adopt/media_samples.h"

#include <algorithm>
#include <utility>

#include "adopt/compose.h"
#include "adopt/xml_text.h"
#include "base/text.h"
#include "http/headers.h"

namespace mockduit {
namespace {

using Fill = std::vector<std::pair<std::string, std::string>>;

bool IsXml(std::string_view type) { return type.ends_with("/xml") || type.ends_with("+xml"); }

// The body as text, where the type is none of JSON's.
Json AsText(const std::string& type, const Json& value, const Json& schema,
            References& references) {
  if (value.IsString()) return value;
  return IsXml(type) ? XmlOf(value, schema, references) : value.Dump();
}

// Examples are sometimes written as the text of the JSON that is meant.
Json AsJson(const Json& value, const Json& schema) {
  const Json& type = schema.Get("type");
  if (!value.IsString() || (type.AsString() != "object" && type.AsString() != "array"))
    return value;
  auto parsed = Json::Parse(value.AsString());
  return parsed ? *std::move(parsed) : value;
}

class SampleMaker {
 public:
  SampleMaker(const std::string& type, const Json& schema, const Sendables& sendables,
              References& references)
      : type_(type), schema_(schema), sendables_(sendables), references_(references) {
    const Json* resolved = references.Follow(schema);
    resolved_ = resolved != nullptr ? resolved : &schema;
  }

  Json Shown(const Json& value, Fill fill) {
    if (!IsJsonMedia(type_)) return ExampleOf(AsText(type_, value, schema_, references_), {});
    for (auto& [pointer, text] : EchoIn(value, schema_, sendables_, references_)) {
      std::erase_if(fill, [&](const auto& other) { return other.first == pointer; });
      fill.emplace_back(std::move(pointer), std::move(text));
    }
    return ExampleOf(value, fill);
  }

  Json Documented(const Json& value) { return AsJson(value, *resolved_); }

 private:
  const std::string& type_;
  const Json& schema_;
  const Sendables& sendables_;
  References& references_;
  const Json* resolved_;
};

}  // namespace

bool IsJsonMedia(std::string_view type) {
  type = Trim(TakeUntil(type, ";"));
  return EqualsIgnoringCase(type, "application/json") || type.ends_with("+json");
}

Json ExampleOf(Json value, const Fill& fill) {
  Json block = Json::MakeObject({{"literal", true}});
  if (!fill.empty()) {
    Json templates = Json::MakeObject();
    for (const auto& [pointer, text] : fill) templates.Set(pointer, text);
    block.Set("fill", std::move(templates));
  }
  return Json::MakeObject({{"value", std::move(value)}, {"x-mockduit", std::move(block)}});
}

MediaSamples SamplesOf(const std::string& type, const Json& media, const Sendables& sendables,
                       References& references) {
  static const Json kAny = Json::MakeObject();
  MediaSamples samples;
  const Json* schema = media.Find("schema");
  if (schema != nullptr) samples.media.Set("schema", *schema);
  SampleMaker maker(type, schema != nullptr ? *schema : kAny, sendables, references);
  Json examples = Json::MakeObject();
  const auto add = [&](const std::string& name, const Json& value) {
    const Json shown = maker.Documented(value);
    if (schema != nullptr && IsJsonMedia(type)) {
      const std::string objection = ObjectionTo(shown, *schema, references);
      if (!objection.empty()) {
        samples.notes.push_back("the example '" + name +
                                "' is not what its schema says: " + objection);
      }
    }
    examples.Set(name, maker.Shown(shown, {}));
  };
  if (const Json::Object* named = media.Get("examples").IfObject()) {
    for (const auto& [name, example] : *named) {
      const Json* resolved = references.Follow(example);
      const Json* value = resolved != nullptr ? resolved->Find("value") : nullptr;
      if (value != nullptr) add(name.empty() ? "example" : name, *value);
    }
  }
  if (const Json* example = media.Find("example"); example != nullptr) {
    if (examples.IfObject()->empty()) add("example", *example);
  }
  if (examples.IfObject()->empty()) {
    samples.is_composed = true;
    Composed composed = schema != nullptr   ? Compose(*schema, references)
                        : IsJsonMedia(type) ? Composed{Json::MakeObject(), {}, ""}
                                            : Composed{Json("example"), {}, ""};
    if (!composed.objection.empty()) {
      samples.notes.push_back("no body was found that this schema accepts: " + composed.objection);
    }
    examples.Set("composed", maker.Shown(composed.value, std::move(composed.fill)));
  }
  samples.media.Set("examples", std::move(examples));
  return samples;
}

}  // namespace mockduit
