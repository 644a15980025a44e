// The string formats that contracts name: uuid, date-time, uri, email. Other formats are notes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace mockduit {

// Nothing when `text` is of the format; else what is wrong with it, as a half-sentence.
std::optional<std::string> WhyNotOfFormat(std::string_view format, std::string_view text);

// A UUID in small letters and with dashes; nothing where the text is none.
std::optional<std::string> CanonicalUuid(std::string_view text);

// "; did you mean 'email'?" of a format that is nearly one of ours and none of the registered ones;
// else "".
std::string AdviceOnFormat(std::string_view format);

}  // namespace mockduit
