// ScenarioLibrary: the scenarios a server knows, by name. Any thread may use it.
#pragma once

#include <map>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "contract/catalog.h"
#include "scenario/scenario.h"

namespace mockduit {

class ScenarioLibrary {
 public:
  // Reads the files in order; a later one replaces an earlier one of the same name. A broken file
  // is left out and its problems are given back; the others are taken.
  std::vector<Problem> Load(const std::vector<TextFile>& files, const Catalog& catalog);

  // nullptr when there is none of that name.
  std::shared_ptr<const Scenario> Find(std::string_view name) const;
  std::vector<std::shared_ptr<const Scenario>> List() const;  // by name
  std::vector<std::string> Names() const;

 private:
  mutable std::shared_mutex mutex_;
  std::map<std::string, std::shared_ptr<const Scenario>, std::less<>> scenarios_;
};

}  // namespace mockduit
