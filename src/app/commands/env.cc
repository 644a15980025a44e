// `mockduit env`: the variables by which clients find a running server, for a shell to take.
#include <memory>

#include "app/client_variables.h"
#include "app/commands/commands.h"
#include "app/commands/serving_options.h"
#include "app/complain.h"
#include "app/load.h"
#include "app/output.h"

namespace mockduit {
namespace {

struct EnvOptions {
  std::string url = DefaultUrl();
  std::string admin_token;
  LibraryOptions library;
  std::string format = "shell";
};

// 'it'\''s': a text that a shell takes as it is.
std::string InQuotes(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

int PrintVariables(const EnvOptions& options) {
  const auto catalog = LoadCatalog(options.library);
  if (!catalog) return Complain(kMisused, Lines(catalog.error()));
  std::string url = options.url;
  while (url.ends_with('/')) url.pop_back();
  std::string text;
  for (const auto& [name, value] : ClientVariables(url, options.admin_token, *catalog)) {
    text += options.format == "shell" ? "export " + name + "=" + InQuotes(value) + "\n"
                                      : name + "=" + value + "\n";
  }
  return Print(text);
}

}  // namespace

Command EnvCommand() {
  const auto options = std::make_shared<EnvOptions>();
  Command command{"env", "print the variables by which clients find a server",
                  "They are those that exec sets for its command.\n"
                  "Examples:\n"
                  "  eval \"$(mockduit env)\"\n"
                  "  mockduit env --format file > .env"};
  command.options.push_back(UrlOption("--url", options->url, "the server"));
  command.options.push_back(SecretOption("--admin-token", options->admin_token, "TOKEN",
                                         "what calls under /__admin must bear"));
  command.options.push_back(FixturesOption(options->library));
  command.options.push_back(ContractOption(options->library));
  command.options.push_back(ChoiceOption("--format", options->format, {"shell", "file"},
                                         "shell, for eval, or file, for an .env file"));
  command.run = [options](const auto&) { return PrintVariables(*options); };
  return command;
}

}  // namespace mockduit
