#include "scenario/scenario_library.h"

#include <algorithm>
#include <iterator>

#include "scenario/read/scenario.h"

namespace mockduit {
namespace {

// A scenario that was read takes many times its text: up to that often where the text is dense.
std::size_t BytesOf(const Scenario& scenario) {
  constexpr std::size_t kFixed = 2'048;
  constexpr std::size_t kForEachByte = 64;
  return kFixed + kForEachByte * scenario.text.size();
}

}  // namespace

Read<std::shared_ptr<const Scenario>> ScenarioLibrary::ReadText(const TextFile& file,
                                                                const Catalog& catalog) const {
  return ReadScenario(file, catalog, extensions_);
}

ScenarioLibrary::Loaded ScenarioLibrary::Load(const std::vector<TextFile>& files,
                                              const Catalog& catalog) {
  Loaded result;
  Map loaded;
  Map known_before;  // read without the lock, which requests wait for
  {
    const ReaderLock lock(mutex_);
    known_before = loaded_;
  }
  for (const TextFile& file : files) {
    const auto before = std::ranges::find(known_before, file.path,
                                          [](const auto& entry) { return entry.second->file; });
    const bool known = before != known_before.end();
    if (known && before->second->text == file.text) {
      loaded.insert_or_assign(before->first, before->second);
      continue;
    }
    auto scenario = ReadText(file, catalog);
    if (scenario) {
      loaded.insert_or_assign((*scenario)->name, *scenario);
      continue;
    }
    // What a scenario inside finds missing concerns who asks for it alone.
    auto& problems = file.json.empty() ? result.problems : result.unfit;
    problems.insert(problems.end(), scenario.error().begin(), scenario.error().end());
    if (known) loaded.insert_or_assign(before->first, before->second);
  }
  const WriterLock lock(mutex_);
  for (const auto& [name, scenario] : loaded_) {
    if (loaded.contains(name)) continue;
    put_.Subtract(BytesPut(name));
    scenarios_.erase(name);
    result.changed.push_back(name);
  }
  for (const auto& [name, scenario] : loaded) {
    const auto before = loaded_.find(name);
    if (before != loaded_.end() && before->second == scenario) continue;
    put_.Subtract(BytesPut(name));
    scenarios_.insert_or_assign(name, scenario);
    result.changed.push_back(name);
  }
  loaded_ = std::move(loaded);
  return result;
}

ScenarioLibrary::Outdated ScenarioLibrary::FindOutdated(const Catalog& catalog) const {
  Outdated outdated;
  for (const auto& scenario : List()) {
    const auto again = ReadText({scenario->file, scenario->text}, catalog);
    if (again) continue;
    std::ranges::copy(again.error(), std::back_inserter(outdated.problems));
    outdated.names.push_back(scenario->name);
  }
  return outdated;
}

std::size_t ScenarioLibrary::BytesPut(std::string_view name) const {
  const auto found = scenarios_.find(name);
  if (found == scenarios_.end()) return 0;
  const auto loaded = loaded_.find(name);
  const bool was_put = loaded == loaded_.end() || loaded->second != found->second;
  return was_put ? BytesOf(*found->second) : 0;
}

bool ScenarioLibrary::Put(std::shared_ptr<const Scenario> scenario, std::size_t most) {
  const WriterLock lock(mutex_);
  const std::string& name = scenario->name;
  const std::size_t bytes = BytesOf(*scenario);
  const std::size_t before = BytesPut(name);
  if (put_.bytes() - before + bytes > most) return false;
  put_.Subtract(before);
  auto& place = scenarios_[name];
  place = std::move(scenario);
  put_.Add(BytesPut(place->name));
  return true;
}

void ScenarioLibrary::SetAccount(std::shared_ptr<MemoryAccount> account) {
  const WriterLock lock(mutex_);
  put_.SetAccount(std::move(account));
}

bool ScenarioLibrary::Remove(std::string_view name) {
  const WriterLock lock(mutex_);
  const auto found = scenarios_.find(name);
  if (found == scenarios_.end()) return false;
  put_.Subtract(BytesPut(name));
  scenarios_.erase(found);
  return true;
}

std::shared_ptr<const Scenario> ScenarioLibrary::Find(std::string_view name) const {
  const ReaderLock lock(mutex_);
  const auto found = scenarios_.find(name);
  return found != scenarios_.end() ? found->second : nullptr;
}

std::vector<std::shared_ptr<const Scenario>> ScenarioLibrary::List() const {
  const ReaderLock lock(mutex_);
  std::vector<std::shared_ptr<const Scenario>> list;
  for (const auto& [name, scenario] : scenarios_) list.push_back(scenario);
  return list;
}

std::vector<std::string> ScenarioLibrary::Names() const {
  const ReaderLock lock(mutex_);
  std::vector<std::string> names;
  for (const auto& [name, scenario] : scenarios_) names.push_back(name);
  return names;
}

}  // namespace mockduit
