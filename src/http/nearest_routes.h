// Which routes a path that nobody answers may have been meant for. Used by the engine and by the
// control API.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/uri_template.h"

namespace mockduit {

struct KnownRoute {
  std::string_view method;
  const UriTemplate* path;
};

// As "GET /v1/groups/{id}", at most three: those whose path is near, whatever stands in the place
// of its variables. The nearest is first, and of two as near the one of the same method.
std::vector<std::string> NearestRoutes(std::string_view method, std::string_view path,
                                       const std::vector<KnownRoute>& routes);

}  // namespace mockduit
