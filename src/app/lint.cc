#include <algorithm>
#include <iostream>
#include <iterator>
#include <map>

#include "app/commands.h"
#include "app/library.h"
#include "base/file.h"
#include "scenario/read/scenario.h"

namespace mockduit {
namespace {

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
    auto below = ReadFiles(path, ".yaml");
    if (!below) return std::unexpected(below.error());
    if (below->empty()) return Fail("there is no .yaml file in " + path);
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

}  // namespace

int Lint(const LintOptions& options) {
  const auto catalog = LoadCatalog(options.library);
  if (!catalog) return Complain(2, Lines(catalog.error()));
  const auto files = FilesOf(options.paths);
  if (!files) return Complain(2, files.error().message);
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

}  // namespace mockduit
