// The words for what is no YAML: our own, because the library's differ from one version to the
// next. Used by yaml.cc, and by json_document.cc and cut_document.cc for what both refuse.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mockduit {

inline constexpr std::string_view kYamlTab = "a tab cannot indent YAML; use spaces";
inline constexpr std::string_view kYamlNeverClosed = "the text in quotes is never closed";
inline constexpr std::string_view kYamlSecondDocument =
    "a file holds one document; another begins here";
inline constexpr std::string_view kYamlStray =
    "this continues neither the value before it nor its map or list; write 'key: value' or "
    "'- item', or put a whole value in quotes";
inline constexpr std::string_view kNoMergeWords =
    "'<<' takes a map, or a list of maps; this is none, and nothing is merged";

// Of a key whose pointer is longer than `most` bytes.
inline constexpr std::string_view kCarriageReturns =
    "the lines of this file end in carriage returns alone; save it with line feeds";
std::string LongKeysWords(std::size_t most);
// Of a map or list that is left out, as it stands deeper than `most` levels.
std::string TooDeepWords(std::size_t most);
// Ours for `theirs`, which yaml-cpp says.
std::string YamlWords(std::string_view theirs);

}  // namespace mockduit
