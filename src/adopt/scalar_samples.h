// ScalarSamples: texts and numbers that a schema accepts, for bodies that are composed from it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adopt/format_samples.h"
#include "base/json.h"

namespace mockduit {

// The whole number that a keyword such as minLength has in a schema.
std::size_t CountOf(const Json& schema, std::string_view keyword, std::size_t fallback);

// All that it says of texts by `pattern`, which is a list where several parts say something.
std::vector<std::string> PatternsOf(const Json& schema);

// By its pattern, its format, or what its `name` promises. Nothing where it would be too long.
std::optional<TextSample> SampleText(const Json& schema, const std::string& name);

// Whether that is a `contentEncoding` in which bytes do not stand as they are.
bool IsEncodingOfText(std::string_view encoding);
// Bytes in such an encoding; in any other, as they are.
std::string EncodedText(std::string_view bytes, std::string_view encoding);

// The number nearest to 1 within the bounds. Where a fraction is preferred, one that is not whole,
// if there may be such.
Json SampleNumber(const Json& schema, bool whole, bool prefers_fraction = false);

}  // namespace mockduit
