// The command line: `mockduit serve`, `health`, `operations`, `scenarios`. command_line.cc is the
// only file that knows CLI11.
#pragma once

namespace mockduit {

// Runs the command that the arguments name and gives the process's exit code.
int RunCommandLine(int argc, const char* const* argv);

}  // namespace mockduit
