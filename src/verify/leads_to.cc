#include "verify/leads_to.h"

#include "http/uri.h"

namespace mockduit {

bool LeadsTo(std::string_view location, const Entry& next) {
  if (const auto url = ParseUrl(location)) location = url->target;
  location = location.substr(0, location.find('#'));
  const std::size_t query = location.find('?');
  if (query != std::string_view::npos && location.substr(query + 1) != next.request().query) {
    return false;
  }
  location = location.substr(0, query);
  return !next.path.empty() && next.path != "/" && location.ends_with(next.path);
}

}  // namespace mockduit
