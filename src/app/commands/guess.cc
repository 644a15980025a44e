// `mockduit guess`: writes down what an OpenAPI document does not say: which calls keep what.
#include <iostream>
#include <memory>

#include "adopt/adopt.h"
#include "adopt/gather_files.h"
#include "adopt/guess.h"
#include "adopt/overlay.h"
#include "app/commands/commands.h"
#include "app/complain.h"
#include "app/output.h"
#include "base/file.h"
#include "base/yaml_text.h"

namespace mockduit {
namespace {

struct GuessOptions {
  std::vector<std::string> paths;
  std::string output;
  bool force = false;
};

constexpr const char* kGuessHelp =
    "Writes an overlay beside the document, nango.mockduit.yaml beside nango.yaml, which "
    "--contract\n"
    "picks up: POST /things, GET /things and GET, PATCH, PUT, DELETE /things/{id} of one schema "
    "make,\n"
    "list, show, change and delete what a session keeps. Read it, and edit it.\n"
    "Exit code 0: it is written; 1: nothing was plain enough; 2: the document cannot be read, or "
    "the\n"
    "overlay is there.\n"
    "Examples:\n"
    "  mockduit guess nango.yaml                 writes nango.mockduit.yaml\n"
    "  mockduit guess nango.yaml --output -      shows it";

std::string TextOf(const Guess& guess, const std::string& document) {
  std::string text =
      "# What " + document.substr(document.rfind('/') + 1) +
      " does not say: which calls make, keep, find, change and delete something.\n"
      "# `mockduit guess` took it from paths and schemas. It is yours to edit: effects, "
      "lifecycles, webhooks,\n# declined operations, seed and keys are those of "
      "docs/contracts.md.\n";
  for (const std::string& passed : guess.passed) text += "# Passed over: " + passed + ".\n";
  return text + ToYaml(guess.overlay);
}

int RunGuess(const GuessOptions& options) {
  if (options.paths.size() > 1) return Complain(kMisused, "one document at a time");
  const std::string path = PathsOf(options.paths).front();
  auto document = ReadOpenApi(path);
  if (!document) return Complain(kMisused, document.error());
  const Guess guess = GuessOverlay(document->yaml.root);
  for (const std::string& passed : guess.passed) std::cerr << "passed over: " << passed << "\n";
  for (const std::string& made : guess.made) std::cerr << made << "\n";
  if (guess.made.empty()) {
    return Complain(kFailed, "no path of " + path +
                                 " has both POST and, below it, GET of one "
                                 "resource; nothing is written");
  }
  const std::string text = TextOf(guess, path);
  if (options.output == "-") return Print(text);
  const std::string output = options.output.empty() ? OverlayPathOf(path) : options.output;
  if (!options.force && FileExists(output)) {
    return Complain(kMisused, output + " is there already; --force writes over it");
  }
  if (const auto written = WriteFile(output, text); !written) {
    return Complain(kMisused, written.error().message);
  }
  std::cerr << "wrote " << output << "; mockduit lint " << path
            << " tells its mistakes; a server takes it up when it starts\n";
  return 0;
}

}  // namespace

Command GuessCommand() {
  const auto options = std::make_shared<GuessOptions>();
  Command command{"guess", "write down which calls of an OpenAPI document keep what", kGuessHelp};
  command.options.push_back(
      TextOption("--output", options->output, "FILE", "where it is written; - is standard output"));
  command.options.push_back(
      FlagOption("--force", options->force, "write over a file that is there"));
  command.words = {"PATH", "an OpenAPI document, or NAME=PATH as --contract takes it",
                   "PATH is missing: name an OpenAPI document", &options->paths};
  command.run = [options](const auto&) { return RunGuess(*options); };
  return command;
}

}  // namespace mockduit
