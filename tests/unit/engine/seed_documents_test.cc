// What the documents of each vendor say, spelled out: given a scenario, when the documented request
// is sent, then these bytes come back. Only ids vary.
#include <gtest/gtest.h>

#include "unit/engine/world.h"

namespace mockduit {
namespace {

struct Documented {
  const char* scenario;
  int status;
  const char* headers;
  const char* body;
};

void ExpectDocumented(const GoodCall& call, const Documented& documented) {
  SCOPED_TRACE(call.vendor + " " + call.edition + " " + documented.scenario);
  TestWorld world({.scenario = documented.scenario});
  const Response response = world.Send(call.Make());
  EXPECT_EQ(response.status, documented.status);
  EXPECT_EQ(HeaderLines(response), documented.headers);
  EXPECT_EQ(Masked(response.body), documented.body);
}

constexpr const char* kJsonAndOrigin =
    "Content-Type: application/json\nAccess-Control-Allow-Origin: *\n";
constexpr const char* kJsonLimitsAndOrigin =
    "Content-Type: application/json\nX-RateLimit-Limit: 5000\nX-RateLimit-Remaining: 4999\n"
    "Access-Control-Allow-Origin: *\n";

TEST(SeedDocument, SupermetricsOfAugust2026) {
  const Documented kDocumented[] = {
      {"success", 201,
       "Content-Type: application/json\nAccess-Control-Allow-Origin: *\nLocation: "
       "http://localhost:8080/v1/teams/12345/data-source-connections/<UUID7>\n",
       R"({"meta":{"request_id":"<UUID7>"},)"
       R"("data":{"connection_id":"<UUID7>","login_url":null,"connect_url":null}})"},
      {"bad-request", 400, kJsonLimitsAndOrigin,
       R"({"meta":{"request_id":"<32>"},)"
       R"("error":{"code":"BAD_REQUEST","message":"The request was invalid."}})"},
      {"unauthorized", 401,
       "Content-Type: application/json\nWWW-Authenticate: Bearer\nX-RateLimit-Limit: 5000\n"
       "X-RateLimit-Remaining: 4999\nAccess-Control-Allow-Origin: *\n",
       R"({"meta":{"request_id":"<32>"},)"
       R"("error":{"code":"UNAUTHORIZED","message":"Authentication is required."}})"},
      {"forbidden", 403, kJsonLimitsAndOrigin,
       R"({"meta":{"request_id":"<32>"},)"
       R"("error":{"code":"FORBIDDEN","message":"You do not have access to this resource."}})"},
      {"unprocessable", 422, kJsonLimitsAndOrigin,
       R"({"meta":{"request_id":"<32>"},"error":{"code":"UNPROCESSABLE_ENTITY",)"
       R"("message":"Validation failed for the request parameters."}})"},
      {"rate-limited", 429,
       "Content-Type: application/json\nX-RateLimit-Limit: 5000\nX-RateLimit-Remaining: 0\n"
       "Retry-After: 3600\nAccess-Control-Allow-Origin: *\n",
       R"({"meta":{"request_id":"<32>"},)"
       R"("error":{"code":"TOO_MANY_REQUESTS","message":"Rate limit exceeded. Retry later."}})"},
      {"server-error", 500, kJsonAndOrigin,
       R"({"meta":{"request_id":"<32>"},)"
       R"("error":{"code":"INTERNAL_SERVER_ERROR","message":"An unexpected error occurred."}})"},
  };
  for (const Documented& one : kDocumented) {
    ExpectDocumented(GoodCallOf("supermetrics", "2026-08"), one);
  }
}

TEST(SeedDocument, SupermetricsOfJune2026) {
  const Documented kDocumented[] = {
      {"success", 201,
       "Content-Type: application/json\nAccess-Control-Allow-Origin: *\nLocation: "
       "http://localhost:8080/v1/teams/12345/data-source-connections/<UUID7>\n",
       R"({"meta":{"request_id":"<UUID7>"},)"
       R"("data":{"connection_id":"<UUID7>","login_url":null,"connect_url":null}})"},
      {"bad-request", 400, kJsonAndOrigin,
       R"({"meta":{"request_id":"<UUID7>"},"error":{"code":"INVALID_PARAMETER",)"
       R"("message":"Invalid Parameter",)"
       R"("description":"The request contains invalid or malformed parameters."}})"},
      {"unauthorized", 401, kJsonAndOrigin,
       R"({"meta":{"request_id":"<UUID7>"},"error":{"code":"API_KEY_INVALID",)"
       R"("message":"Invalid API key","description":"Provided API key was invalid."}})"},
      {"forbidden", 403, kJsonAndOrigin,
       R"({"meta":{"request_id":"<UUID7>"},"error":{"code":"ACCESS_DENIED",)"
       R"("message":"Access Denied",)"
       R"("description":"You do not have permission to perform this operation."}})"},
      {"unprocessable", 422,
       "Content-Type: application/json\nX-RateLimit-Limit: 100\nX-RateLimit-Remaining: 49\n"
       "Access-Control-Allow-Origin: *\n",
       R"({"meta":{"request_id":"<UUID7>"},"error":{"code":"UNPROCESSABLE_ENTITY",)"
       R"("message":"Unprocessable Entity","description":"Request validation failed."}})"},
      {"rate-limited", 429,
       "Content-Type: application/json\nRetry-After: 60\nAccess-Control-Allow-Origin: *\n",
       R"({"meta":{"request_id":"<UUID7>"},"error":{"code":"API_ROW_QUOTA_EXCEEDED",)"
       R"("message":"Row quota exceeded","description":"You have exceeded your row-quota limit )"
       R"(of rows for this month. Please log into Supermetrics Hub at )"
       R"(https://hub.supermetrics.com/ and upgrade your plan, or contact our Supermetrics )"
       R"(support team."}})"},
      {"server-error", 500, kJsonAndOrigin,
       R"({"meta":{"request_id":"<UUID7>"},"error":{"code":"INTERNAL_SERVER_ERROR",)"
       R"("message":"Internal Server Error",)"
       R"("description":"An unexpected error occurred. Please try again later or contact )"
       R"(support."}})"},
  };
  for (const Documented& one : kDocumented) {
    ExpectDocumented(GoodCallOf("supermetrics", "2026-06"), one);
  }
}

