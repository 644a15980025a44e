#include <iostream>

#include "app/admin_client.h"
#include "app/commands.h"

namespace mockduit {

int Health(const std::string& url) {
  constexpr std::chrono::seconds kPatience{2};
  const AdminClient server(url, "", kPatience);
  const auto health = server.GetJson("/health");
  if (!health) return Complain(health.error());
  const Json* status = health->Find("status");
  if (status == nullptr) return Complain(server.NotMockduit(200).error());
  std::cout << status->AsString() << std::endl;
  return status->AsString() == "ok" ? 0 : 1;
}

}  // namespace mockduit
