#include "scenario/read/scenario.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenario/read/reader.h"
#include "unit/contract/acme.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// As a vendor would add it.
PlayExtensions Mood() {
  const auto check = [](ScenarioReader& reader, const Node& node) {
    reader.Word(node, "mood", {"good", "bad"});
  };
  return {{"mood", check, "{}"}};
}

std::shared_ptr<const Scenario> ReadGood(const std::string& text, const char* path = "d/s.yaml") {
  const Catalog catalog = AcmeCatalog();
  auto scenario = ReadScenario({path, text}, catalog, Mood());
  if (scenario) return *scenario;
  for (const Problem& problem : scenario.error()) ADD_FAILURE() << problem.Text();
  return nullptr;
}

std::vector<std::string> ProblemsOf(const std::string& text, const char* path = "s.yaml") {
  const Catalog catalog = AcmeCatalog();
  const auto scenario = ReadScenario({path, text}, catalog, Mood());
  return scenario ? std::vector<std::string>() : Texts(scenario.error());
}

// The problem of a play, written as its first and only one on line 3.
std::vector<std::string> PlayProblems(const std::string& play) {
  return ProblemsOf("rules:\n- play:\n  - " + play + "\n");
}

TEST(ScenarioReader, ChecksAndKeepsWhatVendorsAddToPlays) {
  EXPECT_THAT(PlayProblems("{outcome: success, mood: god}"),
              ElementsAre("s.yaml:3:30: 'god' is no mood; did you mean 'good'?"));
  EXPECT_THAT(PlayProblems("{outcome: unauthorized, mood: bad}"),
              ElementsAre("s.yaml:3:29: mood needs an outcome of success that happens"));
  EXPECT_THAT(PlayProblems("{outcome: success, effect: skip, mood: bad}"),
              ElementsAre("s.yaml:3:38: mood needs an outcome of success that happens"));
  EXPECT_THAT(PlayProblems("{outcome: success, modo: bad}"),
              ElementsAre("s.yaml:3:24: 'modo' is no key of a play; did you mean 'mood'?"));
  const auto scenario = ReadGood("rules:\n- play: [{delay: 1s, mood: bad}, {delay: 1s}]\n");
  ASSERT_NE(scenario, nullptr);
  EXPECT_EQ(scenario->rules[0].plays[0].Extension("mood").AsString(), "bad");
  EXPECT_TRUE(scenario->rules[0].plays[1].Extension("mood").IsNull());
}

TEST(ScenarioReader, HoldsTemplatesAgainstTheOperationsOfTheMatch) {
  const auto problems = [](const std::string& play) {
    return ProblemsOf("rules:\n- match: {operation: acme.create_widget}\n  play:\n  - " + play +
                      "\n");
  };
  EXPECT_THAT(problems(R"({outcome: success, patch: {a: "{{result.colr}}"}})"),
              ElementsAre("s.yaml:4:38: 'result.colr' is not known in a play; did you mean "
                          "'result.color'?"));
  EXPECT_THAT(problems(R"({status: 418, body: {a: "{{request.path.sise}}"}})"),
              ElementsAre("s.yaml:4:32: 'request.path.sise' is not known in a play that is no "
                          "success; did you mean 'request.path.size'?"));
  EXPECT_THAT(problems(R"({outcome: success, patch: {a: "{{result.color}}"}})"), IsEmpty());
}

TEST(ScenarioReader, KnowsTheMatchThatStandsBehindThePlay) {
  EXPECT_THAT(ProblemsOf("rules:\n- play: [{outcome: success, patch: {a: \"{{result.colr}}\"}}]\n"
                         "  match: {operation: acme.create_widget}\n"),
              ElementsAre("s.yaml:2:43: 'result.colr' is not known in a play; did you mean "
                          "'result.color'?"));
}

TEST(ScenarioReader, TellsOfABodyWhereTheStatusHasNone) {
  EXPECT_THAT(PlayProblems("{status: 204, body: {a: 1}}"),
              ElementsAre("s.yaml:3:19: an answer with the status 204 has no body"));
}

TEST(ScenarioReader, TellsOfEveryTemplateAtItsOwnPlace) {
  EXPECT_THAT(ProblemsOf("rules:\n"
                         "- play:\n"
                         "  - status: 200\n"
                         "    headers: {X-A: \"{{nwo}}\", X-B: '{{attemt}} {{sesion}}'}\n"
                         "    body:\n"
                         "      fine: \"{{now}}\"\n"
                         "      deep: [{wrong: \"of {{request.bdy.x}}\"}]\n"
                         "      block: |\n"
                         "        one\n"
                         "        {{uuid5}}\n"),
              ElementsAre("s.yaml:4:23: 'nwo' is nothing a template knows; did you mean 'now'?",
                          "s.yaml:4:39: 'attemt' is nothing a template knows; did you mean "
                          "'attempt'?",
                          "s.yaml:4:50: 'sesion' is nothing a template knows; did you mean "
                          "'session'?",
                          "s.yaml:7:28: 'request.bdy.x' is nothing a template knows; did you mean "
                          "'request.body.x'?",
                          "s.yaml:10:11: 'uuid5' is nothing a template knows; did you mean "
                          "'uuid4'?"));
}

