// FormatSamples: texts of the formats that schemas name.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace mockduit {

struct TextSample {
  std::string text;
  std::string fill;  // a template of what is new in each answer; "": nothing is
};

// A text of the format that has so many characters; nothing where the format is not known, or has
// none of such a length.
std::optional<TextSample> SampleOfFormat(std::string_view format, std::size_t least,
                                         std::size_t most);

}  // namespace mockduit
