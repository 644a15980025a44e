// What Fivetran's operations on a connection share: the services, and the setup tests that a
// connection runs.
#pragma once

#include <cstdint>
#include <memory>

#include "base/mutex.h"
#include "engine/effect.h"
#include "vendors/fivetran/services.h"
#include "vendors/fivetran/setup_tests.h"

namespace mockduit::fivetran {

// Minutes; only at this sync_frequency is daily_sync_time shown.
inline constexpr std::int64_t kOnceADay = 1440;

// Compiled from services.yaml and setup_tests.yaml.
struct Knowledge {
  Services services;
  SetupTests setup_tests;

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
  std::shared_ptr<const Knowledge> knowledge_ GUARDED_BY(mutex_);
};

// Every mistake of services.yaml and setup_tests.yaml, where they are there.
std::vector<Problem> CheckData(const Vendor& vendor);

class ConnectionBehaviour : public EffectBehaviour {
 public:
  ConnectionBehaviour(Declared declared, std::shared_ptr<const Knowledge> knowledge)
      : EffectBehaviour(std::move(declared)), knowledge_(std::move(knowledge)) {}

 protected:
  const Services& services() const { return knowledge_->services; }
  // Runs the tests of the connection's service with what `request` holds, and says in the
  // connection how they ended. A failed test does not fail the call: the setup is incomplete then,
  // or broken where it had been connected.
  void RunSetupTests(const Call& call, const Json& request, Json& connection) const;

 private:
  std::shared_ptr<const Knowledge> knowledge_;
};

// The behaviour, with the vendor's knowledge; `parts` are what its constructor takes besides.
template <class Kind, class... Parts>
Result<std::unique_ptr<const Behaviour>> MakeConnectionBehaviour(const Vendor& vendor,
                                                                 const Operation& operation,
                                                                 SharedKnowledge& shared,
                                                                 Parts&&... parts) {
  auto knowledge = shared.Of(vendor);
  if (!knowledge) return Fail(operation.name + ": " + knowledge.error().message);
  return MakeEffect<Kind>(operation, std::move(*knowledge), std::forward<Parts>(parts)...);
}

}  // namespace mockduit::fivetran
