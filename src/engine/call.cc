#include "engine/call.h"

#include <algorithm>

#include "session/sessions.h"

namespace mockduit {

std::string Sent::Url() const {
  std::string url = base + path;
  if (url.ends_with('/')) url.pop_back();
  return url;
}

std::string Visit::LinkBase() const {
  if (!sent.pages.empty()) return std::string(sent.pages);
  std::string base = sent.base;
  if (sent.path_selector.empty() && session->name() != kDefaultSession) {
    base.insert(sent.own_size, "/@" + std::string(session->name()));
  }
  return base;
}

bool Sent::IsPreflight() const {
  return request.method == "OPTIONS" && request.headers.Find("Origin") &&
         request.headers.Find("Access-Control-Request-Method");
}

std::string_view Sent::Method() const {
  return IsPreflight() ? request.headers.Get("Access-Control-Request-Method")
                       : std::string_view(request.method);
}

std::string_view Target::PathValue(std::string_view name) const {
  const std::vector<std::string>& variables = operation.path.variables();
  const std::size_t count = std::min(variables.size(), path_values.size());
  for (std::size_t i = 0; i < count; ++i) {
    if (variables[i] == name) return path_values[i];
  }
  return {};
}

}  // namespace mockduit
