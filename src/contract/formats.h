// The formats of JSON Schema and OpenAPI that are held: texts such as date-time, and numbers such
// as int32. Others are notes.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "contract/formats/reason.h"

namespace mockduit {

struct TextFormat {
  std::string_view name;
  Reason (*why_not)(std::string_view text);
};
struct NumberFormat {
  std::string_view name;
  Reason (*why_not)(const Json& number);
};

// nullptr where there is none of that name.
const TextFormat* FindTextFormat(std::string_view name);
const NumberFormat* FindNumberFormat(std::string_view name);

// True of those that say nothing about which values are good, "password" and "double" among them.
bool IsNoteOfFormat(std::string_view name);

// A UUID in small letters and with dashes; nothing where the text is none.
std::optional<std::string> CanonicalUuid(std::string_view text);

// "; did you mean 'email'?" of a format that is nearly one of ours and none of the registered ones;
// else "".
std::string AdviceOnFormat(std::string_view format);

// Nothing when `text` is of the format, or that is none of texts; else what is wrong with it.
Reason WhyNotOfFormat(std::string_view format, std::string_view text);

}  // namespace mockduit
