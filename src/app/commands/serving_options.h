// The options that several commands have: which contracts and scenarios there are, and how a server
// is set up (`serve` and `exec`).
#pragma once

#include "app/command.h"
#include "app/options.h"

namespace mockduit {

Option FixturesOption(LibraryOptions& options);
void AddLibraryOptions(Command& command, LibraryOptions& options);
void AddServingOptions(Command& command, ServeOptions& options);

}  // namespace mockduit