TEST(ScenarioReader, KnowsWhatTheTemplatesOfAPlayMayAskFor) {
  EXPECT_THAT(PlayProblems("{outcome: success, patch: {a: \"{{result.id}} {{made.widget}}\"}}"),
              IsEmpty());
  EXPECT_THAT(PlayProblems("{delay: 1s, headers: {A: \"{{found.widget.id}}\"}}"), IsEmpty());
  EXPECT_THAT(
      PlayProblems("{status: 500, body: \"{{found.widget.id}} {{request.query.a}}\"}"),
      ElementsAre(HasSubstr("'found.widget.id' is not known in a play that is no success")));
  EXPECT_THAT(PlayProblems("{outcome: success, effect: skip, body: \"{{result.id}}\"}"),
              ElementsAre(HasSubstr("'result.id' is not known in a play that is no success")));
  EXPECT_THAT(PlayProblems("{outcome: unauthorized, body: \"{{violations.text}}\"}"),
              ElementsAre(HasSubstr("'violations.text' is not known in a play that is no")));
  EXPECT_THAT(PlayProblems("{outcome: success, body: \"{{process.id}}\"}"),
              ElementsAre(HasSubstr("'process.id' is not known in a play")));
}

TEST(ScenarioReader, RefusesAHeaderThatIsAListOrAMap) {
  EXPECT_THAT(
      PlayProblems("{status: 200, headers: {A: [b], C: {d: e}}}"),
      ElementsAre("s.yaml:3:32: a header must be text, a number, or null, which takes it away",
                  "s.yaml:3:40: a header must be text, a number, or null, which takes it away"));
}

TEST(ScenarioReader, ReadsTheWholeLanguage) {
  const auto scenario = ReadGood(R"(
scenario: all-of-it
description: Everything at once.
rules:
  - name: creates
    match: {operation: ["acme.*", "*.create_widget"], vendor: acme, method: POST,
            path: "/widgets/{size}"}
    play:
      - {outcome: rate_limited, retry_after: 1m30s, times: 2, headers: {X-A: "{{attempt}}",
         Retry-After: null, X-N: 5}}
      - {status: 418, body: {short: "{{now}}"}}
      - {outcome: bad_request, variant: unreadable, patch: {error: null}, status: 499}
      - {outcome: success, times: forever, mood: good}
    then: hold
  - play: [{outcome: success}]
)");
  ASSERT_NE(scenario, nullptr);
  EXPECT_EQ(scenario->name, "all-of-it");
  EXPECT_EQ(scenario->description, "Everything at once.");
  const Rule& rule = scenario->rules[0];
  EXPECT_EQ(rule.name, "creates");
  EXPECT_EQ(rule.then, Rule::Then::kHold);
  EXPECT_THAT(rule.match.operations, ElementsAre("acme.*", "*.create_widget"));
  EXPECT_EQ(rule.plays[0].retry_after->wait, std::chrono::seconds(90));
  EXPECT_EQ(rule.plays[0].times, 2u);
  EXPECT_EQ(rule.plays[0].headers[1].first, "Retry-After");
  EXPECT_FALSE(rule.plays[0].headers[1].second);
  EXPECT_EQ(rule.plays[1].status, 418);
  EXPECT_TRUE(rule.plays[1].body);
  EXPECT_EQ(rule.plays[2].variant, "unreadable");
  EXPECT_EQ(rule.plays[3].times, Play::kForever);
  EXPECT_TRUE(rule.plays[3].GoesOn());
  EXPECT_EQ(scenario->rules[1].name, "rule 2") << "a rule without a name is called by its place";
}

TEST(ScenarioReader, NamesAScenarioByItsFileWhereTheTextDoesNot) {
  EXPECT_EQ(ReadGood("description: x\n", "dir/my-own.yaml")->name, "my-own");
}

TEST(ScenarioReader, KeepsTheTextAsItWasWritten) {
  const std::string text = "# why\nscenario: a\n";
  EXPECT_EQ(ReadGood(text)->text, text);
  EXPECT_EQ(ReadGood(text)->file, "d/s.yaml");
}

