// WrittenBody: a body that is no JSON, as its media type writes it: forms, parts, XML, tables,
// lines and events.
#pragma once

#include <string>
#include <string_view>

#include "adopt/whole_document.h"
#include "base/json.h"

namespace mockduit {

// Stands between the parts of what is composed of multipart/*.
inline constexpr std::string_view kBoundary = "mockduit-part";

// Whether a list of that type is one item a line; the type without its parameters, in small
// letters.
bool IsOfLines(std::string_view name);

struct WrittenBody {
  std::string text;
  std::string note;  // what is not as the type would have it; "" where all is
};

// `media` has the `encoding` of forms and parts; `schema` is that of the value. Texts are taken for
// bodies as they stand.
WrittenBody WrittenAs(const std::string& type, const Json& value, const Json& schema,
                      const Json& media, WholeDocument& document);

}  // namespace mockduit
