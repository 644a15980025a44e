#include "vendors/fivetran/networking.h"

#include <algorithm>
#include <array>

namespace mockduit::fivetran {
namespace {

constexpr const char* kNetworkType = "connection_type";
constexpr const char* kMethod = "networking_method";

// Whether `shape` is an enum that has the word.
bool Has(const Json* shape, std::string_view word) {
  const Json::Array* words = shape != nullptr ? shape->Get("one_of").IfArray() : nullptr;
  return words != nullptr &&
         std::ranges::any_of(*words, [&](const Json& one) { return one.AsString() == word; });
}

bool IsMethod(std::string_view word) {
  static constexpr std::array<std::string_view, 4> kMethods = {"Directly", "SshTunnel",
                                                               "PrivateLink", "ProxyAgent"};
  return std::ranges::find(kMethods, word) != kMethods.end();
}

bool NamesTunnel(const Json& config) {
  static constexpr std::array<const char*, 3> kFields = {"tunnel_host", "tunnel_port",
                                                         "tunnel_user"};
  return std::ranges::any_of(kFields, [&](const char* field) {
    const Json& value = config.Get(field);
    return value.IsString() ? !value.AsString().empty() : value.AsNumber() > 0;
  });
}

// What the request says of the way by its config, in the words of the type; "" where it says
// nothing. Null asks for what is usual, which the connection has by now.
std::string WayOfConfig(const Json& sent, const Json* shape, const Json& config) {
  const Json* type = sent.Find(kNetworkType);
  if (type != nullptr && !type->IsNull()) return std::string(type->AsString());
  if (NamesTunnel(sent) && Has(shape, "SshTunnel")) return "SshTunnel";
  return type != nullptr ? std::string(config.Get(kNetworkType).AsString()) : "";
}

}  // namespace

void AlignNetworking(const Json& request, const Types& types, Json& connection) {
  const Json& sent = request.Get("config");
  if (request.Get(kMethod).IsNull() && !sent.IsObject()) return;
  const std::string service(connection.Get("service").AsString());
  const std::string type_at = std::string("/config/") + kNetworkType;
  const Json* shape = types.FindField(service, "config", kNetworkType);
  if (request.Get(kMethod).IsNull()) {
    const std::string way = WayOfConfig(sent, shape, connection.Get("config"));
    if (IsMethod(way)) connection.Set(kMethod, way);
    if (Has(shape, way)) connection.SetAt(type_at, way);
  } else if (sent.Get(kNetworkType).IsNull() && Has(shape, connection.Get(kMethod).AsString())) {
    connection.SetAt(type_at, connection.Get(kMethod));
  }
  const Json* told = types.FindField(service, "read_only", kNetworkType);
  if (Has(told, connection.Get(kMethod).AsString())) {
    connection.SetAt(type_at, connection.Get(kMethod));
  }
}

}  // namespace mockduit::fivetran
