// What Fivetran's operations on a connection share: how its setup tests change it.
#pragma once

#include <cstdint>

#include "vendors/fivetran/testing.h"

namespace mockduit::fivetran {

// Minutes; only at this sync_frequency is daily_sync_time shown.
inline constexpr std::int64_t kOnceADay = 1440;

class ConnectionBehaviour : public TestingBehaviour {
 public:
  using TestingBehaviour::TestingBehaviour;

 protected:
  // Runs the tests of the connection's service with what the connection now holds and what
  // `request` trusts, and says in the connection how they ended. A
  // failed test does not fail the call: the setup is incomplete then, or broken where it had been
  // connected, which is one of the connection's errors, too; and what is broken, a sync alone
  // mends.
  void RunSetupTests(const Call& call, const Json& request, Json& connection, World& world,
                     const Json* scripted = nullptr) const;
};

}  // namespace mockduit::fivetran
