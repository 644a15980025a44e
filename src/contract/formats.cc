#include "contract/formats.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/suggest.h"
#include "base/text.h"
#include "base/time.h"

namespace mockduit {
namespace {

bool IsHex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// Accepts 32 hex digits, or groups of 8, 4, 4, 4 and 12 with hyphens between them; either may stand
// in braces or behind "urn:uuid:". The messages are those that servers show to their clients.
std::optional<std::string> WhyNoUuid(std::string_view text) {
  if (text.starts_with("urn:uuid:")) text.remove_prefix(9);
  if (text.starts_with('{') && text.ends_with('}')) text = text.substr(1, text.size() - 2);
  static constexpr std::array<std::size_t, 5> kGroups = {8, 4, 4, 4, 12};
  std::vector<std::size_t> groups{0};
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '-') {
      groups.push_back(0);
    } else if (IsHex(text[i])) {
      ++groups.back();
    } else {
      std::size_t end = i + 1;  // of the character, which may have several bytes
      while (end < text.size() && (text[end] & 0xC0) == 0x80) ++end;
      return "invalid character: expected an optional prefix of `urn:uuid:` followed by "
             "[0-9a-fA-F-], found `" +
             std::string(text.substr(i, end - i)) + "` at " + std::to_string(i + 1);
    }
  }
  if (groups.size() == 1) {
    if (text.size() == 32) return std::nullopt;
    return "invalid length: expected length 32 for simple format, found " +
           std::to_string(text.size());
  }
  if (groups.size() != kGroups.size()) {
    return "invalid group count: expected 5, found " + std::to_string(groups.size());
  }
  for (std::size_t i = 0; i < kGroups.size(); ++i) {
    if (groups[i] == kGroups[i]) continue;
    return "invalid group length in group " + std::to_string(i) + ": expected " +
           std::to_string(kGroups[i]) + ", found " + std::to_string(groups[i]);
  }
  return std::nullopt;
}

std::optional<std::string> WhyNoUri(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0) return "it has no scheme";
  const auto bad = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
  if (std::ranges::any_of(text, bad)) return "it holds a space or a control character";
  return std::nullopt;
}

std::optional<std::string> WhyNoEmail(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == text.size()) {
    return "it must have an @-sign between two parts";
  }
  return std::nullopt;
}

// Of JSON Schema and of the OpenAPI format registry, that are near one of ours.
constexpr std::array<std::string_view, 9> kOthers = {
    "time", "iri",      "idn-email",       "uri-reference", "uri-template",
    "url",  "duration", "date-time-local", "http-date"};

}  // namespace

std::string AdviceOnFormat(std::string_view format) {
  static const std::vector<std::string> kOurs = {"uuid", "uri", "email", "date", "date-time"};
  const bool is_known = std::ranges::find(kOurs, format) != kOurs.end() ||
                        std::ranges::find(kOthers, format) != kOthers.end();
  return is_known ? "" : DidYouMean(format, kOurs);
}

std::optional<std::string> CanonicalUuid(std::string_view text) {
  if (WhyNoUuid(text)) return std::nullopt;
  if (text.starts_with("urn:uuid:")) text.remove_prefix(9);
  std::string uuid;
  for (const char c : LowerCase(text)) {
    if (!IsHex(c)) continue;
    if (uuid.size() == 8 || uuid.size() == 13 || uuid.size() == 18 || uuid.size() == 23)
      uuid += '-';
    uuid += c;
  }
  return uuid;
}

std::optional<std::string> WhyNotOfFormat(std::string_view format, std::string_view text) {
  if (format == "uuid") return WhyNoUuid(text);
  if (format == "uri") return WhyNoUri(text);
  if (format == "email") return WhyNoEmail(text);
  if (format == "date") {
    const bool is_date = text.size() == 10 && ParseTime(text).has_value();
    return is_date ? std::nullopt : std::optional<std::string>("it is no date");
  }
  if (format == "date-time") {
    const auto time = ParseTime(text);
    return time ? std::nullopt : std::optional<std::string>("it is no date and time");
  }
  return std::nullopt;
}

}  // namespace mockduit
