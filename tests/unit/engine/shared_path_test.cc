// A path that two vendors have is that of the one whose credential comes with it.
#include <gtest/gtest.h>

#include <string>

#include "unit/engine/world.h"

namespace mockduit {
namespace {

Response Get(TestWorld& world, const std::string& path, const std::string& authorization) {
  return world.Send({"GET", path, "", {{"Authorization", authorization}}, ""});
}

TEST(SharedPath, IsOfTheVendorWhoseCredentialComes) {
  TestWorld world;
  const std::string team = "/v1/teams/936506";
  EXPECT_TRUE(Get(world, team, "Bearer my-key").body.contains("SM_ABC123"));
  EXPECT_TRUE(Get(world, team, "Basic bXk6a2V5").body.contains("NotFound"));
  EXPECT_EQ(Get(world, "/supermetrics" + team, "Basic bXk6a2V5").status, 401);
  EXPECT_EQ(Get(world, "/fivetran" + team, "Bearer my-key").status, 401);
}

TEST(SharedPath, IsOfTheFirstVendorWhereNoneComes) {
  TestWorld world;
  const Response response = world.Send({"GET", "/v1/teams/936506", "", {}, ""});
  EXPECT_EQ(response.status, 401);
}

}  // namespace
}  // namespace mockduit
