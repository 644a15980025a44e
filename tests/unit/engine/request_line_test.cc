// The line of a request, in every shape that it has.
#include "engine/request_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mockduit {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::Not;

RequestEntry Throttled() {
  RequestEntry entry;
  entry.came = *ParseTime("2026-01-15T10:00:00.123456Z");
  entry.took = Duration(412);
  entry.session = "demo";
  entry.id = 2;
  entry.method = "POST";
  entry.path = "/source-connections";
  entry.status = 429;
  entry.outcome = "rate_limited";
  entry.scenario = "throttled-twice";
  entry.attempt = 2;
  entry.attempts = 2;
  entry.played = true;
  entry.retry_after = seconds(1);
  entry.operation = "acme.create_box";
  entry.edition = "2026-01";
  entry.rule = "creates are throttled";
  entry.play = 1;
  entry.source = "Acme's handbook, page 3";
  return entry;
}

// An answer that no scenario has touched.
RequestEntry Plain(int status, std::string outcome) {
  RequestEntry entry = Throttled();
  entry.status = status;
  entry.outcome = std::move(outcome);
  entry.scenario = "success";
  entry.eventless = true;
  entry.attempt = entry.attempts = 0;
  entry.played = false;
  entry.retry_after.reset();
  entry.rule.clear();
  entry.play = 0;
  return entry;
}

// Without the part that is the same in all of them.
std::string TextOf(const RequestEntry& entry) {
  const std::string head = "10:00:00.123 demo #2 POST /source-connections  ";
  std::string line = RequestLine(entry, {});
  EXPECT_THAT(line, testing::StartsWith(head));
  const std::string tail = " · 0.4 ms\n";
  EXPECT_THAT(line, testing::EndsWith(tail));
  return line.substr(head.size(), line.size() - head.size() - tail.size());
}

TEST(RequestLine, TellsStatusOutcomeScenarioPlayAndRetryAfter) {
  EXPECT_EQ(RequestLine(Throttled(), {}),
            "10:00:00.123 demo #2 POST /source-connections  429 rate_limited · throttled-twice 2/2 "
            "· Retry-After 1 · 0.4 ms\n");
}

TEST(RequestLine, TellsNoScenarioThatHasNothingToPlay) {
  EXPECT_EQ(TextOf(Plain(200, "success")), "200 success");
}

TEST(RequestLine, TellsWhereTheScriptIsPlayedToTheEnd) {
  RequestEntry entry = Throttled();
  entry.status = 200;
  entry.outcome = "success";
  entry.retry_after.reset();
  entry.played = false;
  entry.attempt = 3;
  EXPECT_EQ(TextOf(entry), "200 success · throttled-twice, played to the end");
}

TEST(RequestLine, CountsRequestsOfAScriptWithoutAnEnd) {
  RequestEntry entry = Throttled();
  entry.attempts = 0;
  entry.attempt = 7;
  EXPECT_EQ(TextOf(entry), "429 rate_limited · throttled-twice 7 · Retry-After 1");
  entry.played = false;
  EXPECT_EQ(TextOf(entry), "429 rate_limited · throttled-twice 7, passed over · Retry-After 1");
}

TEST(RequestLine, NamesTheScenarioAloneWhereNoRuleOfItMatches) {
  RequestEntry entry = Plain(200, "success");
  entry.scenario = "flaky";
  entry.eventless = false;
  EXPECT_EQ(TextOf(entry), "200 success · flaky");
}

TEST(RequestLine, TellsALimitAndAPreference) {
  RequestEntry entry = Plain(429, "rate_limited");
  entry.scenario = "ten-a-minute";
  entry.eventless = false;
  entry.limited = true;
  EXPECT_EQ(TextOf(entry), "429 rate_limited · ten-a-minute, its limit");
  entry.limited = false;
  entry.preferred = true;
  EXPECT_EQ(TextOf(entry), "429 rate_limited · by Prefer");
}

