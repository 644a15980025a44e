// The options that several commands have: which contracts and scenarios there are, and how a server
// is set up (`serve` and `exec`).
#pragma once

#include "app/command.h"
#include "app/options.h"
#include "base/time.h"

namespace mockduit {

Option FixturesOption(LibraryOptions& options);
// The OpenAPI documents that are vendors.
Option ContractOption(LibraryOptions& options);
void AddLibraryOptions(Command& command, LibraryOptions& options);
// `group` is the heading that they stand under in the help; "": the first one.
void AddServingOptions(Command& command, ServeOptions& options, const std::string& group = "");

// What --stop-grace says.
Duration StopGrace(const ServeOptions& options);
inline constexpr const char* kTookTooLong =
    "the stop took longer than --stop-grace; requests under way were cut off";

}  // namespace mockduit
