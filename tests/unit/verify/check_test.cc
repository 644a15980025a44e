// What all checks share: their names, their settings, and how findings become a verdict.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "unit/verify/story.h"
#include "verify/phrases.h"

namespace mockduit {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::SizeIs;

std::string Refusal(std::string_view assignment) {
  CheckSettings settings;
  const auto set = settings.Set(assignment);
  return set ? "" : set.error().message;
}

const Check& Named(std::string_view name) { return *FindCheck(name); }

TEST(Checks, AreTwentyEachByAName) {
  EXPECT_THAT(CheckNames(), SizeIs(20));
  const auto names = CheckNames();
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), names.size());
  for (const Check& check : Checks()) {
    EXPECT_EQ(FindCheck(check.name), &check);
    EXPECT_THAT(std::string(check.about), Not(IsEmpty())) << check.name;
    EXPECT_THAT(std::string(check.basis), Not(IsEmpty())) << check.name;
  }
  EXPECT_EQ(FindCheck("backoff"), nullptr);
}

TEST(Checks, HaveStandardsThatTheyTake) {
  for (const Check& check : Checks()) {
    for (const CheckParameter& parameter : check.parameters) {
      const std::string assignment = std::string(check.name) + "." + std::string(parameter.name) +
                                     "=" + std::string(parameter.default_value);
      EXPECT_EQ(Refusal(assignment), "");
      EXPECT_THAT(std::string(parameter.about), Not(IsEmpty())) << assignment;
    }
  }
}

TEST(Checks, AreAllNotExercisedByNothing) {
  for (const Verdict& verdict : RunChecks(Story().MakeHistory(), {})) {
    EXPECT_EQ(verdict.result, Verdict::Result::kNotExercised) << verdict.check;
    EXPECT_EQ(verdict.summary, "nothing happened that shows it");
    EXPECT_THAT(verdict.findings, IsEmpty());
  }
}

TEST(Checks, AreAllInconclusiveWhereTheJournalIsNotWhole) {
  for (const Verdict& verdict : RunChecks(Story().Truncated().MakeHistory(), {})) {
    EXPECT_EQ(verdict.result, Verdict::Result::kInconclusive) << verdict.check;
    EXPECT_THAT(verdict.summary, HasSubstr("--journal-size"));
  }
}

std::vector<std::string> ChecksThat(Verdict::Result result, const Story& story) {
  std::vector<std::string> names;
  for (const Verdict& verdict : RunChecks(story.MakeHistory(), {})) {
    if (verdict.result == result) names.push_back(verdict.check);
  }
  return names;
}

// What is gone may have been a fault.
TEST(Checks, NeverPassWhereTheJournalIsNotWhole) {
  Story story;
  story.At(0s, kMake, kBox).Answered(429).RetryAfter(2s).Passing();
  story.At(2s, kMake, kBox).Answered(500).Applied().Passing();
  story.At(3s, "GET /v1/boxes/a").Answered(404);
  story.Waits({1s, 2s, 4s}, "GET /v1/boxes/b", "", 503, 4s);
  story.At(20s, "GET /v1/boxes").Points("aa");
  story.At(21s, "GET /v1/boxes?cursor=aa").Points("");
  for (int look = 0; look < 5; ++look) story.At(30s + look * 1s, "GET /v1/boxes/c").GoingOn();
  EXPECT_THAT(
      ChecksThat(Verdict::Result::kPass, story),
      IsSupersetOf({"retry-after-honoured", "limits-heeded", "no-retry-on-client-error",
                    "retries-bounded", "backoff-grows", "retry-same-body", "recovers",
                    "no-duplicate-create", "pagination-followed", "polling-sane", "headers-sent",
                    "no-secret-in-url", "unknown-fields", "deprecated-used"}));
  EXPECT_THAT(ChecksThat(Verdict::Result::kInconclusive, story.Truncated()), SizeIs(20));
}

