#include "adopt/names.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace mockduit {
namespace {

bool IsWordCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || IsDigit(c);
}

// The letters and digits of a text, what stands between them as one `separator`.
std::string Joined(std::string_view text, char separator) {
  std::string joined;
  bool is_apart = false;
  for (const char c : text) {
    if (!IsWordCharacter(c)) {
      is_apart = true;
      continue;
    }
    if (is_apart && !joined.empty()) joined += separator;
    is_apart = false;
    joined += c;
  }
  return joined;
}

// "{id}:cancel" as "_by_id_cancel".
std::string NameOfSegment(std::string_view segment) {
  std::string name;
  while (!segment.empty()) {
    const std::size_t open = std::min(segment.find('{'), segment.size());
    const std::string text = Joined(segment.substr(0, open), '_');
    if (!text.empty()) name += "_" + text;
    if (open == segment.size()) break;
    const std::size_t close = std::min(segment.find('}', open), segment.size());
    const std::string variable = Joined(segment.substr(open, close - open), '_');
    if (!variable.empty()) name += "_by_" + variable;
    segment.remove_prefix(std::min(close + 1, segment.size()));
  }
  return name;
}

}  // namespace

std::string VendorNameOf(std::string_view title) {
  // What titles say besides the name.
  static constexpr std::array<std::string_view, 14> kNoise = {
      "api", "apis",   "rest", "public", "openapi", "specification", "spec",
      "the", "schema", "v1",   "v2",     "v3",      "documentation", "reference"};
  std::string name;
  const std::string words = Joined(LowerCase(title), '-');
  std::string_view rest = words;
  while (!rest.empty()) {
    const std::string_view word = TakeUntil(rest, "-");
    if (std::ranges::find(kNoise, word) != kNoise.end()) continue;
    if (!name.empty()) name += '-';
    name += word;
  }
  return name.empty() ? words : name;
}

std::string SingularOf(std::string word) {
  if (word.ends_with("ies") && word.size() > 4) return word.substr(0, word.size() - 3) + "y";
  for (const std::string_view ending : {"sses", "xes", "ches", "shes"}) {
    if (word.ends_with(ending)) return word.substr(0, word.size() - 2);
  }
  if (word.ends_with('s') && !word.ends_with("ss") && word.size() > 2) word.pop_back();
  return word;
}

std::string WhyNoVendorName(std::string_view name) {
  const bool good = !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || IsDigit(c) || c == '-' || c == '_';
  });
  if (good) return "";
  const std::string nearest = Joined(LowerCase(name), '-');
  return "'" + std::string(name) +
         "' is no name of a vendor: it has small letters, digits, '-' and "
         "'_'" +
         (nearest.empty() ? "" : "; did you mean '" + nearest + "'?");
}

std::string OperationNames::NameOf(std::string_view operation_id, std::string_view method,
                                   std::string_view path) {
  std::string name;
  // Slashes and dots have a meaning of their own where scenarios name operations.
  for (const char c : operation_id) name += IsWordCharacter(c) || c == '-' ? c : '_';
  if (Joined(name, '_').empty()) {
    name = LowerCase(method);
    while (!path.empty()) {
      name += NameOfSegment(TakeUntil(path, "/"));
    }
  }
  std::string unique = name;
  for (int& next = next_[name]; !taken_.insert(unique).second;) {
    next = std::max(next + 1, 2);
    unique = name + "_" + std::to_string(next);
  }
  return unique;
}

}  // namespace mockduit
