// Which hosts end at the server, asked directly and as a client's proxy.
#include "engine/forward.h"

#include <gtest/gtest.h>

#include "unit/engine/world.h"

namespace mockduit {
namespace {

bool Ends(std::string_view authority, bool intercepts = false, const OwnNames& names = {}) {
  return EndsHere(names, BuiltInCatalog(), authority, intercepts);
}

TEST(EndsHere, IsTrueForTheVendorsHostsHoweverTheyAreWritten) {
  for (const char* host :
       {"api.fivetran.com", "API.Fivetran.com:443", "api.fivetran.com.", "api.fivetran.com.:443"}) {
    EXPECT_TRUE(Ends(host)) << host;
    EXPECT_TRUE(Ends(host, true)) << host;
    EXPECT_TRUE(IsKnownHost({}, BuiltInCatalog(), host)) << host;
  }
  EXPECT_FALSE(Ends("api.fivetran.com.."));
  EXPECT_FALSE(Ends("api.fivetran.com.evil.example"));
}

TEST(EndsHere, IsTrueForTheServersOwnNames) {
  const OwnNames names{.hosts = {"mock.test", "db"}};
  for (const char* host : {"localhost:8080", "127.0.0.1", "[::1]:80", "mock.test", "db:80", ""}) {
    EXPECT_TRUE(Ends(host, false, names)) << host;
    EXPECT_TRUE(Ends(host, true, names)) << host;
  }
}

TEST(EndsHere, IsFalseForWhatMayBeAnotherMachine) {
  for (const char* host : {"example.com", "93.184.216.34", "[2001:db8::1]:80", "10.0.0.1:8080",
                           "host.docker.internal"}) {
    EXPECT_FALSE(Ends(host)) << host;
    EXPECT_FALSE(Ends(host, true)) << host;
    EXPECT_FALSE(Ends(host, false, {.any_host = true})) << host;
  }
  for (const char* host : {"mockduit:8080", "mockduit.test"}) {
    EXPECT_TRUE(Ends(host)) << host;
    EXPECT_FALSE(Ends(host, true)) << "nobody calls that server by such a name: " << host;
  }
}

}  // namespace
}  // namespace mockduit