// What is there is a fault all the same.
TEST(Checks, FailAlsoWhereTheJournalIsNotWhole) {
  Story story;
  story.At(0s, kMake, kBox).Answered(500).Applied();
  story.At(1s, kMake, kBox).Answered(201);
  story.At(10s, "PATCH /v1/boxes/a", kBox).Answered(429).RetryAfter(3s).Passing();
  story.At(11s, "PATCH /v1/boxes/a").Answered(429).Passing();
  story.Each({20s, 21s}, "GET /v1/boxes/b", "", 404);
  story.Waits(std::vector<Duration>(11, 1s), "GET /v1/boxes/c", "", 503, 30s);
  for (int look = 0; look < 5; ++look) story.At(60s + look * 1ms, "GET /v1/boxes/d").GoingOn();
  const std::vector<std::string> failed = ChecksThat(Verdict::Result::kFail, story);
  EXPECT_THAT(failed, IsSupersetOf({"retry-after-honoured", "no-retry-on-client-error",
                                    "retries-bounded", "backoff-grows", "retry-same-body",
                                    "recovers", "no-duplicate-create", "polling-sane"}));
  EXPECT_EQ(ChecksThat(Verdict::Result::kFail, story.Truncated()), failed);
}

TEST(CheckSettings, HaveTheStandardsWhereNothingIsSet) {
  const CheckSettings settings;
  EXPECT_EQ(settings.Count(Named("retries-bounded"), "max_attempts"), 10u);
  EXPECT_EQ(settings.Time(Named("polling-sane"), "least"), 100ms);
  EXPECT_DOUBLE_EQ(settings.Share(Named("retry-after-honoured"), "tolerance"), 0.1);
}

TEST(CheckSettings, TakeWhatIsSetAndTheLastOfIt) {
  CheckSettings settings;
  for (const char* assignment :
       {"retries-bounded.max_attempts=3", "retries-bounded.max_attempts=5",
        "polling-sane.least=1m30s", "retry-after-honoured.tolerance=12.5%"}) {
    ASSERT_TRUE(settings.Set(assignment)) << assignment;
  }
  EXPECT_EQ(settings.Count(Named("retries-bounded"), "max_attempts"), 5u);
  EXPECT_EQ(settings.Time(Named("polling-sane"), "least"), 90s);
  EXPECT_DOUBLE_EQ(settings.Share(Named("retry-after-honoured"), "tolerance"), 0.125);
}

TEST(CheckSettings, RefuseWhatIsNoParameterAndNameTheNearest) {
  EXPECT_EQ(Refusal("retries-bounded.max_attemps=5"),
            "'retries-bounded.max_attemps' is no parameter of a check; did you mean "
            "'retries-bounded.max_attempts'?");
  EXPECT_THAT(Refusal("nothing like it=5"), HasSubstr("is no parameter of a check"));
  EXPECT_EQ(Refusal("foo"),
            "'foo' has no value; write CHECK.PARAMETER=VALUE, such as "
            "retries-bounded.max_attempts=5");
  EXPECT_EQ(Refusal("backoff-grows.groth"),
            "'backoff-grows.groth' has no value; write CHECK.PARAMETER=VALUE, such as "
            "backoff-grows.growth=VALUE");
  EXPECT_THAT(Refusal(""), HasSubstr("has no value"));
  EXPECT_THAT(Refusal("=5"), HasSubstr("is no parameter of a check"));
}

TEST(CheckSettings, RefuseWhatIsNoWholeNumber) {
  for (const char* value : {"", "-1", "1.5", "five", "5x", "inf", "nan", "10%", "5s"}) {
    EXPECT_EQ(Refusal("retries-bounded.max_attempts=" + std::string(value)),
              "retries-bounded.max_attempts: '" + std::string(value) +
                  "' is no whole number, such as 10");
  }
  EXPECT_THAT(Refusal("retries-bounded.max_attempts"), HasSubstr("is no whole number"));
}

// More than any number can count.
TEST(CheckSettings, RefuseANumberThatIsFarTooLarge) {
  EXPECT_THAT(Refusal("retries-bounded.max_attempts=1e30"), HasSubstr("is no whole number"));
}

TEST(CheckSettings, RefuseWhatIsNoDuration) {
  for (const char* value : {"", "5", "-1s", "soon", "10%"}) {
    EXPECT_EQ(Refusal("polling-sane.least=" + std::string(value)),
              "polling-sane.least: '" + std::string(value) + "' is no duration, such as 100ms");
  }
}

