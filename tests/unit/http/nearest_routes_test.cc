#include "http/nearest_routes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Nearest(std::string_view method, std::string_view path) {
  static const UriTemplate groups("/v1/groups");
  static const UriTemplate users("/v1/groups/{group_id}/users");
  static const UriTemplate proxy("/v1/proxy");
  return NearestRoutes(
      method, path,
      {{"GET", &groups}, {"POST", &groups}, {"GET", &users}, {"POST", &users}, {"GET", &proxy}});
}

TEST(NearestRoutes, AreOfTheSameMethodFirst) {
  EXPECT_THAT(Nearest("POST", "/v1/gruops"), ElementsAre("POST /v1/groups", "GET /v1/groups"));
  EXPECT_THAT(Nearest("PUT", "/v1/gruops"), ElementsAre("GET /v1/groups", "POST /v1/groups"));
}

TEST(NearestRoutes, HaveAnythingInThePlaceOfVariables) {
  for (const char* path : {"/v1/groups/a-very-long-name-of-a-group/user", "/v1/groups//users",
                           "/groups/a-very-long-name-of-a-group/users",
                           "/api/v1/groups/a-very-long-name-of-a-group/users"}) {
    EXPECT_THAT(Nearest("GET", path),
                ElementsAre("GET /v1/groups/{group_id}/users", "POST /v1/groups/{group_id}/users"))
        << path;
  }
}

TEST(NearestRoutes, AreNoneWhereNoneIsNear) {
  for (const char* path : {"/zzz/qqq", "/", "//", "/../etc/passwd", "/v1", "/v1/destinations"}) {
    EXPECT_THAT(Nearest("GET", path), IsEmpty()) << path;
  }
}

}  // namespace
}  // namespace mockduit
