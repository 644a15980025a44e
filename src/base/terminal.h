// Whether somebody looks at what is written to a file descriptor, and in colours. The log, the
// lines of requests and the verdicts ask here, so that all of them obey the same signs.
#pragma once

namespace mockduit {

bool IsTerminal(int file);
// It is a terminal, NO_COLOR (https://no-color.org) is not set, and TERM is not "dumb".
bool WantsColours(int file);

}  // namespace mockduit
