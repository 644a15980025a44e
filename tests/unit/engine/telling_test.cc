// Who tells what: the vendor's own answers, and the emulator's own problem+json.
#include <gtest/gtest.h>

#include <tuple>

#include "unit/engine/world.h"

namespace mockduit {
namespace {

Request Get(std::string path) { return {"GET", std::move(path), "", {{"Host", "h"}}, ""}; }

void ExpectProblem(const Response& response, int status, std::string_view title,
                   std::string_view detail, std::string_view more_key = "",
                   std::string_view more = "") {
  EXPECT_EQ(response.status, status);
  EXPECT_EQ(response.headers.Get("Content-Type"), "application/problem+json");
  EXPECT_EQ(response.headers.Get("X-Mockduit-Outcome"), "none");
  EXPECT_EQ(response.headers.Get("X-Mockduit-Source"), "Mockduit's own answer");
  const auto problem = Json::Parse(response.body);
  ASSERT_TRUE(problem) << response.body;
  EXPECT_EQ(problem->Find("type")->AsString(), "about:blank");
  EXPECT_EQ(problem->Find("title")->AsString(), title);
  EXPECT_EQ(problem->Find("status")->AsInteger(), status);
  EXPECT_EQ(problem->Find("detail")->AsString(), detail);
  if (more_key.empty()) return;
  ASSERT_NE(problem->Find(more_key), nullptr) << response.body;
  EXPECT_EQ(problem->Find(more_key)->Dump(), more);
}

TEST(OwnAnswer, TellsOfAnUnknownScenarioWithTheNearest) {
  TestWorld world;
  const std::string detail = "there is no scenario 'rate-limit'; did you mean 'rate-limited'?";
  const std::string nearest = R"(["rate-limited"])";
  Request request = GoodCallOf("fivetran").Make();
  request.path = "/~rate-limit" + request.path;
  ExpectProblem(world.Send(request), 400, "Unknown scenario", detail, "nearest", nearest);
  ExpectProblem(world.Send(GoodCallOf("airweave").With("k~rate-limit")), 400, "Unknown scenario",
                detail, "nearest", nearest);
  request = GoodCallOf("supermetrics").Make();
  request.headers.Add("X-Mockduit-Scenario", "rate-limit");
  ExpectProblem(world.Send(request), 400, "Unknown scenario", detail, "nearest", nearest);
}

TEST(OwnAnswer, SaysWhereAllAreWhereNothingIsNear) {
  TestWorld world;
  Request request = GoodCallOf("fivetran").Make();
  request.headers.Add("X-Mockduit-Scenario", "qqqqzz");
  ExpectProblem(world.Send(request), 400, "Unknown scenario",
                "there is no scenario 'qqqqzz'; GET /__admin/scenarios lists those that there are",
                "nearest", "[]");
  ExpectProblem(world.Send(Get("/zzz/qqq")), 404, "No such operation",
                "no vendor's contract has /zzz/qqq; GET /__admin/operations lists what there is",
                "nearest", "[]");
}

TEST(OwnAnswer, TellsOfAMalformedSessionWithTheNearestGoodName) {
  TestWorld world;
  const std::string rule =
      " is no session name: it begins with a-z or 0-9, goes on with a-z, 0-9, '.', '_' or '-', "
      "and has at most 64 characters; did you mean '";
  Request request = GoodCallOf("fivetran").Make();
  request.headers.Add("X-Mockduit-Session", "Checkout 7");
  ExpectProblem(world.Send(request), 400, "Malformed session name",
                "'Checkout 7' in X-Mockduit-Session" + rule + "checkout-7'?", "nearest",
                R"(["checkout-7"])");
  request = GoodCallOf("fivetran").Make();
  request.path = "/~success@_x" + request.path;
  ExpectProblem(world.Send(request), 400, "Malformed session name",
                "'_x' in the path" + rule + "x'?", "nearest", R"(["x"])");
}

TEST(OwnAnswer, TellsOfAMalformedSessionWhateverItsBytes) {
  TestWorld world;
  Request request = GoodCallOf("fivetran").Make();
  request.path = "/@%FF%00" + request.path;
  const Response response = world.Send(request);
  EXPECT_EQ(response.status, 400);
  EXPECT_TRUE(Json::Parse(response.body)) << response.body;
}

TEST(OwnAnswer, TellsOfAPathThatNoVendorHas) {
  TestWorld world;
  ExpectProblem(world.Send(Get("/v1/conections")), 404, "No such operation",
                "no vendor's contract has /v1/conections; GET /__admin/operations lists what there "
                "is",
                "nearest",
                R"(["GET /v1/connections","POST /v1/connections",)"
                R"("GET /v1/connections/{connection_id}"])");
}

TEST(OwnAnswer, TellsOfAVendorsNameThatIsMisspelt) {
  TestWorld world;
  const Response response = world.Send(Get("/fivtran/v1/connections"));
  EXPECT_EQ(Json::Parse(response.body)->Get("detail").AsString(),
            "no vendor's contract has /fivtran/v1/connections; did you mean "
            "'/fivetran/v1/connections'?; GET /__admin/operations lists what there is");
}

TEST(OwnAnswer, TellsOfACodeThatIsNotDocumented) {
  TestWorld world;
  Request request = GoodCallOf("airweave").Make();
  request.headers.Add("Prefer", "code=418");
  ExpectProblem(world.Send(request), 400, "Undocumented code",
                "airweave.create_source_connection documents no 418", "documented",
                "[200,400,401,403,404,422,429,500]");
}

TEST(OwnAnswer, TellsOfAnExampleThatIsNotDocumented) {
  TestWorld world;
  Request request = GoodCallOf("airweave").Make();
  request.headers.Add("Prefer", "code=422, example=document");
  ExpectProblem(world.Send(request), 400, "Unknown example",
                "'document' is no example of unprocessable; did you mean 'documented'?",
                "documented", R"(["errors","documented","auth_fields","config_fields"])");
}

TEST(OwnAnswer, TellsOfAPreferenceThatIsNoCode) {
  TestWorld world;
  Request request = GoodCallOf("airweave").Make();
  request.headers.Add("Prefer", "code=many");
  ExpectProblem(world.Send(request), 400, "Bad preference", "Prefer: code=many is no status code");
}

TEST(OwnAnswer, TellsWhatTheDoorRefused) {
  TestWorld world;
  Refusal refusal{431, "the head is longer than 16384 bytes", {"GET", "/x", "", {}, ""}};
  const Response response = world.emulator().Refuse(refusal);
  ExpectProblem(response, 431, "Request Header Fields Too Large",
                "the head is longer than 16384 bytes");
  EXPECT_EQ(world.session()->journal().Exchanges({}).back().request.path, "/x");
}

TEST(VendorsAnswer, OfAnUnknownPathBehindItsPrefixIsIts404) {
  const std::pair<const char*, const char*> kBodies[] = {
      {"supermetrics", R"({"meta":{"request_id":"<32>"},"error":{"code":"NOT_FOUND",)"
                       R"("message":"The requested resource was not found."}})"},
      {"airweave", R"({"detail":"Not Found"})"},
      {"fivetran", R"({"code":"NotFound","message":"HTTP 404 Not Found"})"},
  };
  TestWorld world;
  for (const auto& [vendor, body] : kBodies) {
    for (const char* rest : {"/nothing/here", "", "/"}) {
      const Response response = world.Send(Get("/" + std::string(vendor) + rest));
      EXPECT_EQ(response.status, 404);
      EXPECT_EQ(Masked(response.body), body);
      EXPECT_EQ(response.headers.Get("X-Mockduit-Outcome"), "not_found");
      EXPECT_EQ(response.headers.Find("Allow"), std::nullopt);
    }
  }
}

TEST(VendorsAnswer, OfAWrongMethodIsIts405WithAllow) {
  const std::tuple<const char*, const char*, const char*> kTold[] = {
      {"supermetrics", "POST",
       R"({"meta":{"request_id":"<32>"},"error":{"code":"METHOD_NOT_ALLOWED",)"
       R"("message":"The method is not allowed for this resource."}})"},
      {"airweave", "GET", R"({"detail":"Method Not Allowed"})"},
      {"fivetran", "GET, POST",
       R"({"code":"MethodNotAllowed","message":"HTTP 405 Method Not Allowed"})"},
  };
  TestWorld world;
  for (const auto& [vendor, allowed, body] : kTold) {
    for (const char* method : {"PUT", "DELETE", "PATCH", "OPTIONS", "BREW"}) {
      Request request = GoodCallOf(vendor).Make();
      request.method = method;
      const Response response = world.Send(request);
      EXPECT_EQ(response.status, 405) << method;
      EXPECT_EQ(Masked(response.body), body);
      EXPECT_EQ(response.headers.Get("Allow"), allowed);
    }
  }
}

TEST(VendorsAnswer, BehindAnotherVendorsPrefixIsNotGiven) {
  TestWorld world;
  Request request = GoodCallOf("fivetran").Make();
  request.path = "/airweave" + request.path;
  EXPECT_EQ(world.Send(request).body, R"({"detail":"Not Found"})");
}

TEST(VendorsAnswer, TakesATrailingSlashWhereTheVendorDoes) {
  const std::pair<const char*, int> kStatuses[] = {
      {"supermetrics", 404}, {"airweave", 200}, {"fivetran", 201}};
  TestWorld world;
  for (const auto& [vendor, status] : kStatuses) {
    Request request = GoodCallOf(vendor).Make();
    request.path += "/";
    EXPECT_EQ(world.Send(request).status, status) << vendor;
  }
}

TEST(Credentials, AreJudgedAsEachVendorDoes) {
  const struct {
    const char* vendor;
    const char* edition;
    int none, unknown, forbidden;
  } kCases[] = {
      {"supermetrics", "2026-08", 401, 401, 403},
      {"airweave", "2025-07", 401, 403, 403},
      {"fivetran", "v1", 401, 401, 403},
  };
  TestWorld world;
  for (const auto& c : kCases) {
    const GoodCall& call = GoodCallOf(c.vendor, c.edition);
    Request request = call.Make();
    request.headers.Remove(call.key_header);
    EXPECT_EQ(world.Send(request).status, c.none) << c.vendor;
    EXPECT_EQ(world.Send(call.With("")).status, c.none) << c.vendor;
    EXPECT_EQ(world.Send(call.With("invalid-key")).status, c.unknown) << c.vendor;
    EXPECT_EQ(world.Send(call.With("forbidden-key")).status, c.forbidden) << c.vendor;
  }
  EXPECT_EQ(world.Send(GoodCallOf("supermetrics", "2026-06").With("invalid")).status, 401);
  EXPECT_EQ(world.Send(GoodCallOf("supermetrics", "2026-06").With("forbidden")).status, 403);
}

TEST(Credentials, OfSupermetricsMayStandInTheBody) {
  TestWorld world;
  const std::string body = R"({"data_source_id":"ADM","destination_type":"X","api_key":")";
  EXPECT_EQ(world.Send(Post(kTeamPath, body + "sk_1\"}", {})).status, 201);
  EXPECT_EQ(world.Send(Post(kTeamPath, body + "invalid\"}", {})).status, 401);
  EXPECT_EQ(world.Send(Post(kTeamPath, body + "invalid\"}", {{"Authorization", "good"}})).status,
            201)
      << "the header comes first";
}

TEST(Credentials, OfTheWrongSchemeAreNone) {
  TestWorld world;
  Request request = GoodCallOf("fivetran").Make();
  for (const char* value : {"Bearer token", "raw-key", "Basic !!!", "Basic"}) {
    request.headers.Set("Authorization", value);
    EXPECT_EQ(world.Send(request).status, 401) << value;
  }
}

TEST(Credentials, OfAirweaveTellTheOrganizationThatWasAskedFor) {
  TestWorld world;
  Request request = GoodCallOf("airweave").With("forbidden");
  request.headers.Add("X-Organization-ID", "org-9");
  EXPECT_EQ(world.Send(request).body,
            R"({"detail":"API key does not have access to organization org-9"})");
}

TEST(Stamp, IsOnEveryAnswerAndCountsTheExchanges) {
  TestWorld world;
  const Request kRequests[] = {
      GoodCallOf("fivetran").Make(),        // success
      GoodCallOf("airweave").With(""),      // refused
      Get("/nothing"),                      // nobody's
      Get("/fivetran/nothing"),             // a vendor's 404
      GoodCallOf("fivetran").With("k~no"),  // unknown scenario
      GoodCallOf("fivetran").With("k@N"),   // malformed session
  };
  int exchange = 0;
  for (const Request& request : kRequests) {
    const Response response = world.Send(request);
    EXPECT_EQ(response.headers.Get("X-Mockduit-Exchange"), std::to_string(++exchange));
    EXPECT_EQ(response.headers.Get("X-Mockduit-Session"), "default");
    for (const char* name : {"X-Mockduit-Scenario", "X-Mockduit-Outcome", "X-Mockduit-Source"}) {
      EXPECT_EQ(response.headers.Count(name), 1u) << name;
      EXPECT_NE(response.headers.Get(name), "") << name;
    }
  }
  EXPECT_EQ(world.session()->journal().total(), 6u);
}

TEST(Stamp, NamesTheDocumentOrTheInference) {
  TestWorld world;
  EXPECT_EQ(world.Send(GoodCallOf("supermetrics").Make()).headers.Get("X-Mockduit-Source"),
            "Supermetrics API reference, Create data source connection (Bearer edition, August "
            "2026), response 201");
  Request picky = GoodCallOf("fivetran").Make();
  picky.headers.Add("Accept", "text/html");
  EXPECT_EQ(world.Send(picky).headers.Get("X-Mockduit-Source"),
            "inferred: the status is documented, its body is not; the words follow the live answer "
            "\"HTTP 404 Not Found\"");
}

TEST(Location, IsBuiltOnTheUrlThatWasCalled) {
  const auto location = [](TestWorld& world, const std::string& prefix) {
    Request request = GoodCallOf("supermetrics").Make();
    request.path = prefix + request.path;
    request.query = "x=1";
    return Masked(std::string(world.Send(request).headers.Get("Location")));
  };
  TestWorld world;
  EXPECT_EQ(location(world, ""), "http://localhost:8080" + kTeamPath + "/<UUID7>");
  EXPECT_EQ(location(world, "/~success@a/supermetrics"),
            "http://localhost:8080/~success@a/supermetrics" + kTeamPath + "/<UUID7>");
  TestWorld published({.emulator = {.names = {.public_url = "https://mock.example/"}}});
  EXPECT_EQ(location(published, "/@a"), "https://mock.example/@a" + kTeamPath + "/<UUID7>");
}

TEST(JournalOfAnExchange, HoldsWhatWasSentWithoutItsSecrets) {
  TestWorld world;
  Request request = GoodCallOf("airweave").With("my-key@s");
  request.query = "api_key=q";
  world.Send(request);
  const Exchange kept = world.session("s")->journal().Exchanges({}).front();
  EXPECT_EQ(kept.operation, "airweave.create_source_connection");
  EXPECT_EQ(kept.outcome, "success");
  EXPECT_EQ(kept.request.headers.Get("X-API-Key"), "[redacted]");
  EXPECT_EQ(kept.request.query, "api_key=[redacted]");
  EXPECT_EQ(kept.request.body,
            R"({"name":"My conn","short_name":"stripe","auth_fields":{"api_key":"[redacted]"}})");
  EXPECT_EQ(FormatMicros(kept.at), "2026-01-15T10:00:00.000000Z");
  EXPECT_EQ(kept.response.status, 200);
}

}  // namespace
}  // namespace mockduit
