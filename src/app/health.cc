#include <iostream>

#include "app/commands.h"
#include "base/json.h"
#include "server/http_client.h"

namespace mockduit {

int Health(const std::string& url) {
  constexpr std::chrono::seconds kPatience{2};
  const auto answer = Fetch("GET", url + "/__admin/health", {}, "", kPatience);
  if (!answer) return Complain(1, answer.error().message);
  const auto body = Json::Parse(answer->body);
  const Json* status = body ? body->Find("status") : nullptr;
  if (answer->status != 200 || status == nullptr) {
    return Complain(1,
                    url + " answers " + std::to_string(answer->status) + ", but not as mockduit");
  }
  std::cout << status->AsString() << std::endl;
  return status->AsString() == "ok" ? 0 : 1;
}

}  // namespace mockduit
