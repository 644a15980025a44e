#include "adopt/media_samples.h"

#include <algorithm>
#include <utility>

#include "adopt/compose.h"
#include "adopt/marks.h"
#include "adopt/only_sent.h"
#include "adopt/whole_echo.h"
#include "adopt/written_body.h"
#include "base/text.h"
#include "http/media_type.h"

namespace mockduit {
namespace {

// Examples are sometimes written as the text of the JSON that is meant.
Json AsJson(const Json& value, const Json& schema) {
  const Json& type = schema.Get("type");
  if (!value.IsString() || (type.AsString() != "object" && type.AsString() != "array"))
    return value;
  auto parsed = Json::Parse(value.AsString());
  return parsed ? *std::move(parsed) : value;
}

// What is filled in there, and within it.
void ForgetAt(const std::string& pointer, Fill& fill) {
  std::erase_if(fill, [&](const auto& one) {
    return one.first == pointer || one.first.starts_with(pointer + "/");
  });
}

class SampleMaker {
 public:
  SampleMaker(const std::string& type, const Json& media, const Json& schema,
              const Sendables& sendables, WholeDocument& document)
      : type_(type), media_(media), schema_(schema), sendables_(sendables), document_(document) {
    const Json* resolved = document.Follow(schema);
    resolved_ = resolved != nullptr ? resolved : &schema;
  }

  std::string note;  // what of the last that was shown is not as its type would have it

  Json Shown(const Json& value, Fill fill) {
    note.clear();
    if (!IsJsonMedia(type_)) return Written(value, fill);
    for (auto& [pointer, text] : EchoIn(value, schema_, sendables_, document_, fill)) {
      ForgetAt(pointer, fill);
      fill.emplace_back(pointer, std::move(text));
    }
    const auto whole = EchoOfAll(value, schema_, sendables_, fill, document_);
    if (!whole) return ExampleOf(value, fill);
    ForgetAt(whole->pointer, fill);
    fill.emplace_back(whole->pointer, whole->shown);
    return ExampleOf(value, fill);
  }

  Json Documented(const Json& value) { return AsJson(value, *resolved_); }

 private:
  Json Written(const Json& value, const Fill& fill) {
    WrittenBody body = WrittenAs(type_, value, schema_, media_, document_);
    note = std::move(body.note);
    if (fill.empty()) return ExampleOf(std::move(body.text), {});
    const Marks marks(value, fill, body.text);
    const std::string marked = WrittenAs(type_, marks.value(), schema_, media_, document_).text;
    const bool is_form = KindOfType(type_) == BodyKind::kForm;
    return ExampleOf(std::move(body.text),
                     {{"", marks.TemplateOf(marked, is_form && value.IsObject())}});
  }

  const std::string& type_;
  const Json& media_;
  const Json& schema_;
  const Sendables& sendables_;
  WholeDocument& document_;
  const Json* resolved_;
};

// Of an example that shows nothing here, "" of any other. What of other files is not read is told
// where it stands.
std::string WhyNoExample(const std::string& name, const Json* example) {
  const std::string the = "the example '" + name + "' ";
  if (example == nullptr) return the + "leads nowhere";
  if (example->Find("value") != nullptr || example->Find("externalValue") != nullptr) return "";
  return the + "has no 'value'; it is left out";
}

// Whether a body of that type is one item after the other.
bool IsSequence(const std::string& type) {
  const std::string name = LowerCase(WithoutParameters(type));
  return name == "text/event-stream" || IsOfLines(name);
}

// By the schema of the whole, or else that of an item; either may be nullptr.
Composed ComposedAs(const std::string& type, const Json* schema, const Json* item,
                    WholeDocument& document) {
  const Json* either = schema != nullptr ? schema : item;
  Composed composed = either != nullptr   ? Compose(*either, document)
                      : IsJsonMedia(type) ? Composed{Json::MakeObject(), {}, ""}
                                          : Composed{Json("example"), {}, ""};
  // A text that was made up is the data of an event, not a stream as it stands.
  const bool is_stream = LowerCase(WithoutParameters(type)) == "text/event-stream";
  if (item == nullptr && !(is_stream && composed.value.IsString())) return composed;
  composed.value = Json::MakeArray({composed.value});
  for (auto& [pointer, text] : composed.fill) pointer.insert(0, "/0");
  return composed;
}

}  // namespace

bool IsJsonMedia(std::string_view type) { return KindOfType(type) == BodyKind::kJson; }

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
                       WholeDocument& document) {
  static const Json kAny = Json::MakeObject();
  MediaSamples samples;
  const Json* schema = media.Find("schema");
  const Json* item = schema == nullptr ? media.Find("itemSchema") : nullptr;
  if (item != nullptr && !IsSequence(type)) {
    item = nullptr;
    samples.notes.push_back("'itemSchema' is of lists in lines or events; of " + type +
                            " it is left out");
  }
  if (schema != nullptr) samples.media.Set("schema", document.ReferenceTo(*schema));
  SampleMaker maker(type, media, schema != nullptr ? *schema : kAny, sendables, document);
  Json examples = Json::MakeObject();
  const auto show = [&](const std::string& name, const Json& value, Fill fill) {
    examples.Set(name, maker.Shown(value, std::move(fill)));
    const bool is_told = std::ranges::find(samples.notes, maker.note) != samples.notes.end();
    if (!maker.note.empty() && !is_told) samples.notes.push_back(maker.note);
  };
  const auto tell_only_sent = [&](const std::string& whose, const Json& value) {
    if (schema == nullptr) return;
    const std::vector<std::string> names = OnlySentIn(value, *schema, document);
    if (names.empty()) return;
    samples.notes.push_back(whose + " shows " + Join(names) +
                            ", which only requests have (writeOnly)");
  };
  const auto add = [&](const std::string& name, const Json& value) {
    const Json shown = maker.Documented(value);
    if (schema != nullptr && IsJsonMedia(type)) {
      const std::string objection = ObjectionTo(shown, *schema, document);
      if (!objection.empty()) {
        samples.notes.push_back("the example '" + name +
                                "' is not what its schema says: " + objection);
      }
    }
    tell_only_sent("the example '" + name + "'", shown);
    show(name, shown, {});
  };
  if (const Json::Object* named = media.Get("examples").IfObject()) {
    for (const auto& [name, example] : *named) {
      const Json* resolved = document.Follow(example);
      const Json* value = resolved != nullptr ? resolved->Find("value") : nullptr;
      if (value != nullptr) add(name.empty() ? "example" : name, *value);
      if (const std::string why = WhyNoExample(name, resolved); !why.empty()) {
        samples.notes.push_back(why);
      }
    }
  }
  if (const Json* example = media.Find("example"); example != nullptr) {
    if (examples.IfObject()->empty()) add("example", *example);
  }
  if (examples.IfObject()->empty()) {
    samples.is_composed = true;
    Composed composed = ComposedAs(type, schema, item, document);
    if (!composed.objection.empty()) {
      samples.notes.push_back("no body was found that this schema accepts: " + composed.objection);
    }
    tell_only_sent("an example of the schema", composed.value);
    show("composed", composed.value, std::move(composed.fill));
  }
  samples.media.Set("examples", std::move(examples));
  return samples;
}

}  // namespace mockduit
