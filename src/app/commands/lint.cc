// `mockduit lint`: reads contracts, scenarios and lists of known failures, and reports every
// mistake.
#include <algorithm>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>

#include "adopt/adopt.h"
#include "app/commands/commands.h"
#include "app/commands/serving_options.h"
#include "app/complain.h"
#include "app/lint_files.h"
#include "app/load.h"
#include "app/output.h"
#include "base/clock.h"
#include "base/file.h"
#include "scenario/scenario_library.h"
#include "vendors/play_extensions.h"
#include "verify/known.h"

namespace mockduit {
namespace {

constexpr const char* kLintHelp =
    "A contract is read with the files beside it. Each mistake is told with its line and a "
    "caret.\n"
    "Of an OpenAPI document that is no contract of Mockduit's own, what is not understood is a "
    "note.\n"
    "Exit code 0: no mistake; 1: mistakes; 2: a path cannot be read, or a contract that is not\n"
    "among the paths is broken.\n"
    "Examples:\n"
    "  mockduit lint scenarios/                       scenarios, by the built-in contracts\n"
    "  mockduit lint examples/fixtures/acme/          the contracts of a vendor\n"
    "  mockduit lint --fixtures own/ mine.yaml        a scenario, by contracts of your own\n"
    "  mockduit lint known.yaml                       a list of known failures\n"
    "  mockduit lint openapi.yaml                     what of anybody's document is not "
    "understood\n"
    "  mockduit lint --format json mine.yaml          for tools";

std::string Count(std::size_t number, const std::string& what) {
  return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

// Mistakes, and what is only told.
struct Found {
  std::vector<Problem> problems;
  std::vector<Problem> notes;
};

std::size_t CountFiles(const LintFiles& files) {
  return files.documents.size() + files.contracts.size() + files.scenarios.size() +
         files.known.size() + files.strange.size();
}

Json ListOf(const std::vector<Problem>& problems) {
  Json list = Json::MakeArray();
  for (const Problem& problem : problems) {
    list.Append(Json::MakeObject({{"file", problem.file},
                                  {"line", problem.line},
                                  {"column", problem.column},
                                  {"message", problem.message},
                                  {"excerpt", problem.excerpt},
                                  {"caret", problem.caret}}));
  }
  return list;
}

Json ToJson(const Found& found, const LintFiles& files) {
  Json not_read = Json::MakeArray();
  for (const Problem& file : files.not_read) not_read.Append(file.file);
  return Json::MakeObject({{"files", CountFiles(files)},
                           {"problems", ListOf(found.problems)},
                           {"notes", ListOf(found.notes)},
                           {"not_read", std::move(not_read)}});
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

void CheckKnown(const std::vector<TextFile>& files, std::vector<Problem>& problems) {
  const Time now = SystemClock().Now();
  for (const TextFile& file : files) {
    const auto known = KnownFailures::FromFile(file, now);
    if (!known) std::ranges::copy(known.error(), std::back_inserter(problems));
  }
}

// What those contracts say that is not held.
void AddNotes(const Catalog& catalog, const std::vector<TextFile>& files,
              std::vector<Problem>& notes) {
  for (const Vendor& vendor : catalog.vendors()) {
    for (const auto& contract : vendor.editions) {
      if (std::ranges::find(files, contract->file, &TextFile::path) == files.end()) continue;
      std::ranges::copy(contract->notes, std::back_inserter(notes));
    }
  }
}

// Those of files that lint does not look at end it.
bool AreOf(const std::vector<TextFile>& files, const std::vector<Problem>& problems) {
  return std::ranges::all_of(problems, [&](const Problem& problem) {
    return std::ranges::find(files, problem.file, &TextFile::path) != files.end();
  });
}

int Tell(const Found& found, const LintFiles& files, const std::string& format) {
  int printed = 0;
  if (format == "json") {
    printed = Print(ToJson(found, files).DumpPretty() + "\n");
  } else {
    std::string shown;
    for (const Problem& problem : found.problems) shown += problem.Shown() + "\n";
    for (Problem note : found.notes) {
      note.message = "note: " + note.message;
      shown += note.Shown() + "\n";
    }
    printed = Print(shown);
    for (const Problem& file : files.not_read) std::cerr << file.Text() << "\n";
    std::cerr << Count(CountFiles(files), "file") << ", "
              << Count(CountMistakes(found.problems), "mistake")
              << (found.notes.empty() ? "" : ", " + Count(CountMistakes(found.notes), "note"))
              << "\n";
  }
  return found.problems.empty() ? printed : kFailed;
}

// 0 when there is no mistake, else 1.
int Lint(const LintOptions& options) {
  // "nango=spec.yaml", as --contract takes it, beside plain paths.
  std::vector<std::string> named;
  std::vector<std::string> paths;
  for (const std::string& path : options.paths) {
    (NamesVendor(path) ? named : paths).push_back(path);
  }
  auto files = FindLintFiles(paths);
  if (!files) return Complain(kMisused, files.error().message);
  std::ranges::move(named, std::back_inserter(files->documents));
  Found found{FindTwins(files->contracts), {}};
  std::vector<Problem>& problems = found.problems;
  std::ranges::move(FindTwins(files->scenarios), std::back_inserter(problems));
  std::ranges::move(FindTwins(files->known), std::back_inserter(problems));
  CheckKnown(files->known, problems);
  std::ranges::copy(files->strange, std::back_inserter(problems));
  std::vector<std::string> documents = options.library.contracts;
  documents.insert(documents.end(), files->documents.begin(), files->documents.end());
  if (const auto adopted = Adopt(documents)) {
    found.notes = AllNotes(*adopted);
  } else {
    std::ranges::copy(adopted.error(), std::back_inserter(problems));
    documents.clear();
  }
  LibraryOptions library = options.library;
  library.contracts = documents;
  const auto catalog = LoadCatalog(library, files->contracts);
  if (!catalog && !AreOf(files->contracts, catalog.error())) {
    return Complain(kMisused, catalog.error());
  }
  if (catalog) {
    AddNotes(*catalog, files->contracts, found.notes);
    CheckScenarios(files->scenarios, *catalog, problems);
  } else {
    std::ranges::copy(catalog.error(), std::back_inserter(problems));
    if (!files->scenarios.empty() && options.format == "text") {
      std::cerr << "the scenarios are not checked before the contracts are right\n";
    }
  }
  return Tell(found, *files, options.format);
}

}  // namespace

Command LintCommand() {
  const auto options = std::make_shared<LintOptions>();
  Command command{"lint", "tell every mistake in contracts, scenarios and known failures",
                  kLintHelp};
  command.options.push_back(
      ChoiceOption("--format", options->format, {"text", "json"}, "text or json"));
  command.options.push_back(FixturesOption(options->library));
  command.options.push_back(ContractOption(options->library));
  command.words = {"PATH", "files, and directories of files",
                   "PATH is missing: name files, or directories of files", &options->paths};
  command.run = [options](const auto&) { return Lint(*options); };
  return command;
}

}  // namespace mockduit