TEST(RequestLine, TellsWhatHappensOnTheWire) {
  RequestEntry entry = Plain(200, "success");
  entry.delay = milliseconds(1'500);
  entry.fault = "reset";
  EXPECT_EQ(TextOf(entry), "200 success · after 1500 ms · fault: reset");
}

TEST(RequestLine, TellsAStatusOfAPlaysOwnAsScripted) {
  RequestEntry entry = Throttled();
  entry.status = 418;
  entry.outcome.clear();
  entry.retry_after.reset();
  EXPECT_EQ(TextOf(entry), "418 scripted · throttled-twice 2/2");
}

TEST(RequestLine, TellsTheEmulatorsOwnWords) {
  RequestEntry entry = Plain(400, "");
  entry.problem = "The request begins like TLS; this port speaks plain HTTP.";
  EXPECT_EQ(TextOf(entry), "400 · The request begins like TLS; this port speaks plain HTTP.");
}

TEST(RequestLine, HasDashesForWhatCameIntoNoSessionAndForWhatCouldNotBeRead) {
  RequestEntry entry = Plain(403, "");
  entry.session.clear();
  entry.id = 0;
  entry.method = "GET";
  entry.path = "/__admin/sessions";
  entry.problem = "not for pages";
  EXPECT_EQ(RequestLine(entry, {}),
            "10:00:00.123 - GET /__admin/sessions  403 · not for pages · 0.4 ms\n");
  entry.method.clear();
  EXPECT_EQ(RequestLine(entry, {}), "10:00:00.123 - -  403 · not for pages · 0.4 ms\n");
}

TEST(RequestLine, ShowsTheLocalTime) {
  EXPECT_THAT(RequestLine(Throttled(), {.utc_offset = std::chrono::hours(5)}),
              testing::StartsWith("15:00:00.123 "));
}

TEST(RequestLine, RoundsLongDurationsToMilliseconds) {
  RequestEntry entry = Throttled();
  entry.took = milliseconds(1'234);
  EXPECT_THAT(RequestLine(entry, {}), testing::EndsWith(" · 1234 ms\n"));
}

TEST(RequestLine, SaysWhyOnLinesBeneath) {
  RequestEntry entry = Plain(422, "validation_error");
  entry.condition = "invalid";
  entry.violations = {"body.name: minLength 4", "body.size: required"};
  entry.warning = "the clock stood still";
  const std::string line = RequestLine(entry, {.verbose = true});
  EXPECT_EQ(line.substr(line.find('\n') + 1),
            "    operation: acme.create_box, edition 2026-01\n"
            "    condition: invalid\n"
            "    violations: body.name: minLength 4; body.size: required\n"
            "    source: Acme's handbook, page 3\n"
            "    warning: the clock stood still\n");
}

TEST(RequestLine, SaysWhichPlayOfWhichRuleAndWhatTookEffect) {
  RequestEntry entry = Throttled();
  entry.applied = true;
  const std::string line = RequestLine(entry, {.verbose = true});
  EXPECT_EQ(line.substr(line.find('\n') + 1),
            "    operation: acme.create_box, edition 2026-01, took effect\n"
            "    rule: creates are throttled, play 1\n"
            "    source: Acme's handbook, page 3\n");
}

TEST(RequestLine, ShowsSomeOfManyViolations) {
  RequestEntry entry = Plain(422, "validation_error");
  entry.violations.assign(10, "body: type object");
  EXPECT_THAT(RequestLine(entry, {.verbose = true}), HasSubstr("body: type object; and 2 more\n"));
}

TEST(RequestLine, ColoursByTheStatus) {
  const std::pair<int, std::string> kColours[] = {
      {200, "32"}, {204, "32"}, {302, "36"}, {404, "33"}, {503, "31"}};
  for (const auto& [status, colour] : kColours) {
    EXPECT_EQ(RequestLine(Plain(status, "x"), {.colours = true}),
              "\x1b[2m10:00:00.123\x1b[0m demo #2 POST /source-connections  \x1b[" + colour + "m" +
                  std::to_string(status) + " x\x1b[0m\x1b[2m · 0.4 ms\x1b[0m\n");
  }
}

TEST(RequestLine, HasNothingThatATerminalWouldObey) {
  const std::string evil = "\x1b[2J\r\n\xc2\x9b\x07\xff";
  RequestEntry entry = Throttled();
  for (std::string* text : {&entry.session, &entry.method, &entry.path, &entry.outcome,
                            &entry.problem, &entry.scenario, &entry.operation, &entry.edition,
                            &entry.rule, &entry.condition, &entry.source, &entry.warning}) {
    *text += evil;
  }
  entry.violations = {evil};
  const std::string line = RequestLine(entry, {.verbose = true});
  for (const char c : line) EXPECT_TRUE(c == '\n' || (c >= ' ' && c != 0x7F) || c < 0) << line;
  EXPECT_THAT(line, Not(HasSubstr("\xc2\x9b")));
  EXPECT_THAT(line, Not(HasSubstr("\n[2J")));
  // Each line of it is indented, so that none passes for a request's.
  EXPECT_THAT(line.substr(1), Not(testing::ContainsRegex("\n[^ ]")));
}

TEST(RequestLine, CutsALongPathAndALongProblem) {
  RequestEntry entry = Plain(404, "");
  entry.path = "/" + std::string(5'000, 'x');
  entry.problem = std::string(5'000, 'y');
  EXPECT_LT(RequestLine(entry, {}).size(), 800U);
  EXPECT_THAT(RequestLine(entry, {}), HasSubstr("xxx…  404 · yyy"));
}

TEST(RequestLine, IsOneObjectWithTheSameMembersAsJson) {
  EXPECT_EQ(RequestLine(Throttled(), {.format = LogFormat::kJson, .colours = true}),
            R"({"time":"2026-01-15T10:00:00.123Z","level":"info","event":"request",)"
            R"("session":"demo","id":2,"method":"POST","path":"/source-connections","status":429,)"
            R"("outcome":"rate_limited","scenario":"throttled-twice","attempt":2,"attempts":2,)"
            R"("retry_after":1,"duration_ms":0.412})"
            "\n");
}

TEST(RequestLine, SaysWhyInFurtherMembersOfJson) {
  RequestEntry entry = Throttled();
  entry.condition = "invalid";
  entry.violations = {"body.name: minLength 4"};
  const std::string line =
      RequestLine(entry, {.format = LogFormat::kJson, .verbose = true, .utc_offset = seconds(9)});
  EXPECT_THAT(line, HasSubstr(R"("duration_ms":0.412,"operation":"acme.create_box",)"
                              R"("edition":"2026-01","applied":false,)"
                              R"("rule":"creates are throttled","play":1,"condition":"invalid",)"
                              R"("violations":["body.name: minLength 4"],)"
                              R"("source":"Acme's handbook, page 3"})"));
}

TEST(RequestLine, IsSoundJsonWhateverAClientSends) {
  RequestEntry entry = Throttled();
  entry.path = "/\"\x1b\xff\n" + std::string(1'000, '\xc3');
  entry.delay = seconds(2);
  entry.fault = "reset";
  entry.preferred = entry.limited = true;
  const std::string line = RequestLine(entry, {.format = LogFormat::kJson});
  const auto json = Json::Parse(line);
  ASSERT_TRUE(json) << line;
  EXPECT_EQ(json->Get("delay_ms"), Json(2000));
  EXPECT_EQ(json->Get("fault"), Json("reset"));
  EXPECT_EQ(json->Get("limited"), Json(true));
  EXPECT_EQ(line.find('\n'), line.size() - 1);
}

}  // namespace
}  // namespace mockduit
