#include <algorithm>
#include <cstddef>

#include "contract/formats/checks.h"
#include "contract/formats/letters.h"

namespace mockduit {
namespace {

struct Grammar {
  bool beyond_ascii;  // of IRIs

  // Only such characters, and escapes of two hexadecimal digits.
  bool IsMadeOf(std::string_view text, std::string_view marks) const {
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      if (c == '%') {
        if (i + 2 >= text.size() || !IsHexDigit(text[i + 1]) || !IsHexDigit(text[i + 2])) {
          return false;
        }
        i += 2;
      } else if (!IsLetterOrDigit(c) && !marks.contains(c) && !(beyond_ascii && IsBeyondAscii(c))) {
        return false;
      }
    }
    return true;
  }
};

constexpr std::string_view kName = "-._~!$&'()*+,;=";  // unreserved and sub-delims
constexpr std::string_view kUser = "-._~!$&'()*+,;=:";
constexpr std::string_view kPath = "-._~!$&'()*+,;=:@/";
constexpr std::string_view kQuery = "-._~!$&'()*+,;=:@/?";

bool IsScheme(std::string_view text) {
  return !text.empty() && IsLetter(text.front()) && std::ranges::all_of(text, [](char c) {
    return IsLetterOrDigit(c) || c == '+' || c == '-' || c == '.';
  });
}

// "v1.x" of RFC 3986, for addresses to come.
bool IsFutureAddress(std::string_view text) {
  if (text.empty() || (text.front() != 'v' && text.front() != 'V')) return false;
  text.remove_prefix(1);
  const std::string_view version = TakeUntil(text, ".");
  return !version.empty() && std::ranges::all_of(version, IsHexDigit) && !text.empty() &&
         Grammar{false}.IsMadeOf(text, kUser) && !text.contains('%');
}

bool IsAuthority(std::string_view text, const Grammar& grammar) {
  const std::size_t at = text.rfind('@');
  if (at != std::string_view::npos) {
    if (!grammar.IsMadeOf(text.substr(0, at), kUser)) return false;
    text.remove_prefix(at + 1);
  }
  std::string_view port;
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) return false;
    const std::string_view address = text.substr(1, end - 1);
    if (WhyNoIpv6(address) && !IsFutureAddress(address)) return false;
    port = text.substr(end + 1);
  } else {
    const std::size_t end = std::min(text.find(':'), text.size());
    if (!grammar.IsMadeOf(text.substr(0, end), kName)) return false;
    port = text.substr(end);
  }
  return port.empty() || (port.front() == ':' && IsDigits(port.substr(1)));
}

// What is wrong with it, or nothing.
Reason WhyNone(std::string_view text, const Grammar& grammar, bool needs_scheme) {
  const auto blank = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
  if (std::ranges::any_of(text, blank)) return "it holds a space or a control character";
  const std::string_view hash_part = text.substr(std::min(text.find('#'), text.size()));
  std::string_view rest = text.substr(0, text.size() - hash_part.size());
  if (!hash_part.empty() && !grammar.IsMadeOf(hash_part.substr(1), kQuery)) {
    return "it holds a character that must be written as %XX";
  }
  const std::string_view query = rest.substr(std::min(rest.find('?'), rest.size()));
  rest.remove_suffix(query.size());
  if (!query.empty() && !grammar.IsMadeOf(query.substr(1), kQuery)) {
    return "it holds a character that must be written as %XX";
  }
  const std::size_t colon = rest.find(':');
  const bool has_scheme = colon != std::string_view::npos && colon < rest.find('/');
  if (needs_scheme && !(has_scheme && colon > 0)) return "it has no scheme";
  if (has_scheme && !IsScheme(rest.substr(0, colon))) return "what stands before ':' is no scheme";
  if (has_scheme) rest.remove_prefix(colon + 1);
  if (rest.starts_with("//")) {
    rest.remove_prefix(2);
    const std::size_t end = std::min(rest.find('/'), rest.size());
    if (!IsAuthority(rest.substr(0, end), grammar)) return "its host is none";
    rest.remove_prefix(end);
  }
  if (grammar.IsMadeOf(rest, kPath)) return std::nullopt;
  return "it holds a character that must be written as %XX";
}

// "{?x,list*,count:3}" without its braces.
bool IsExpression(std::string_view text) {
  if (!text.empty() && std::string_view("+#./;?&=,!@|").contains(text.front())) {
    text.remove_prefix(1);
  }
  if (text.empty() || text.ends_with(',')) return false;
  while (!text.empty()) {
    std::string_view name = TakeUntil(text, ",");
    if (name.ends_with('*')) {
      name.remove_suffix(1);
    } else if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) {
      const std::string_view length = name.substr(colon + 1);
      const bool is_good =
          IsDigits(length) && !length.empty() && length.size() <= 4 && !length.starts_with('0');
      if (!is_good) return false;
      name = name.substr(0, colon);
    }
    if (name.empty() || !Grammar{false}.IsMadeOf(name, "_.")) return false;
  }
  return true;
}

}  // namespace

Reason WhyNoUri(std::string_view text) { return WhyNone(text, {false}, true); }
Reason WhyNoUriReference(std::string_view text) { return WhyNone(text, {false}, false); }
Reason WhyNoIri(std::string_view text) { return WhyNone(text, {true}, true); }
Reason WhyNoIriReference(std::string_view text) { return WhyNone(text, {true}, false); }

Reason WhyNoUriTemplate(std::string_view text) {
  constexpr std::string_view kReserved = ":/?#[]@!$&'()*+,;=-._~";
  while (!text.empty()) {
    const std::size_t open = std::min(text.find('{'), text.size());
    if (!Grammar{true}.IsMadeOf(text.substr(0, open), kReserved)) {
      return "it holds a character that must be written as %XX";
    }
    text.remove_prefix(open);
    if (text.empty()) break;
    const std::size_t close = text.find('}');
    if (close == std::string_view::npos) return "a '{' is not closed";
    if (!IsExpression(text.substr(1, close - 1))) return "what stands in braces is no expression";
    text.remove_prefix(close + 1);
  }
  return std::nullopt;
}

}  // namespace mockduit
