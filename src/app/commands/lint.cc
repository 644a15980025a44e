// `mockduit lint`: reads scenario files and tells every mistake.
#include <algorithm>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>

#include "app/commands/commands.h"
#include "app/commands/serving_options.h"
#include "app/complain.h"
#include "app/load.h"
#include "base/file.h"
#include "scenario/read/scenario.h"

namespace mockduit {
namespace {

constexpr const char* kHelp =
    "Exit code 0: no mistake; 1: mistakes; 2: a path cannot be read.\n"
    "Examples:\n"
    "  mockduit lint scenarios/\n"
    "  mockduit lint --format json mine.yaml";

// The files that the paths name. The error is a path that cannot be read.
Result<std::vector<TextFile>> FilesOf(const std::vector<std::string>& paths) {
  std::vector<TextFile> files;
  for (const std::string& path : paths) {
    if (!IsDirectory(path)) {
      auto file = ReadFile(path);
      if (!file) return std::unexpected(file.error());
      files.push_back(std::move(*file));
      continue;
    }
    auto below = ReadFiles(path);
    if (!below) return std::unexpected(below.error());
    if (below->empty()) return Fail("there is no .yaml, .yml or .json file in " + path);
    std::ranges::move(*below, std::back_inserter(files));
  }
  return files;
}

std::string Count(std::size_t number, const std::string& what) {
  return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

Json ToJson(const std::vector<Problem>& problems, std::size_t files) {
  Json list = Json::MakeArray();
  for (const Problem& problem : problems) {
    list.Append(Json::MakeObject({{"file", problem.file},
                                  {"line", problem.line},
                                  {"column", problem.column},
                                  {"message", problem.message},
                                  {"excerpt", problem.excerpt},
                                  {"caret", problem.caret}}));
  }
  return Json::MakeObject({{"files", files}, {"problems", std::move(list)}});
}

// 0 when there is no mistake, else 1.
int Lint(const LintOptions& options) {
  const auto catalog = LoadCatalog(options.library);
  if (!catalog) return Complain(kMisused, Lines(catalog.error()));
  const auto files = FilesOf(options.paths);
  if (!files) return Complain(kMisused, files.error().message);
  std::vector<Problem> problems;
  std::map<std::string, std::string> seen;  // scenario → the file that has it
  for (const TextFile& file : *files) {
    const auto scenario = ReadScenario(file, *catalog);
    if (!scenario) {
      problems.insert(problems.end(), scenario.error().begin(), scenario.error().end());
    } else if (const auto [first, is_new] = seen.emplace((*scenario)->name, file.path); !is_new) {
      problems.push_back({file.path, 0, 0,
                          "the scenario '" + first->first + "' stands in " + first->second +
                              ", too; the later file would hide the other"});
    }
  }
  if (options.format == "json") {
    std::cout << ToJson(problems, files->size()).DumpPretty() << "\n";
  } else {
    for (const Problem& problem : problems) std::cout << problem.Shown() << "\n";
    std::cerr << Count(files->size(), "file") << ", " << Count(problems.size(), "mistake") << "\n";
  }
  return problems.empty() ? 0 : 1;
}

}  // namespace

Command LintCommand() {
  const auto options = std::make_shared<LintOptions>();
  Command command{"lint", "tell every mistake in scenario files", kHelp};
  command.options.push_back(
      ChoiceOption("--format", options->format, {"text", "json"}, "text or json"));
  command.options.push_back(FixturesOption(options->library));
  command.words = {"PATH", "files, and directories of files",
                   "PATH is missing: name files, or directories of files", &options->paths};
  command.run = [options](const auto&) { return Lint(*options); };
  return command;
}

}  // namespace mockduit
