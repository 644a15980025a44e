#include <algorithm>
#include <cstddef>

#include "base/text.h"
#include "contract/formats/checks.h"
#include "contract/formats/letters.h"
#include "http/headers.h"

namespace mockduit {
namespace {

bool IsLabel(std::string_view label, bool beyond_ascii) {
  constexpr std::size_t kMaxLabel = 63;
  if (label.empty() || label.size() > kMaxLabel) return false;
  if (label.front() == '-' || label.back() == '-') return false;
  return std::ranges::all_of(label, [&](char c) {
    return IsLetterOrDigit(c) || c == '-' || (beyond_ascii && IsBeyondAscii(c));
  });
}

bool IsHost(std::string_view text, bool beyond_ascii) {
  constexpr std::size_t kMaxHost = 253;
  if (text.empty() || text.size() > kMaxHost || text.ends_with('.')) return false;
  while (!text.empty()) {
    if (!IsLabel(TakeUntil(text, "."), beyond_ascii)) return false;
  }
  return true;
}

bool IsIpv4(std::string_view text) {
  int parts = 0;
  bool ended = false;  // by a number without a point behind it
  while (!text.empty()) {
    const std::size_t size = text.size();
    const std::string_view part = TakeUntil(text, ".");
    ended = part.size() == size;
    const bool has_zero = part.size() > 1 && part.starts_with('0');
    if (part.empty() || part.size() > 3 || !IsDigits(part) || has_zero) return false;
    if (ParseNumber<int>(part).value_or(256) > 255) return false;
    ++parts;
  }
  return parts == 4 && ended;
}

// How many groups of 16 bits there are; nothing where one is none. An IPv4 address may be the last.
std::optional<int> CountGroups(std::string_view text, bool may_end_in_ipv4) {
  if (text.empty()) return 0;
  int groups = 0;
  while (true) {
    const std::size_t colon = text.find(':');
    const std::string_view group = text.substr(0, colon);
    if (colon == std::string_view::npos && may_end_in_ipv4 && IsIpv4(group)) return groups + 2;
    if (group.empty() || group.size() > 4 || !std::ranges::all_of(group, IsHexDigit)) {
      return std::nullopt;
    }
    ++groups;
    if (colon == std::string_view::npos) return groups;
    text.remove_prefix(colon + 1);
  }
}

bool IsIpv6(std::string_view text) {
  constexpr int kGroups = 8;
  const std::size_t gap = text.find("::");
  if (gap == std::string_view::npos) return CountGroups(text, true) == kGroups;
  const auto before = CountGroups(text.substr(0, gap), false);
  const auto behind = CountGroups(text.substr(gap + 2), true);
  return before && behind && *before + *behind < kGroups;
}

// What may stand before the '@' (RFC 5321, section 4.1.2).
bool IsLocalPart(std::string_view text, bool beyond_ascii) {
  if (text.size() >= 2 && text.starts_with('"') && text.ends_with('"')) {
    text = text.substr(1, text.size() - 2);
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '"') return false;
      if (text[i] == '\\') ++i;  // what follows is meant as it is
      if (i == text.size()) return false;
      if (IsControl(text[i]) || (IsBeyondAscii(text[i]) && !beyond_ascii)) return false;
    }
    return true;
  }
  if (text.empty() || text.ends_with('.')) return false;
  while (!text.empty()) {
    const std::string_view atom = TakeUntil(text, ".");
    const bool is_good = std::ranges::all_of(atom, [&](char c) {
      return IsLetterOrDigit(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").contains(c) ||
             (beyond_ascii && IsBeyondAscii(c));
    });
    if (atom.empty() || !is_good) return false;
  }
  return true;
}

bool IsDomain(std::string_view text, bool beyond_ascii) {
  if (!text.starts_with('[') || !text.ends_with(']')) return IsHost(text, beyond_ascii);
  const std::string_view address = text.substr(1, text.size() - 2);
  constexpr std::string_view kIpv6 = "ipv6:";
  const bool is_6 = EqualsIgnoringCase(address.substr(0, kIpv6.size()), kIpv6);
  return is_6 ? IsIpv6(address.substr(kIpv6.size())) : IsIpv4(address);
}

Reason WhyNoAddress(std::string_view text, bool beyond_ascii) {
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == text.size()) {
    return "it must have an @-sign between two parts";
  }
  if (!IsLocalPart(text.substr(0, at), beyond_ascii)) {
    return "what stands before the @-sign is no name of a mailbox";
  }
  if (!IsDomain(text.substr(at + 1), beyond_ascii)) {
    return "what stands behind the @-sign is no host";
  }
  return std::nullopt;
}

}  // namespace

Reason WhyNoHostname(std::string_view text) {
  return IsHost(text, false) ? std::nullopt : Reason("it is no name of a host");
}

Reason WhyNoIpv4(std::string_view text) {
  return IsIpv4(text) ? std::nullopt : Reason("it is no IPv4 address");
}

Reason WhyNoIpv6(std::string_view text) {
  return IsIpv6(text) ? std::nullopt : Reason("it is no IPv6 address");
}

Reason WhyNoEmail(std::string_view text) { return WhyNoAddress(text, false); }
Reason WhyNoIdnEmail(std::string_view text) { return WhyNoAddress(text, true); }

}  // namespace mockduit
