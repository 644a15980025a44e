#include "engine/selector.h"

#include "scenario/scenario.h"

namespace mockduit {
namespace {

Result<void> CheckName(std::string_view kind, std::string_view name) {
  if (IsName(name)) return {};
  return Fail("'" + std::string(name) + "' is no " + std::string(kind) +
              " name: a name begins with a-z or 0-9, goes on with a-z, 0-9, '.', '_' or '-', and "
              "has at most 64 characters");
}

}  // namespace

std::string Selector::Text() const {
  std::string text;
  if (!scenario.empty()) text += "~" + scenario;
  if (!session.empty()) text += "@" + session;
  return text;
}

Result<Selector> ParseSelector(std::string_view text) {
  Selector selector;
  const std::size_t at = text.find('@');
  if (text.starts_with('~')) {
    selector.scenario = text.substr(1, at == std::string_view::npos ? at : at - 1);
    if (auto named = CheckName("scenario", selector.scenario); !named) {
      return std::unexpected(named.error());
    }
  }
  if (at != std::string_view::npos) {
    selector.session = text.substr(at + 1);
    if (auto named = CheckName("session", selector.session); !named) {
      return std::unexpected(named.error());
    }
  }
  return selector;
}

std::size_t SelectorStart(std::string_view credential) { return credential.find_first_of("~@"); }

}  // namespace mockduit