TEST(ScenarioReader, ReadsJson) {
  EXPECT_EQ(ReadGood(R"({"scenario": "j", "rules": [{"play": [{"outcome": "success"}]}]})")->name,
            "j");
}

TEST(ScenarioReader, TellsEachMistakeWithItsPlaceAndTheNearestWord) {
  const std::pair<std::string, std::string_view> kMistakes[] = {
      {"scenaro: x\n", "s.yaml:1:1: 'scenaro' is no key of a scenario; did you mean 'scenario'?"},
      {"scenario: X y\n",
       "s.yaml:1:11: 'X y' is no name; a name is made of a-z, 0-9, '.', '_' and '-', up to 64 of "
       "them"},
      {"description: [a]\n", "s.yaml:1:14: description must be text"},
      {"- a\n", "s.yaml:1:1: a scenario must be a map"},
      {"rules: x\n", "s.yaml:1:8: rules must be a list"},
      {"rules:\n- x\n", "s.yaml:2:3: a rule must be a map"},
      {"rules:\n- nam: x\n", "s.yaml:2:3: 'nam' is no key of a rule; did you mean 'name'?"},
      {"rules:\n- then: holds\n", "s.yaml:2:9: 'holds' is no way to go on; did you mean 'hold'?"},
      {"rules:\n- play: {}\n", "s.yaml:2:9: play must be a list"},
      {"rules:\n- match: []\n", "s.yaml:2:10: match must be a map"},
      {"rules:\n- match: {opertion: x}\n",
       "s.yaml:2:11: 'opertion' is no key of match; did you mean 'operation'?"},
      {"rules:\n- match: {operation: acme.create_widgets}\n",
       "s.yaml:2:22: no operation is called 'acme.create_widgets'; did you mean "
       "'acme.create_widget'?"},
      {"rules:\n- match: {operation: [\"*\", \"x.*\"]}\n",
       "s.yaml:2:28: no operation is called 'x.*'"},
      {"rules:\n- match: {operation: 5}\n", "s.yaml:2:22: operation must be text"},
      {"rules:\n- match: {vendor: acne}\n",
       "s.yaml:2:19: 'acne' is no vendor; did you mean 'acme'?"},
      {"rules:\n- match: {method: Post}\n",
       "s.yaml:2:19: 'Post' is no method; did you mean 'POST'?"},
      {"rules:\n- match: {path: widgets}\n", "s.yaml:2:17: a path begins with '/'"},
  };
  for (const auto& [text, problem] : kMistakes) {
    EXPECT_THAT(ProblemsOf(text), ElementsAre(problem)) << text;
  }
}

TEST(ScenarioReader, TellsWhatIsWrongWithAPlay) {
  const std::pair<std::string, std::string_view> kMistakes[] = {
      {"{outcome: rate_limit}",
       "s.yaml:3:15: 'rate_limit' is no outcome; did you mean 'rate_limited'?"},
      {"{outcom: success}", "s.yaml:3:6: 'outcom' is no key of a play; did you mean 'outcome'?"},
      {"{times: 2}", "s.yaml:3:5: a play needs an 'outcome', a 'status', a 'fault' or a 'delay'"},
      {"x", "s.yaml:3:5: a play must be a map"},
      {"{outcome: conflict}",
       "s.yaml:3:15: no operation that rule 1 can meet documents 'conflict'"},
      {"{outcome: bad_request, variant: unreadabel}",
       "s.yaml:3:37: 'unreadabel' is no variant of bad_request; did you mean 'unreadable'?"},
      {"{status: 99}", "s.yaml:3:14: status must be a number from 200 to 599"},
      {"{status: 600}", "s.yaml:3:14: status must be a number from 200 to 599"},
      {"{status: '404'}", "s.yaml:3:14: status must be a number from 200 to 599"},
      {"{status: 404.5}", "s.yaml:3:14: status must be a number from 200 to 599"},
      {"{outcome: success, times: 0}",
       "s.yaml:3:31: times must be a number from 1 on, or 'forever'"},
      {"{outcome: success, times: always}",
       "s.yaml:3:31: times must be a number from 1 on, or 'forever'"},
      {"{outcome: success, times: -1}",
       "s.yaml:3:31: times must be a number from 1 on, or 'forever'"},
      {"{outcome: rate_limited, retry_after: 5}",
       "s.yaml:3:42: '5' is no duration; write it as 150ms, 2s, 1m30s or 1h"},
      {"{outcome: success, headers: [a]}", "s.yaml:3:33: headers must be a map"},
      {"{outcome: success, headers: {A B: c}}", "s.yaml:3:39: 'A B' cannot be sent as a header"},
      {"{outcome: success, headers: {A(b): c}}", "s.yaml:3:40: 'A(b)' cannot be sent as a header"},
      {"{outcome: success, headers: {A: \"b\\r\\nC: d\"}}",
       "s.yaml:3:37: 'A' cannot be sent as a header"},
      {"{outcome: success, headers: {A: \"{{uuid5}}\"}}",
       "s.yaml:3:40: 'uuid5' is nothing a template knows; did you mean 'uuid4'?"},
      {"{outcome: success, patch: [a]}", "s.yaml:3:31: patch must be a map"},
      {"{outcome: success, patch: {a: \"{{x\"}}", "s.yaml:3:36: '{{' is never closed by '}}'"},
      {"{status: 200, body: {a: \"{{nwo}}\"}}",
       "s.yaml:3:32: 'nwo' is nothing a template knows; did you mean 'now'?"},
  };
  for (const auto& [play, problem] : kMistakes) {
    EXPECT_THAT(PlayProblems(play), ElementsAre(problem)) << play;
  }
}

