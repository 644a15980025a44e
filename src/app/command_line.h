// The command line: finds the command that the arguments name, reads its options from them and from
// the environment, and runs it. The commands themselves are in commands/. command_line.cc is the
// only file that knows CLI11, which splits the arguments into options and words and writes the
// help; it is never asked whether a value is good, because its releases differ in that and in what
// they say.
#pragma once

namespace mockduit {

// Gives the process's exit code.
int RunCommandLine(int argc, const char* const* argv);

}  // namespace mockduit
