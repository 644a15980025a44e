// MediaSamples: the examples of one media type of an answer, as contracts have them: the document's
// own, else one that is composed from the schema.
#pragma once

#include <string>
#include <vector>

#include "adopt/echo.h"
#include "adopt/whole_document.h"
#include "base/json.h"

namespace mockduit {

// Whether a body of that type is JSON: application/json, text/json, */*+json.
bool IsJsonMedia(std::string_view type);

struct MediaSamples {
  Json media = Json::MakeObject();  // {schema: …, examples: {…}}
  std::vector<std::string> notes;   // examples that their schema does not accept
  bool is_composed = false;
};

// `media` stands in `content` under `type`.
MediaSamples SamplesOf(const std::string& type, const Json& media, const Sendables& sendables,
                       WholeDocument& document);

// One example, to be shown as it stands but for what `fill` says.
Json ExampleOf(Json value, const Fill& fill);

}  // namespace mockduit
