#include "scenario/library.h"

#include <mutex>

#include "scenario/reader.h"

namespace mockduit {

std::vector<Problem> ScenarioLibrary::Load(const std::vector<TextFile>& files,
                                           const Catalog& catalog) {
  std::vector<Problem> problems;
  for (const TextFile& file : files) {
    auto scenario = ReadScenario(file, catalog);
    if (!scenario) {
      problems.insert(problems.end(), scenario.error().begin(), scenario.error().end());
      continue;
    }
    const std::unique_lock lock(mutex_);
    scenarios_[(*scenario)->name] = *scenario;
  }
  return problems;
}

std::shared_ptr<const Scenario> ScenarioLibrary::Find(std::string_view name) const {
  const std::shared_lock lock(mutex_);
  const auto found = scenarios_.find(name);
  return found != scenarios_.end() ? found->second : nullptr;
}

std::vector<std::shared_ptr<const Scenario>> ScenarioLibrary::List() const {
  const std::shared_lock lock(mutex_);
  std::vector<std::shared_ptr<const Scenario>> list;
  for (const auto& [name, scenario] : scenarios_) list.push_back(scenario);
  return list;
}

std::vector<std::string> ScenarioLibrary::Names() const {
  const std::shared_lock lock(mutex_);
  std::vector<std::string> names;
  for (const auto& [name, scenario] : scenarios_) names.push_back(name);
  return names;
}

}  // namespace mockduit
