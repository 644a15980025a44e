// What the server reads from files: the contracts and scenarios inside the binary, with what
// directories put over them, and what the options say about them.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "admin/live_page.h"
#include "app/options.h"
#include "base/result.h"
#include "contract/catalog.h"
#include "http/own_names.h"
#include "scenario/scenario_library.h"
#include "session/session.h"

namespace mockduit {

// The contracts inside the binary, with what `options` puts over them, and over that `over`.
// `notes`, unless it is nullptr, gets what is no mistake and may surprise.
Read<Catalog> LoadCatalog(const LibraryOptions& options, const std::vector<TextFile>& over = {},
                          const Files& files = DiskFiles(),
                          std::vector<std::string>* notes = nullptr);

// The scenarios inside the binary and those of the directories. The error is a directory that
// cannot be read. Broken files are left out; their problems are in the result.
Result<ScenarioLibrary::Loaded> LoadScenarios(const LibraryOptions& options, const Catalog& catalog,
                                              ScenarioLibrary& scenarios,
                                              const Files& files = DiskFiles());

// The error of an option that asks for a scenario which the library does not have.
std::unexpected<Error> NoScenario(const std::string& name, const std::string& option,
                                  const ScenarioLibrary::Loaded& loaded,
                                  const ScenarioLibrary& scenarios);

// Files in the directories that look like contracts or scenarios and are not read, for their names.
std::vector<Problem> FindLookAlikes(const LibraryOptions& options,
                                    const Files& files = DiskFiles());

// What the vendors' seed.yaml files put into a new session's store; over it, kind by kind, what the
// file of --seed-state ("" where there is none) has.
Result<Seeds> ReadSeeds(const Catalog& catalog, const std::string& seed_state,
                        const Files& files = DiskFiles());

// "VENDOR=EDITION" texts as a map.
Result<std::map<std::string, std::string, std::less<>>> ReadEditions(
    const std::vector<std::string>& texts, const Catalog& catalog);

// Which names the server has: of "URL" and "VENDOR=URL" texts, and of the other options.
Result<OwnNames> ReadOwnNames(const ServeOptions& options, const Catalog& catalog);

// The control API's own description, as JSON.
std::string_view OpenApiText();

// The files of the page at "/".
PageFiles PageText();

// All problems, each with its line and caret.
std::string Lines(const std::vector<Problem>& problems);
// The same as an error; `option` stands before the first line, or is "".
std::unexpected<Error> FailWith(const std::vector<Problem>& problems, std::string_view option = "");

}  // namespace mockduit