TEST(SeedDocument, AirweaveOfJuly2025) {
  constexpr const char* kJson = "Content-Type: application/json\n";
  const Documented kDocumented[] = {
      {"bad-request", 400, kJson,
       R"({"detail":"Either auth_fields or credential_id must be provided to create a source )"
       R"(connection"})"},
      {"unauthorized", 401, kJson, R"({"detail":"No valid authentication provided"})"},
      {"forbidden", 403, kJson, R"({"detail":"Invalid or expired API key"})"},
      {"unprocessable", 422, kJson,
       R"({"errors":[{"body.name":"String should have at least 4 characters"}]})"},
      {"rate-limited", 429,
       "Content-Type: application/json\nRetry-After: 13\nRateLimit-Limit: 10\n"
       "RateLimit-Remaining: 0\nRateLimit-Reset: 1768471213\n",
       R"({"detail":"Rate limit exceeded. Please retry after 12.34 seconds. Limit: 10 requests )"
       R"(per second."})"},
      {"server-error", 500, kJson, R"({"detail":"Internal Server Error: ValueError: boom"})"},
  };
  for (const Documented& one : kDocumented) ExpectDocumented(GoodCallOf("airweave"), one);
}

TEST(SeedDocument, Fivetran) {
  constexpr const char* kJsonAndLimits =
      "Content-Type: application/json\nX-Rate-Limit: 20000\nX-Rate-Limit-Remaining: 19999\n";
  const Documented kDocumented[] = {
      {"bad-request", 400, kJsonAndLimits,
       R"({"code":"InvalidInput","message":"Field 'group_id' is required"})"},
      {"unauthorized", 401, "Content-Type: application/json\n",
       R"({"code":"Unauthorized","message":"Invalid authorization credentials"})"},
      {"forbidden", 403, kJsonAndLimits,
       R"({"code":"Forbidden","message":"Access denied. Required permission: ACCOUNT_READ"})"},
      {"unprocessable", 422, kJsonAndLimits,
       R"({"code":"UnprocessableEntity","message":"HTTP 422 Unprocessable Entity"})"},
      {"rate-limited", 429,
       "Content-Type: application/json\nRetry-After: 3600\nX-Rate-Limit: 20000\n"
       "X-Rate-Limit-Remaining: 0\n",
       R"({"code":"TooManyRequests","message":"No more than 100 connectors can be created )"
       R"(hourly"})"},
      {"server-error", 500, kJsonAndLimits,
       R"({"code":"InternalServerError","message":"HTTP 500 Internal Server Error"})"},
  };
  for (const Documented& one : kDocumented) ExpectDocumented(GoodCallOf("fivetran"), one);
}

}  // namespace
}  // namespace mockduit
