// HeaderValue: what a header of an answer, or of a part of one, says in a foreign document.
#pragma once

#include <string>
#include <string_view>

#include "adopt/whole_document.h"
#include "base/json.h"

namespace mockduit {

// A word as RFC 9110 has it.
bool IsHeaderName(std::string_view name);

struct HeaderValue {
  std::string sample;   // on one line; "" where there is no way to write one
  std::string varying;  // the same as a template, with what is new in each answer
};

// The document's example, else one that is composed of the schema. Lists and flat maps are in the
// style `simple`; what has a media type is written as that. `header` is no reference.
HeaderValue HeaderValueOf(const std::string& name, const Json& header, WholeDocument& document);

}  // namespace mockduit
