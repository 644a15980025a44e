#include "admin/guard.h"

#include <gtest/gtest.h>

namespace mockduit {
namespace {

// 0 where the request may go on.
int StatusFor(const GuardSettings& settings, Headers headers, bool is_health = false) {
  const auto refusal =
      Guard(settings, {"GET", "/__admin/x", "", std::move(headers), ""}, is_health);
  return refusal ? refusal->status : 0;
}

TEST(Guard, RefusesPagesOfOtherOrigins) {
  const GuardSettings settings{.names = {.public_url = "https://mock.example/base"}};
  for (const char* origin : {"https://evil.example", "null", "http://localhost:3000", ""}) {
    EXPECT_EQ(StatusFor(settings, {{"Host", "localhost:8080"}, {"Origin", origin}}), 403) << origin;
  }
  EXPECT_EQ(StatusFor(settings, {{"Host", "localhost:8080"}, {"Origin", "http://localhost:8080"}}),
            0);
  EXPECT_EQ(StatusFor(settings, {{"Host", "mock.example"}, {"Origin", "https://mock.example"}}), 0);
}

TEST(Guard, AnswersOnlyByNamesOfThisMachine) {
  for (const char* host : {"localhost", "localhost:1", "LOCALHOST:1", "127.0.0.1:8080", "127.9.9.9",
                           "[::1]:8080", "app.localhost", ""}) {
    EXPECT_EQ(StatusFor({}, {{"Host", host}}), 0) << host;
  }
  EXPECT_EQ(StatusFor({}, {}), 0) << "HTTP/1.0";
  for (const char* host : {"evil.example", "127.evil.example", "localhost.evil.example",
                           "192.168.0.1:8080", "[::2]"}) {
    EXPECT_EQ(StatusFor({}, {{"Host", host}}), 403) << host;
    EXPECT_EQ(StatusFor({.names = {.any_host = true}}, {{"Host", host}}), 0) << host;
  }
  const GuardSettings settings{.names = {.public_url = "http://mock.example:8080"}};
  EXPECT_EQ(StatusFor(settings, {{"Host", "mock.example:8080"}}), 0);
}

TEST(Guard, RefusesWhatABrowserSendsForAPageOfAnotherOrigin) {
  for (const char* site : {"cross-site", "same-site", "new-word"}) {
    EXPECT_EQ(StatusFor({}, {{"Host", "localhost"}, {"Sec-Fetch-Site", site}}), 403) << site;
    EXPECT_EQ(StatusFor({}, {{"Host", "localhost"}, {"Sec-Fetch-Site", site}}, true), 403) << site;
  }
  for (const char* site : {"none", "same-origin"}) {
    EXPECT_EQ(StatusFor({}, {{"Host", "localhost"}, {"Sec-Fetch-Site", site}}), 0) << site;
  }
}

TEST(Guard, ThatIsClosedAnswersNobodyButWhoAsksForHealth) {
  const GuardSettings settings{.closed = true};
  EXPECT_EQ(StatusFor(settings, {{"Host", "localhost"}}), 403);
  EXPECT_EQ(StatusFor(settings, {{"Host", "localhost"}}, true), 0);
}

TEST(Guard, AsksForTheToken) {
  const GuardSettings settings{.token = "t0ken"};
  EXPECT_EQ(StatusFor(settings, {}), 401);
  for (const char* sent : {"", "t0ken", "Bearer", "Bearer t0ke", "Bearer t0ken2", "Basic t0ken"}) {
    EXPECT_EQ(StatusFor(settings, {{"Authorization", sent}}), 401) << sent;
  }
  EXPECT_EQ(StatusFor(settings, {{"Authorization", "Bearer t0ken"}}), 0);
  EXPECT_EQ(StatusFor(settings, {}, true), 0) << "health is for everyone";
  EXPECT_EQ(StatusFor(settings, {{"Origin", "https://evil.example"}}, true), 403);
}

}  // namespace
}  // namespace mockduit
