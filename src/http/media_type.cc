#include "http/media_type.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "base/text.h"
#include "http/headers.h"

namespace mockduit {
namespace {

constexpr int kWhole = 1000;

// Takes what stands before the first separator that is not within quotes.
std::string_view TakeUnquoted(std::string_view& rest, char separator) {
  bool quoted = false;
  std::size_t end = 0;
  for (; end < rest.size(); ++end) {
    if (quoted && rest[end] == '\\') {
      ++end;
    } else if (rest[end] == '"') {
      quoted = !quoted;
    } else if (!quoted && rest[end] == separator) {
      break;
    }
  }
  const std::string_view taken = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return taken;
}

std::string Unquoted(std::string_view text) {
  text = Trim(text);
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::string(text);
  std::string plain;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == '\\' && i + 2 < text.size()) ++i;
    plain += text[i];
  }
  return plain;
}

bool EndsIn(std::string_view text, std::string_view end) {
  return text.size() > end.size() && EqualsIgnoringCase(text.substr(text.size() - end.size()), end);
}

std::pair<std::string_view, std::string_view> Halves(std::string_view type) {
  type = WithoutParameters(type);
  const std::size_t slash = std::min(type.find('/'), type.size());
  return {type.substr(0, slash), type.substr(std::min(slash + 1, type.size()))};
}

// "0.5" as 500; 1000 where it is no weight, as of a client that writes none.
int ReadWeight(std::string_view text) {
  const auto weight = ParseNumber<double>(Trim(text));
  if (!weight) return kWhole;
  return static_cast<int>(std::lround(std::clamp(*weight, 0.0, 1.0) * kWhole));
}

// The weight of one range of an Accept.
int WeightWritten(std::string_view range) {
  const auto q = MediaParameter(range, "q");
  return q ? ReadWeight(*q) : kWhole;
}

// Of types that begin so. Where nobody knows a plain one, "example" is a subtype (RFC 4735).
std::string PlainTypeOf(const std::string& top, bool is_text) {
  struct Plain {
    std::string_view top;
    std::string_view sub;
  };
  static constexpr std::array kPlain = {Plain{"application", "json"}, Plain{"text", "plain"},
                                        Plain{"image", "png"},        Plain{"audio", "mpeg"},
                                        Plain{"video", "mp4"},        Plain{"multipart", "mixed"},
                                        Plain{"font", "woff2"}};
  if (top == "*") return is_text ? "text/plain" : "application/json";
  const auto known = std::ranges::find(kPlain, top, &Plain::top);
  return top + "/" + std::string(known != kPlain.end() ? known->sub : "example");
}

}  // namespace

std::string_view WithoutParameters(std::string_view type) {
  return Trim(type.substr(0, type.find(';')));
}

BodyKind KindOfType(std::string_view type) {
  static constexpr std::array<std::string_view, 5> kTexts = {
      "application/xml", "application/yaml", "application/x-yaml", "application/javascript",
      "application/x-ndjson"};
  const std::string_view essence = WithoutParameters(type);
  if (EqualsIgnoringCase(essence, "application/json") || EqualsIgnoringCase(essence, "text/json") ||
      EndsIn(essence, "+json")) {
    return BodyKind::kJson;
  }
  if (EqualsIgnoringCase(essence, "application/x-www-form-urlencoded")) return BodyKind::kForm;
  const std::string_view top = Halves(essence).first;
  if (EqualsIgnoringCase(top, "multipart")) return BodyKind::kMultipart;
  const auto is_it = [&](std::string_view text) { return EqualsIgnoringCase(essence, text); };
  const bool is_text = EqualsIgnoringCase(top, "text") || EndsIn(essence, "+xml") ||
                       EndsIn(essence, "+yaml") || std::ranges::any_of(kTexts, is_it);
  return is_text ? BodyKind::kText : BodyKind::kBytes;
}

bool IsMediaRange(std::string_view type) { return Halves(type).second == "*"; }

bool IsMediaType(std::string_view type) {
  const auto [top, sub] = Halves(type);
  return IsToken(top) && IsToken(sub) && (top != "*" || sub == "*");
}

std::optional<std::string> MediaParameter(std::string_view type, std::string_view name) {
  TakeUnquoted(type, ';');
  while (!type.empty()) {
    std::string_view value = TakeUnquoted(type, ';');
    const std::string_view key = Trim(TakeUntil(value, "="));
    if (EqualsIgnoringCase(key, name)) return Unquoted(value);
  }
  return std::nullopt;
}

int Closeness(std::string_view range, std::string_view type) {
  const auto [range_top, range_sub] = Halves(range);
  const auto [top, sub] = Halves(type);
  int closeness = 0;
  if (range_top == "*" && range_sub == "*") {
    closeness = 1;
  } else if (EqualsIgnoringCase(range_top, top) && range_sub == "*") {
    closeness = 2;
  } else if (EqualsIgnoringCase(range_top, top) && EqualsIgnoringCase(range_sub, sub)) {
    closeness = 3;
  } else {
    return 0;
  }
  TakeUnquoted(range, ';');
  while (!range.empty()) {
    std::string_view value = TakeUnquoted(range, ';');
    const std::string_view key = Trim(TakeUntil(value, "="));
    if (key.empty() || EqualsIgnoringCase(key, "q")) continue;
    const auto of_type = MediaParameter(type, key);
    if (!of_type) continue;
    if (!EqualsIgnoringCase(*of_type, Unquoted(value))) return 0;
    ++closeness;
  }
  return closeness;
}

bool AcceptsSome(std::string_view accept, std::string_view range) {
  if (Trim(accept).empty()) return true;
  while (!accept.empty()) {
    const std::string_view one = TakeUnquoted(accept, ',');
    const std::string_view name = WithoutParameters(one);
    const bool is_inside = Closeness(range, name) > 0 || Closeness(name, range) > 0;
    if (is_inside && WeightWritten(one) > 0) return true;
  }
  return false;
}

std::string TypeInside(std::string_view range, std::string_view accept, bool is_text) {
  std::string chosen = PlainTypeOf(LowerCase(Halves(range).first), is_text);
  const BodyKind kind = KindOfType(chosen);
  int best = 0;
  while (!accept.empty()) {
    const std::string_view one = TakeUnquoted(accept, ',');
    const std::string_view name = WithoutParameters(one);
    const bool is_it = IsMediaType(name) && !IsMediaRange(name) && KindOfType(name) == kind &&
                       Closeness(range, name) > 0;
    const int weight = is_it ? WeightWritten(one) : 0;
    if (weight <= best) continue;
    best = weight;
    chosen = name;
  }
  return chosen;
}

int WeightOf(std::string_view accept, std::string_view type) {
  if (Trim(accept).empty()) return kWhole;
  int closest = 0;
  int weight = 0;
  while (!accept.empty()) {
    const std::string_view range = TakeUnquoted(accept, ',');
    const int closeness = Closeness(range, type);
    if (closeness <= closest) continue;
    closest = closeness;
    weight = WeightWritten(range);
  }
  return weight;
}

std::optional<std::size_t> ChooseType(std::string_view accept,
                                      const std::vector<std::string_view>& types) {
  std::optional<std::size_t> chosen;
  int best = 0;
  for (std::size_t i = 0; i < types.size(); ++i) {
    const int weight = WeightOf(accept, types[i]);
    if (weight <= best) continue;
    best = weight;
    chosen = i;
  }
  return chosen;
}

}  // namespace mockduit