TEST(CheckSettings, RefuseWhatIsNoShare) {
  for (const char* value : {"", "0.1", "%", "-1%", "ten%", "10s"}) {
    EXPECT_EQ(Refusal("backoff-grows.growth=" + std::string(value)),
              "backoff-grows.growth: '" + std::string(value) + "' is no share, such as 12%");
  }
}

// Beyond these no client could pass, or none could fail.
TEST(CheckSettings, RefuseWhatBoundsNothing) {
  for (const auto& [assignment, why] : std::vector<std::pair<std::string, std::string>>{
           {"retries-bounded.max_attempts=0", "'0' is less than 1"},
           {"retries-bounded.max_attempts=1000001", "'1000001' is more than 1000000"},
           {"polling-sane.max_looks=0", "'0' is less than 1"},
           {"polling-sane.within=0s", "'0s' is less than 1ms"},
           {"gives-up-waiting.most=0ms", "'0ms' is less than 1ms"},
           {"no-duplicate-create.within=0s", "'0s' is less than 1ms"},
           {"no-retry-on-client-error.within=0s", "'0s' is less than 1ms"},
           {"retry-same-body.within=0s", "'0s' is less than 1ms"},
           {"retry-after-honoured.tolerance=100.1%", "'100.1%' is more than 100%"},
           {"limits-heeded.tolerance=inf%", "'inf%' is no share, such as 10%"},
           {"backoff-grows.growth=nan%", "'nan%' is no share, such as 12%"},
           {"limits-heeded.grace=20000d", "'20000d' is no duration, such as 50ms"}}) {
    const std::string name = assignment.substr(0, assignment.find('='));
    EXPECT_EQ(Refusal(assignment), name + ": " + why);
  }
  for (const char* assignment :
       {"retries-bounded.max_attempts=1", "polling-sane.looks_after_end=0", "polling-sane.least=0s",
        "recovers.patience=0s", "limits-heeded.instant=0s", "retry-after-honoured.tolerance=100%",
        "retry-after-honoured.tolerance=0%", "limits-heeded.grace=3650d"}) {
    EXPECT_EQ(Refusal(assignment), "");
  }
}

TEST(CheckSettings, ARefusedValueChangesNothing) {
  CheckSettings settings;
  ASSERT_TRUE(settings.Set("retries-bounded.max_attempts=5"));
  ASSERT_FALSE(settings.Set("retries-bounded.max_attempts=x"));
  EXPECT_EQ(settings.Count(Named("retries-bounded"), "max_attempts"), 5u);
}

class EvaluationTest : public ::testing::Test {
 protected:
  EvaluationTest() {
    story_.At(0s, "GET /v1/boxes");
    story_.At(1s, "GET /v1/boxes");
  }
  Verdict Decide(bool truncated = false) {
    if (truncated) story_.Truncated();
    return evaluation_.Decide(story_.MakeHistory());
  }
  const Entry* First() { return &history_.entries().front(); }

  Story story_;
  Exchange exchange_{.id = 7};
  const History history_{{exchange_}, {}, Shop()};
  CheckSettings settings_;
  Evaluation evaluation_{Named("recovers"), settings_};
};

TEST_F(EvaluationTest, PassesWhatWasExercised) {
  evaluation_.Exercise();
  evaluation_.Exercise(2);
  const Verdict verdict = Decide();
  EXPECT_EQ(verdict.ToJson().Dump(),
            R"({"check":"recovers","result":"pass",)"
            R"-("summary":"comes through failures that pass (seen 3 times)",)-"
            R"("exercised":3,"findings":[]})");
}

TEST_F(EvaluationTest, AFaultOutweighsADoubtAndATruncatedJournal) {
  evaluation_.Exercise();
  evaluation_.Doubt("a doubt", {First()});
  evaluation_.Fail("a fault", {First()});
  const Verdict verdict = Decide(true);
  EXPECT_EQ(verdict.ToJson().Dump(),
            R"({"check":"recovers","result":"fail","summary":"a fault","exercised":1,)"
            R"("findings":[{"code":"recovers/given-up","text":"a fault","exchanges":[7]}]})");
}

