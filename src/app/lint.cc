#include <algorithm>
#include <iostream>
#include <iterator>
#include <map>
#include <set>

#include "app/commands.h"
#include "app/guarded_caller.h"
#include "app/library.h"
#include "app/lint_files.h"
#include "base/file.h"
#include "scenario/library.h"
#include "vendors/behaviours.h"
#include "vendors/play_extensions.h"

namespace mockduit {
namespace {

std::string Count(std::size_t number, const std::string& what) {
  return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

Json ToJson(const std::vector<Problem>& problems, const LintFiles& files) {
  Json list = Json::MakeArray();
  for (const Problem& problem : problems) {
    list.Append(Json::MakeObject({{"file", problem.file},
                                  {"line", problem.line},
                                  {"column", problem.column},
                                  {"message", problem.message},
                                  {"excerpt", problem.excerpt},
                                  {"caret", problem.caret}}));
  }
  Json not_read = Json::MakeArray();
  for (const Problem& file : files.not_read) not_read.Append(file.file);
  return Json::MakeObject({{"files", files.contracts.size() + files.scenarios.size()},
                           {"problems", std::move(list)},
                           {"not_read", std::move(not_read)}});
}

// What makes a vendor's own code refuse its contracts.
std::vector<Problem> CheckBehaviours(const Catalog& catalog,
                                     const std::vector<TextFile>& contracts) {
  const GuardedCaller caller({});
  const BehaviourTable table = VendorBehaviours(caller);
  std::vector<Problem> problems;
  std::set<std::string> told;
  for (const Vendor& vendor : catalog.vendors()) {
    const auto own = std::ranges::find_if(contracts, [&](const TextFile& file) {
      const std::string folder = file.path.substr(0, file.path.rfind('/'));
      return folder == vendor.name || folder.ends_with("/" + vendor.name);
    });
    if (own == contracts.end()) continue;
    for (const auto& contract : vendor.editions) {
      for (const auto& operation : contract->operations) {
        const auto made = MakeBehaviour(vendor, *operation, table);
        if (made || !told.insert(made.error().message).second) continue;
        problems.push_back(
            {own->path.substr(0, own->path.rfind('/')), 0, 0, made.error().message, {}, {}});
      }
    }
  }
  return problems;
}

void CheckScenarios(const std::vector<TextFile>& files, const Catalog& catalog,
                    std::vector<Problem>& problems) {
  const ScenarioLibrary library(VendorPlayExtensions());
  std::map<std::string, std::string> seen;  // scenario → the file that has it
  for (const TextFile& file : files) {
    const auto scenario = library.ReadText(file, catalog);
    if (!scenario) {
      std::ranges::copy(scenario.error(), std::back_inserter(problems));
    } else if (const auto [first, is_new] = seen.emplace((*scenario)->name, file.path); !is_new) {
      problems.push_back({file.path,
                          0,
                          0,
                          "the scenario '" + first->first + "' stands in " + first->second +
                              ", too; the later file would hide the other",
                          {},
                          {}});
    }
  }
}

// Those of files that lint does not look at end it.
bool AreOf(const std::vector<TextFile>& files, const std::vector<Problem>& problems) {
  return std::ranges::all_of(problems, [&](const Problem& problem) {
    return std::ranges::find(files, problem.file, &TextFile::path) != files.end();
  });
}

int Tell(const std::vector<Problem>& problems, const LintFiles& files, const std::string& format) {
  if (format == "json") {
    std::cout << ToJson(problems, files).DumpPretty() << "\n";
  } else {
    for (const Problem& problem : problems) std::cout << problem.Shown() << "\n";
    for (const Problem& file : files.not_read) std::cerr << file.Text() << "\n";
    std::cerr << Count(files.contracts.size() + files.scenarios.size(), "file") << ", "
              << Count(problems.size(), "mistake") << "\n";
  }
  return problems.empty() ? 0 : 1;
}

}  // namespace

int Lint(const LintOptions& options) {
  const auto files = FindLintFiles(options.paths);
  if (!files) return Complain(2, files.error().message);
  std::vector<Problem> problems = FindTwins(files->contracts);
  std::ranges::move(FindTwins(files->scenarios), std::back_inserter(problems));
  const auto catalog = LoadCatalog(options.library, files->contracts);
  if (!catalog && !AreOf(files->contracts, catalog.error())) {
    return Complain(2, Lines(catalog.error()));
  }
  if (catalog) {
    std::ranges::move(CheckBehaviours(*catalog, files->contracts), std::back_inserter(problems));
    CheckScenarios(files->scenarios, *catalog, problems);
  } else {
    std::ranges::copy(catalog.error(), std::back_inserter(problems));
    if (!files->scenarios.empty() && options.format == "text") {
      std::cerr << "the scenarios are not checked before the contracts are right\n";
    }
  }
  return Tell(problems, *files, options.format);
}

}  // namespace mockduit
