// SentValues: the values of a request's parameters that are more than one text, and all values of a
// name that comes several times.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "engine/call.h"

namespace mockduit {

// The fields of a header as the vendor sees them: without what of Prefer is ours.
std::vector<std::string> SentHeaders(const Sent& sent, std::string_view name);
// A parameter that is written in one of OpenAPI's styles; nothing where it was not sent.
std::optional<Json> ReadWritten(const Call& call, const Parameter& parameter);
// What templates know as request.query.NAME, by a dotted path: of a parameter that is a list or a
// map, that or what stands in it; of all others the text. Null where it was not sent.
Json QueryValueAt(const Sent& sent, const Call* call, std::string_view path);
// All values of that name as a list of texts; null where there is none.
Json QueryList(const Sent& sent, std::string_view name);
Json HeaderList(const Sent& sent, std::string_view name);
// A cookie's text; null where there is none.
Json CookieValue(const Sent& sent, std::string_view name);

}  // namespace mockduit
