// `mockduit completion`: prints what a shell completes, or the manual page, for packages to
// install.
#include <memory>

#include "app/commands/commands.h"
#include "app/complain.h"
#include "app/completions.h"
#include "app/output.h"
#include "base/suggest.h"

namespace mockduit {
namespace {

int Completion(const std::vector<std::string>& words) {
  if (words.size() > 1) return Complain(kMisused, "one is printed at a time");
  const std::string& what = words.front();
  if (what == "bash") return Print(BashCompletion(AllCommands()));
  if (what == "zsh") return Print(ZshCompletion(AllCommands()));
  if (what == "fish") return Print(FishCompletion(AllCommands()));
  if (what == "man") return Print(ManPage(AllCommands()));
  const std::vector<std::string> known = {"bash", "zsh", "fish", "man"};
  return Complain(kMisused, "'" + what + "' is not " + OrList(known) + DidYouMean(what, known));
}

}  // namespace

Command CompletionCommand() {
  const auto words = std::make_shared<std::vector<std::string>>();
  Command command{"completion", "print a shell's completions, or the manual page"};
  command.words = {"SHELL", "bash, zsh or fish; or man", "SHELL is missing: bash, zsh, fish or man",
                   words.get()};
  command.run = [words](const auto&) { return Completion(*words); };
  return command;
}

}  // namespace mockduit
