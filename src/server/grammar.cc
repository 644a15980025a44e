#include "server/grammar.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "http/headers.h"

namespace mockduit {
namespace {

Objection StandsAlone(std::string_view what) {
  return {400, "A bare " + std::string(what) +
                   " stands in the request; lines end with CRLF (RFC 9112, section 2.2)."};
}

}  // namespace

std::expected<std::optional<std::string_view>, Objection> TakeLine(std::string_view& bytes) {
  const std::size_t end = bytes.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  if (end == 0 || bytes[end - 1] != '\r') return std::unexpected(StandsAlone("LF"));
  const std::string_view line = bytes.substr(0, end - 1);
  if (line.contains('\r')) return std::unexpected(StandsAlone("CR"));
  bytes.remove_prefix(end + 1);
  return line;
}

std::expected<FieldLine, Objection> ParseFieldLine(std::string_view line) {
  const auto bad = [](std::string reason) {
    return std::unexpected(Objection{400, std::move(reason)});
  };
  if (line.starts_with(' ') || line.starts_with('\t')) {
    return bad(
        "A header line begins with a blank: folded lines are not taken "
        "(RFC 9112, section 5.2).");
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) {
    // What follows the first word may be a credential.
    return bad("The header line that begins with " +
               Quoted(line.substr(0, line.find_first_of(" \t"))) +
               " has no colon (RFC 9112, section 5).");
  }
  const std::string_view name = line.substr(0, colon);
  if (name.ends_with(' ') || name.ends_with('\t')) {
    return bad("A blank stands between the header name " + Quoted(Trim(name)) +
               " and its colon (RFC 9112, section 5.1).");
  }
  if (!IsToken(name)) {
    return bad("The header name " + Quoted(name) + " is not a token (RFC 9110, section 5.1).");
  }
  const std::string_view value = Trim(line.substr(colon + 1));
  if (HasControlCharacter(value)) {
    return bad("The value of " + std::string(name) +
               " has a control character (RFC 9110, section 5.5).");
  }
  return FieldLine{name, value};
}

bool HasControlCharacter(std::string_view text) {
  return HasControl(text) && std::ranges::any_of(text, [](unsigned char c) {
           return (c < 0x20 && c != '\t') || c == 0x7F;
         });
}

std::vector<std::string_view> SplitList(std::string_view text) {
  std::vector<std::string_view> elements;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(','), text.size());
    const std::string_view element = Trim(text.substr(0, end));
    if (!element.empty()) elements.push_back(element);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return elements;
}

std::string QuotedUrl(std::string_view text) {
  std::string shown(text.substr(0, text.find('?')));
  if (const std::size_t at = shown.rfind('@'); at != std::string::npos) {
    const std::size_t slashes = shown.rfind("//", at);
    const std::size_t blank = shown.find_last_of(" \t", at);
    std::size_t start = 0;
    if (blank != std::string::npos) start = blank + 1;
    if (slashes != std::string::npos) start = slashes + 2;
    shown.replace(start, at - start, "...");
  }
  if (text.contains('?')) shown += "?...";
  return Quoted(shown);
}

std::string Quoted(std::string_view text) {
  constexpr std::size_t kMaxShown = 60;
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string quoted = "\"";
  for (const char c : text.substr(0, kMaxShown)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7F) {
      quoted += c;
    } else {
      quoted.append({'\\', 'x', kHex[byte >> 4], kHex[byte & 0xF]});
    }
  }
  return quoted + (text.size() > kMaxShown ? "...\"" : "\"");
}

}  // namespace mockduit
