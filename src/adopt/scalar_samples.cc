#include "adopt/scalar_samples.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "adopt/pattern_sample.h"
#include "base/crypto.h"
#include "base/pattern.h"
#include "base/text.h"

namespace mockduit {
namespace {

// The format that a name promises where the schema says none: "created_at", "homepage_url".
std::string_view FormatOfName(std::string_view name) {
  const std::string lower = LowerCase(name);
  const auto ends = [&](std::string_view snake, std::string_view camel) {
    return lower == snake.substr(1) || lower.ends_with(snake) || name.ends_with(camel);
  };
  if (ends("_at", "At") || ends("_timestamp", "Timestamp")) return "date-time";
  if (ends("_uuid", "Uuid")) return "uuid";
  if (ends("_email", "Email")) return "email";
  if (ends("_url", "Url") || ends("_uri", "Uri")) return "uri";
  return "";
}

bool IsOf(std::string_view text, const std::vector<std::string>& patterns) {
  return std::ranges::all_of(patterns, [&](const std::string& pattern) {
    const auto compiled = Pattern::CompileEcma(pattern);
    return compiled && compiled->Matches(text);
  });
}

// A text of one of the patterns that is of the others, too, or two such texts together; else one of
// the first.
std::optional<std::string> SampleOfAll(const std::vector<std::string>& patterns, std::size_t least,
                                       std::size_t most) {
  std::vector<std::string> samples;
  for (const std::string& pattern : patterns) {
    auto sample = SampleOf(pattern, least);
    if (sample && sample->size() <= most) samples.push_back(*std::move(sample));
  }
  for (const std::string& sample : samples) {
    if (patterns.size() == 1 || IsOf(sample, patterns)) return sample;
  }
  for (const std::string& first : samples) {
    for (const std::string& second : samples) {
      if (first.size() + second.size() <= most && IsOf(first + second, patterns))
        return first + second;
    }
  }
  return samples.empty() ? std::nullopt : std::optional(samples.front());
}

// "displayName" and "display_name" as "display name".
std::string Words(const std::string& name) {
  std::string words;
  for (const char c : name) {
    const bool is_capital = c >= 'A' && c <= 'Z';
    if (is_capital && !words.empty() && words.back() != ' ') words += ' ';
    const bool is_letter = is_capital || (c >= 'a' && c <= 'z') || IsDigit(c);
    words += is_letter ? LowerCase(std::string_view(&c, 1)) : " ";
  }
  return words;
}

}  // namespace

std::size_t CountOf(const Json& schema, std::string_view keyword, std::size_t fallback) {
  const Json* count = schema.Find(keyword);
  if (count == nullptr || !count->IsNumber()) return fallback;
  return static_cast<std::size_t>(std::clamp(count->AsNumber(), 0.0, 1e9));
}

std::vector<std::string> PatternsOf(const Json& schema) {
  const Json& pattern = schema.Get("pattern");
  std::vector<std::string> patterns;
  if (pattern.IsString()) patterns.emplace_back(pattern.AsString());
  if (const Json::Array* several = pattern.IfArray()) {
    for (const Json& one : *several) patterns.emplace_back(one.AsString());
  }
  return patterns;
}

std::optional<TextSample> SampleText(const Json& schema, const std::string& name) {
  const std::size_t least = CountOf(schema, "minLength", 0);
  const std::size_t most = CountOf(schema, "maxLength", 1'000'000);
  const bool is_bound = least > 0 || schema.Find("maxLength") != nullptr;
  if (least > 10'000) return std::nullopt;
  const std::vector<std::string> patterns = PatternsOf(schema);
  std::string_view format = schema.Get("format").AsString();
  if (format.empty() && !is_bound && patterns.empty()) format = FormatOfName(name);
  std::optional<TextSample> known = SampleOfFormat(format, least, most);
  if (!patterns.empty() && !(known && IsOf(known->text, patterns))) {
    if (auto sample = SampleOfAll(patterns, least, most)) return TextSample{*std::move(sample), ""};
  }
  // What is new in each answer need not be of the pattern.
  if (known && !patterns.empty()) known->fill.clear();
  if (known) return known;
  std::string text = name.empty() ? "example" : "example " + Words(name);
  while (text.size() < least) text += " " + text;
  text.resize(std::min(text.size(), std::max(least, most)));
  while (text.ends_with(' ') && text.size() > least) text.pop_back();
  if (text.ends_with(' ')) text.back() = 'e';
  return TextSample{std::move(text), ""};
}

bool IsEncodingOfText(std::string_view encoding) {
  return encoding == "base64" || encoding == "base64url" || encoding == "base16";
}

std::string EncodedText(std::string_view bytes, std::string_view encoding) {
  if (encoding == "base64") return Base64Encode(bytes);
  if (encoding == "base64url") return Base64UrlEncode(bytes);
  if (encoding == "base16") return HexEncode(bytes, true);
  return std::string(bytes);
}

namespace {

constexpr double kMaxExact = 9e15;  // up to there a double holds every whole number

// A number past one, away from zero.
Json Beyond(const Json& number, bool is_above) {
  if (number.IsInteger() && number.IfDigits() == nullptr) {
    const std::int64_t whole = number.AsInteger();
    if (is_above && whole < INT64_MAX) return whole + 1;
    if (!is_above && whole > INT64_MIN) return whole - 1;
  }
  std::string digits = number.Dump();
  if (digits.find_first_of(".eE") != std::string::npos) return number.AsNumber() * 2;
  return Json::Number(digits + "0");
}

// Of bounds that no double holds as they are; nothing where they are none such.
std::optional<Json> LargeNumber(const Json& schema) {
  for (const bool is_above : {true, false}) {
    const std::string_view bound = is_above ? "minimum" : "maximum";
    const std::string_view exclusive = is_above ? "exclusiveMinimum" : "exclusiveMaximum";
    const auto is_large = [&](const Json& number) {
      return number.IsNumber() &&
             (is_above ? number.AsNumber() > kMaxExact : number.AsNumber() < -kMaxExact);
    };
    if (is_large(schema.Get(exclusive))) return Beyond(schema.Get(exclusive), is_above);
    if (!is_large(schema.Get(bound))) continue;
    const bool is_exclusive = schema.Get(exclusive).AsBool();
    return is_exclusive ? Beyond(schema.Get(bound), is_above) : schema.Get(bound);
  }
  return std::nullopt;
}

}  // namespace

Json SampleNumber(const Json& schema, bool whole, bool prefers_fraction) {
  if (schema.Find("multipleOf") == nullptr) {
    if (auto large = LargeNumber(schema)) return *std::move(large);
  }
  const auto bound = [&](std::string_view keyword) -> std::optional<double> {
    const Json* value = schema.Find(keyword);
    return value != nullptr && value->IsNumber() ? std::optional(value->AsNumber()) : std::nullopt;
  };
  const double step = bound("multipleOf").value_or(whole ? 1 : 0);
  const double apart = step > 0 ? step : 0.5;
  std::optional<double> least = bound("minimum");
  std::optional<double> most = bound("maximum");
  if (schema.Get("exclusiveMinimum").AsBool() && least) least = *least + apart;
  if (schema.Get("exclusiveMaximum").AsBool() && most) most = *most - apart;
  if (const auto above = bound("exclusiveMinimum")) {
    least = std::max(least.value_or(*above + apart), *above + apart);
  }
  if (const auto below = bound("exclusiveMaximum")) {
    most = std::min(most.value_or(*below - apart), *below - apart);
  }
  // Between two bounds that are near to each other.
  if (step == 0 && least && most && *least > *most) {
    const double below = bound("exclusiveMinimum").value_or(bound("minimum").value_or(*most));
    const double above = bound("exclusiveMaximum").value_or(bound("maximum").value_or(*least));
    if (below < above) least = most = (below + above) / 2;
  }
  double number = 1;
  if (least) number = std::max(number, *least);
  if (most) number = std::min(number, *most);
  if (step > 0) {
    const double up = std::ceil(number / step) * step;
    number = most && up > *most ? std::floor(number / step) * step : up;
  }
  if (!std::isfinite(number)) number = 1;
  if (prefers_fraction && step == 0 && number == std::floor(number)) {
    number += most && number + 0.5 > *most ? -0.5 : 0.5;
  }
  if (std::abs(number) < kMaxExact && number == std::floor(number)) {
    return Json(static_cast<std::int64_t>(number));
  }
  return Json(number);
}

}  // namespace mockduit
