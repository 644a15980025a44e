#include "engine/call.h"

namespace mockduit {

std::string Sent::Url() const {
  std::string url = base + path;
  if (url.ends_with('/')) url.pop_back();
  return url;
}

bool Sent::IsPreflight() const {
  return request.method == "OPTIONS" && request.headers.Find("Origin") != nullptr &&
         request.headers.Find("Access-Control-Request-Method") != nullptr;
}

std::string_view Sent::Method() const {
  return IsPreflight() ? request.headers.Get("Access-Control-Request-Method")
                       : std::string_view(request.method);
}

std::string_view Target::PathValue(std::string_view name) const {
  std::size_t index = 0;
  for (const UriTemplate::Segment& segment : operation.path.segments()) {
    if (!segment.is_variable) continue;
    if (segment.text == name && index < path_values.size()) return path_values[index];
    ++index;
  }
  return {};
}

}  // namespace mockduit
