#include "contract/formats.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/suggest.h"
#include "base/text.h"
#include "contract/formats/checks.h"

namespace mockduit {
namespace {

constexpr std::array<TextFormat, 23> kTexts = {{
    {"date-time", WhyNoDateTime},
    {"date", WhyNoDate},
    {"time", WhyNoTime},
    {"duration", WhyNoDuration},
    {"uuid", WhyNoUuid},
    {"any-uuid", WhyNoUuidOfAnyForm},
    {"email", WhyNoEmail},
    {"idn-email", WhyNoIdnEmail},
    {"hostname", WhyNoHostname},
    {"ipv4", WhyNoIpv4},
    {"ipv6", WhyNoIpv6},
    {"uri", WhyNoUri},
    {"uri-reference", WhyNoUriReference},
    {"iri", WhyNoIri},
    {"iri-reference", WhyNoIriReference},
    {"uri-template", WhyNoUriTemplate},
    {"json-pointer", WhyNoJsonPointer},
    {"relative-json-pointer", WhyNoRelativeJsonPointer},
    {"regex", WhyNoRegex},
    {"byte", WhyNoBase64},
    {"base64url", WhyNoBase64Url},
    {"char", WhyNoCharacter},
    {"date-time-local", WhyNoLocalDateTime},
}};

constexpr std::array<NumberFormat, 8> kNumbers = {{
    {"int8", WhyNoSignedInteger<8>},
    {"int16", WhyNoSignedInteger<16>},
    {"int32", WhyNoSignedInteger<32>},
    {"int64", WhyNoSignedInteger<64>},
    {"uint8", WhyNoUnsignedInteger<8>},
    {"uint16", WhyNoUnsignedInteger<16>},
    {"uint32", WhyNoUnsignedInteger<32>},
    {"uint64", WhyNoUnsignedInteger<64>},
}};

// Of JSON Schema and of the OpenAPI format registry, that say nothing about which values are good,
// or nothing that can be told without tables of all languages.
constexpr std::array<std::string_view, 21> kNoteFormats = {
    "binary",       "password",   "float",      "double",       "double-int",  "decimal",
    "decimal128",   "html",       "http-date",  "idn-hostname", "media-range", "commonmark",
    "single-quote", "sf-binary",  "sf-boolean", "sf-decimal",   "sf-integer",  "sf-string",
    "sf-token",     "time-local", "url"};

}  // namespace

const TextFormat* FindTextFormat(std::string_view name) {
  const auto* const found = std::ranges::find(kTexts, name, &TextFormat::name);
  return found != kTexts.end() ? found : nullptr;
}

const NumberFormat* FindNumberFormat(std::string_view name) {
  const auto* const found = std::ranges::find(kNumbers, name, &NumberFormat::name);
  return found != kNumbers.end() ? found : nullptr;
}

bool IsNoteOfFormat(std::string_view name) {
  return std::ranges::find(kNoteFormats, name) != kNoteFormats.end();
}

std::string AdviceOnFormat(std::string_view format) {
  if (FindTextFormat(format) != nullptr || FindNumberFormat(format) != nullptr) return "";
  if (IsNoteOfFormat(format)) return "";
  std::vector<std::string> names;
  for (const TextFormat& known : kTexts) names.emplace_back(known.name);
  return DidYouMean(format, names);
}

std::optional<std::string> CanonicalUuid(std::string_view text) {
  if (WhyNoUuidOfAnyForm(text)) return std::nullopt;
  if (text.starts_with("urn:uuid:")) text.remove_prefix(9);
  std::string uuid;
  for (const char c : LowerCase(text)) {
    if (c == '-' || c == '{' || c == '}') continue;
    if (uuid.size() == 8 || uuid.size() == 13 || uuid.size() == 18 || uuid.size() == 23)
      uuid += '-';
    uuid += c;
  }
  return uuid;
}

Reason WhyNotOfFormat(std::string_view format, std::string_view text) {
  const TextFormat* known = FindTextFormat(format);
  return known != nullptr ? known->why_not(text) : std::nullopt;
}

}  // namespace mockduit