TEST_F(EvaluationTest, ADoubtOutweighsWhatWasExercised) {
  evaluation_.Exercise();
  evaluation_.Doubt("a doubt", {First()});
  const Verdict verdict = Decide();
  EXPECT_EQ(verdict.result, Verdict::Result::kInconclusive);
  EXPECT_EQ(verdict.summary, "a doubt");
  EXPECT_THAT(verdict.findings, SizeIs(1));
}

TEST_F(EvaluationTest, ATruncatedJournalKeepsTheDoubts) {
  evaluation_.Doubt("a doubt", {First()});
  const Verdict verdict = Decide(true);
  EXPECT_EQ(verdict.result, Verdict::Result::kInconclusive);
  EXPECT_THAT(verdict.summary, HasSubstr("no longer has every exchange"));
  EXPECT_THAT(verdict.findings, SizeIs(1));
}

TEST_F(EvaluationTest, GivesEachFindingTheCodeOfItsCallSite) {
  Evaluation evaluation(Named("backoff-grows"), settings_);
  evaluation.Fail("at-once", "a fault", {First()});
  evaluation.Fail("without a slug, of which there are two", {First()});
  const Verdict verdict = evaluation.Decide(history_);
  EXPECT_EQ(verdict.findings.front().code, "backoff-grows/at-once");
  EXPECT_EQ(verdict.findings.back().code, "backoff-grows");
  Evaluation doubted(Named("limits-heeded"), settings_);
  doubted.Doubt("without a slug, of which there is one", {First()});
  EXPECT_EQ(doubted.Decide(history_).findings.front().code, "limits-heeded/clock-stood-still");
}

TEST_F(EvaluationTest, ManyFindingsOfACodeHideNoOther) {
  for (int i = 0; i < 25; ++i) evaluation_.Fail("one", "fault", {First()});
  evaluation_.Fail("other", "the other fault", {First()});
  const Verdict verdict = Decide();
  EXPECT_THAT(verdict.findings, SizeIs(Verdict::kMaxFindings + 1));
  EXPECT_EQ(verdict.findings.back().code, "recovers/other");
}

TEST_F(EvaluationTest, KeepsTheFirstOfManyFindings) {
  const std::vector<const Entry*> many(50, First());
  for (int i = 0; i < 25; ++i) evaluation_.Fail("fault " + std::to_string(i), many);
  const Verdict verdict = Decide();
  EXPECT_EQ(verdict.summary, "fault 0; and 24 more");
  EXPECT_THAT(verdict.findings, SizeIs(Verdict::kMaxFindings));
  EXPECT_THAT(verdict.findings.front().exchanges, SizeIs(Finding::kMaxExchanges));
}

TEST(Words, SpellDurations) {
  EXPECT_EQ(Spell(Duration(0)), "0 ms");
  EXPECT_EQ(Spell(35400us), "35 ms");
  EXPECT_EQ(Spell(999ms), "999 ms");
  EXPECT_EQ(Spell(1s), "1 s");
  EXPECT_EQ(Spell(1020ms), "1.02 s");
  EXPECT_EQ(Spell(12340ms), "12.3 s");
  EXPECT_EQ(Spell(60s), "1 min");
  EXPECT_EQ(Spell(125s), "2 min 5 s");
  EXPECT_EQ(Spell(3600s), "60 min");
}

TEST(Words, SpellNumbers) {
  EXPECT_EQ(Spell(0, "attempt"), "0 attempts");
  EXPECT_EQ(Spell(1, "attempt"), "1 attempt");
  EXPECT_EQ(Spell(2, "attempt"), "2 attempts");
}

TEST(Words, SpellAnswers) {
  Story story;
  story.At(0s, "GET /v1/boxes").Answered(503);
  story.At(1s, "GET /v1/boxes").Lost(Fault::kReset);
  const History history = story.MakeHistory();
  EXPECT_EQ(AnswerText(history.entries()[0]), "503");
  EXPECT_EQ(AnswerText(history.entries()[1]), "no whole answer (reset)");
  EXPECT_EQ(RequestText(history.entries()[0]), "GET /v1/boxes");
}

}  // namespace
}  // namespace mockduit
