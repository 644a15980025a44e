// What Fivetran's behaviours know besides the contract: the services, the fields of each, and the
// setup tests.
#pragma once

#include <memory>
#include <vector>

#include "base/mutex.h"
#include "contract/vendor.h"
#include "vendors/fivetran/services.h"
#include "vendors/fivetran/setup_tests.h"
#include "vendors/fivetran/types.h"

namespace mockduit::fivetran {

// Compiled from services.yaml, connector_types.yaml and setup_tests.yaml.
struct Knowledge {
  Services services;
  SetupTests setup_tests;
  Types types;

  static Result<Knowledge> Compile(const Vendor& vendor);
};

// Compiles the knowledge of a vendor once, for all behaviours of a table. Any thread may use it.
class SharedKnowledge {
 public:
  Result<std::shared_ptr<const Knowledge>> Of(const Vendor& vendor);

 private:
  Mutex mutex_;
  // What was read when it was compiled.
  std::shared_ptr<const IndexedFile> services_ GUARDED_BY(mutex_);
  std::shared_ptr<const IndexedFile> setup_tests_ GUARDED_BY(mutex_);
  std::shared_ptr<const IndexedFile> types_ GUARDED_BY(mutex_);
  std::shared_ptr<const Knowledge> knowledge_ GUARDED_BY(mutex_);
};

// Every mistake of these files, where they are there.
std::vector<Problem> CheckData(const Vendor& vendor);

}  // namespace mockduit::fivetran
