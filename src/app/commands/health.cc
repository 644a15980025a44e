// `mockduit health`: asks a running server whether it is well.
#include <memory>

#include "app/admin_client.h"
#include "app/commands/commands.h"
#include "app/complain.h"
#include "app/output.h"

namespace mockduit {
namespace {

int Health(const std::string& url) {
  constexpr std::chrono::seconds kTimeout{2};
  const AdminClient server(url, "", kTimeout);
  const auto health = server.GetJson("/health");
  if (!health) return Complain(health.error());
  const Json* status = health->Find("status");
  if (status == nullptr) return Complain(server.NotMockduit(200).error());
  const int printed = Print(std::string(status->AsString()) + "\n");
  return status->AsString() == "ok" ? printed : kFailed;
}

}  // namespace

Command HealthCommand() {
  const auto url = std::make_shared<std::string>(DefaultUrl());
  Command command{"health", "ask a running server whether it is well"};
  command.options.push_back(UrlOption("--url", *url, "the server"));
  command.footer =
      "Examples:\n"
      "  mockduit health                              of the server on port 8080\n"
      "  mockduit health --url http://127.0.0.1:9090  exit code 0 when it is well";
  command.run = [url](const auto&) { return Health(*url); };
  return command;
}

}  // namespace mockduit
