// A client whose key is not set sends the name of the scheme alone, or nothing.
#include <gtest/gtest.h>

#include <string>

#include "unit/engine/world.h"

namespace mockduit {
namespace {

Response CreateWith(TestWorld& world, const std::string& authorization) {
  return world.Send({"POST",
                     "/v1/teams/12345/data-source-connections",
                     "",
                     {{"Authorization", authorization}, {"Content-Type", "application/json"}},
                     R"({"data_source_id":"ADM","destination_type":"DWH_SNOWFLAKE"})"});
}

TEST(NoCredential, IsANameOfASchemeAlone) {
  TestWorld world;
  for (const std::string value : {"", "Bearer", "bearer", "Bearer  ", "Basic", "Digest", "DPoP",
                                  "Token", "ApiKey", "Digest username=x", "Token my-key"}) {
    const Response response = CreateWith(world, value);
    EXPECT_EQ(response.status, 401) << value;
    EXPECT_EQ(response.headers.Get("WWW-Authenticate"), "Bearer") << value;
    EXPECT_TRUE(response.body.contains("UNAUTHORIZED")) << value << response.body;
  }
}

TEST(NoCredential, IsNotAKeyThatOnlyBeginsLikeAScheme) {
  TestWorld world;
  for (const std::string value : {"my-key", "Bearer-1", "digester", "tokens", "Bearer x"}) {
    EXPECT_EQ(CreateWith(world, value).status, 201) << value;
  }
}

}  // namespace
}  // namespace mockduit
