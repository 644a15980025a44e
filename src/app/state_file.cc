#include "app/state_file.h"

#include "base/file.h"
#include "session/state_version.h"

namespace mockduit {
namespace {

constexpr std::string_view kAdvice = "; --ignore-state starts without it";

}  // namespace

Result<std::vector<std::string>> StateFile::Restore(Sessions& sessions,
                                                    const ScenarioLibrary& scenarios,
                                                    const Catalog& catalog) {
  const MutexLock lock(mutex_);
  if (put_aside_ || !FileExists(path_)) return {};
  const auto file = ReadFile(path_);
  if (!file) return Fail(file.error().message);
  const auto json = Json::Parse(file->text);
  if (!json) {
    return Fail(ProblemAtByte(*file, json.error().offset, json.error().message).Text() +
                std::string(kAdvice));
  }
  if (const auto checked = CheckStateVersion(*json); !checked) {
    return Fail(path_ + ": " + checked.error().message + std::string(kAdvice));
  }
  auto lost = sessions.Restore(*json, scenarios, catalog);
  if (!lost) return Fail(path_ + ": " + lost.error().message + std::string(kAdvice));
  return lost;
}

Result<void> StateFile::Save(const Sessions& sessions) {
  const MutexLock lock(mutex_);
  const Json state = WithStateVersion(sessions.Save());
  if (put_aside_ && FileExists(path_)) {
    if (auto moved = RenameFile(path_, path_ + ".ignored"); !moved) return moved;
  }
  put_aside_ = false;
  return WriteFileAtomically(path_, state.Dump() + "\n");
}

}  // namespace mockduit