TEST(ScenarioReader, TellsOfAPlayThatIsNeverReached) {
  EXPECT_THAT(PlayProblems("{outcome: success, times: forever}\n  - {outcome: success}"),
              ElementsAre("s.yaml:4:5: this play is never reached: the one before is played "
                          "forever"));
}

TEST(ScenarioReader, ReportsARuleOnlyWhereOneBeforeItIsInForceAsLong) {
  const auto problems = [](const std::string& first, const std::string& second) {
    return ProblemsOf("rules:\n- {when: " + first +
                      ", play: [{outcome: success, times: forever}]}\n" + "- {when: " + second +
                      ", play: [{outcome: success}]}\n");
  };
  const auto kNever = ElementsAre(::testing::HasSubstr("takes every request that it could"));
  EXPECT_THAT(problems("{until: 40s}", "{until: 40s}"), kNever);
  EXPECT_THAT(problems("{until: 40s}", "{until: 39s}"), kNever);
  EXPECT_THAT(problems("{until: 40s}", "{until: 41s}"), ElementsAre());
  EXPECT_THAT(problems("{until: 40s}", "{after: 10s}"), ElementsAre());
  EXPECT_THAT(problems("{after: 10s}", "{after: 10s}"), kNever);
  EXPECT_THAT(problems("{after: 10s}", "{after: 9s}"), ElementsAre());
}

TEST(ScenarioReader, TellsOfAllMistakesAtOnce) {
  EXPECT_THAT(ProblemsOf("scenaro: x\nrules:\n- match: {vendor: acne}\n  play:\n"
                         "  - {outcome: succes, times: 0}\n"),
              ElementsAre("s.yaml:1:1: 'scenaro' is no key of a scenario; did you mean 'scenario'?",
                          "s.yaml:3:19: 'acne' is no vendor; did you mean 'acme'?",
                          "s.yaml:5:15: 'succes' is no outcome; did you mean 'success'?",
                          "s.yaml:5:30: times must be a number from 1 on, or 'forever'"));
}

TEST(ScenarioReader, TellsWhereTheTextIsNoYaml) {
  EXPECT_THAT(ProblemsOf("rules: [\n"), ElementsAre(::testing::StartsWith("s.yaml:1:8: ")));
}

TEST(ScenarioReader, TellsWhenTheFilesNameIsNone) {
  EXPECT_THAT(
      ProblemsOf("description: x\n", "dir/My Own.yaml"),
      ElementsAre("dir/My Own.yaml:1:1: 'My Own' is no name; a name is made of a-z, 0-9, '.', "
                  "'_' and '-', up to 64 of them"));
}

TEST(ScenarioReader, AsksForDocumentedOutcomesOnlyOfOperationsThatTheRuleCanMeet) {
  EXPECT_THAT(ProblemsOf("rules:\n- match: {method: GET}\n  play: [{outcome: conflict}]\n"),
              ElementsAre("s.yaml:2:10: rule 1 never matches: no operation fits all of its keys"));
}

TEST(ScenarioName, IsOfLowerCaseDigitsDotsUnderscoresAndHyphens) {
  for (const std::string& name :
       {std::string("a"), std::string("7"), std::string("a.b_c-9"), std::string(64, 'a')}) {
    EXPECT_TRUE(IsName(name)) << name;
  }
  for (const std::string& name :
       {std::string(), std::string("A"), std::string("-a"), std::string(".a"), std::string("a b"),
        std::string("a/b"), std::string("é"), std::string(65, 'a'), std::string("a~b")}) {
    EXPECT_FALSE(IsName(name)) << name;
  }
}

}  // namespace
}  // namespace mockduit
