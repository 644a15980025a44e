#include "adopt/names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "adopt/outcome_of_status.h"

namespace mockduit {
namespace {

using ::testing::HasSubstr;

TEST(Names, OfVendorsAreWhatTheirTitlesSayBesidesTheUsual) {
  EXPECT_EQ(VendorNameOf("Nango API"), "nango");
  EXPECT_EQ(VendorNameOf("The Acme Public REST API v2"), "acme");
  EXPECT_EQ(VendorNameOf("Acme Ltd. / Data-Flow API"), "acme-ltd-data-flow");
  EXPECT_EQ(VendorNameOf("Airbyte_API"), "airbyte");
  EXPECT_EQ(VendorNameOf("API Reference"), "api-reference") << "there is nothing else";
  EXPECT_EQ(VendorNameOf("データ"), "");
  EXPECT_EQ(VendorNameOf(""), "");
}

TEST(Names, OfVendorsHaveSmallLettersAndDigits) {
  for (const char* good : {"nango", "my-api", "my_api2", "3"}) {
    EXPECT_EQ(WhyNoVendorName(good), "") << good;
  }
  EXPECT_THAT(WhyNoVendorName("My API"), HasSubstr("did you mean 'my-api'?"));
  EXPECT_THAT(WhyNoVendorName("a/b"), HasSubstr("did you mean 'a-b'?"));
  EXPECT_NE(WhyNoVendorName(""), "");
  EXPECT_NE(WhyNoVendorName("ä"), "");
}

TEST(Names, OfOperationsAreTheirOwnAsScenariosCanWriteThem) {
  OperationNames names;
  EXPECT_EQ(names.NameOf("listUsers", "get", "/users"), "listUsers");
  EXPECT_EQ(names.NameOf("users/list-all", "get", "/a"), "users_list-all");
  EXPECT_EQ(names.NameOf("users.list v2", "get", "/b"), "users_list_v2");
  EXPECT_EQ(names.NameOf("getÄ", "get", "/c"), "get__");
}

TEST(Names, OfOperationsAreMadeOfMethodAndPathWhereThereAreNone) {
  OperationNames names;
  EXPECT_EQ(names.NameOf("", "get", "/users/{id}/keys"), "get_users_by_id_keys");
  EXPECT_EQ(names.NameOf("", "POST", "/jobs/{job-id}:cancel"), "post_jobs_by_job_id_cancel");
  EXPECT_EQ(names.NameOf("***", "get", "/{a}-{b}.json"), "get_by_a_by_b_json");
  EXPECT_EQ(names.NameOf("", "get", "/"), "get");
  EXPECT_EQ(names.NameOf("", "get", "/{broken"), "get_by_broken");
}

TEST(Names, OfOperationsComeOnce) {
  OperationNames names;
  EXPECT_EQ(names.NameOf("list", "get", "/a"), "list");
  EXPECT_EQ(names.NameOf("list", "get", "/b"), "list_2");
  EXPECT_EQ(names.NameOf("list", "get", "/c"), "list_3");
  EXPECT_EQ(names.NameOf("list_2", "get", "/d"), "list_2_2");
}

TEST(OutcomeOfStatus, IsTheStatusesOwnElseThatOfItsClass) {
  for (const auto& [status, outcome] :
       std::initializer_list<std::pair<int, const char*>>{{200, "success"},
                                                          {204, "success"},
                                                          {302, "success"},
                                                          {400, "bad_request"},
                                                          {401, "unauthorized"},
                                                          {403, "forbidden"},
                                                          {404, "not_found"},
                                                          {409, "conflict"},
                                                          {415, "unsupported_media_type"},
                                                          {418, "bad_request"},
                                                          {422, "unprocessable"},
                                                          {429, "rate_limited"},
                                                          {499, "bad_request"},
                                                          {500, "server_error"},
                                                          {501, "server_error"},
                                                          {502, "unavailable"},
                                                          {503, "unavailable"},
                                                          {504, "unavailable"},
                                                          {599, "server_error"}}) {
    EXPECT_EQ(OutcomeOfStatus(status), outcome) << status;
  }
}

}  // namespace
}  // namespace mockduit
