#include "engine/selector.h"

#include <algorithm>

#include "base/text.h"
#include "scenario/scenario.h"

namespace mockduit {

std::string MalformedName::Nearest() const {
  std::string nearest = LowerCase(name).substr(0, kMaxName);
  std::ranges::replace_if(nearest, [](char c) { return !IsNameCharacter(c); }, '-');
  nearest.erase(0, nearest.find_first_not_of("-._"));
  return nearest.empty() ? "default" : nearest;
}

std::expected<Selector, MalformedName> ParseSelector(std::string_view text,
                                                     std::string_view place) {
  Selector selector;
  const std::size_t at = std::min(text.find('@'), text.size());
  if (text.starts_with('~')) selector.scenario = text.substr(1, at - 1);
  if (at == text.size()) return selector;
  selector.session = text.substr(at + 1);
  if (IsName(selector.session)) return selector;
  return std::unexpected(MalformedName{selector.session, std::string(place)});
}

std::size_t SelectorStart(std::string_view credential) {
  std::size_t start = std::string_view::npos;
  if (const std::size_t at = credential.rfind('@');
      at != std::string_view::npos && IsName(credential.substr(at + 1))) {
    start = at;
    credential = credential.substr(0, at);
  }
  const std::size_t tilde = credential.rfind('~');
  if (tilde != std::string_view::npos && IsName(credential.substr(tilde + 1))) start = tilde;
  return start;
}

}  // namespace mockduit
