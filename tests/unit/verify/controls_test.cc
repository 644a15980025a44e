#include "unit/verify/controls.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "verify/codes.h"

namespace mockduit {
namespace {

using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAreArray;

std::vector<Control> AllControls() {
  std::vector<Control> all = RetryControls();
  for (const Control& control : AnswerControls()) all.push_back(control);
  for (const Control& control : SentControls()) all.push_back(control);
  return all;
}

// As the table writes it: "fail: too-soon".
std::string Written(const Verdict& verdict) {
  std::set<std::string> slugs;
  for (const Finding& finding : verdict.findings) {
    slugs.insert(finding.code.substr(finding.code.find('/') + 1));
  }
  std::string written(ResultName(verdict.result));
  for (const std::string& slug : slugs) written += (written.contains(':') ? ", " : ": ") + slug;
  return written;
}

Story ToldBy(const Control& control) {
  Story story;
  control.tell(story);
  return story;
}

std::string Phrase(const Control& control) {
  return std::string(control.check) + ": a client that " + std::string(control.client);
}

// "recovers: inconclusive: one-or-two-callers", each that no control shows: that the check passes,
// that it is silent, and each of its findings.
std::vector<std::string> Gaps(const std::vector<Control>& controls) {
  std::set<std::string> shown;
  for (const Control& control : controls) {
    shown.insert(std::string(control.check) + ": " + std::string(control.verdict));
  }
  std::vector<std::string> gaps;
  for (const Check& check : Checks()) {
    const CheckCodes& codes = *FindCheckCodes(check.name);
    std::vector<std::string> verdicts{"pass", "not_exercised"};
    for (const std::string_view slug : codes.faults)
      verdicts.push_back("fail: " + std::string(slug));
    for (const std::string_view slug : codes.doubts) {
      verdicts.push_back("inconclusive: " + std::string(slug));
    }
    for (const std::string& verdict : verdicts) {
      std::string wanted = std::string(check.name) + ": " + verdict;
      if (!shown.contains(wanted)) gaps.push_back(std::move(wanted));
    }
  }
  return gaps;
}

TEST(Controls, AreJudgedAsTheTableSays) {
  for (const Control& control : AllControls()) {
    const Verdict verdict = ToldBy(control).VerdictOf(control.check);
    EXPECT_EQ(Written(verdict), control.verdict) << Phrase(control) << "\n" << verdict.summary;
  }
}

TEST(Controls, ShowEachResultAndEachFindingOfEachCheck) {
  EXPECT_THAT(Gaps(AllControls()), IsEmpty());
}

TEST(Controls, AreMissedWhereTheyAreTheLastOfTheirKind) {
  const std::vector<Control> all = AllControls();
  for (const Control& lost : all) {
    std::vector<Control> left = all;
    std::erase_if(left, [&](const Control& control) {
      return control.check == lost.check && control.verdict == lost.verdict;
    });
    EXPECT_THAT(Gaps(left), Contains(std::string(lost.check) + ": " + std::string(lost.verdict)));
  }
}

TEST(Controls, AreToldOnceEach) {
  std::set<std::string> names;
  for (const Control& control : AllControls()) {
    EXPECT_TRUE(names.insert(Phrase(control)).second) << Phrase(control);
  }
}

// Whatever a client did, the part of the journal that is gone may have held a fault.
TEST(Controls, AreInDoubtWhereTheJournalHasLostExchanges) {
  for (const Control& control : AllControls()) {
    const std::string result = ToldBy(control).Truncated().Result(control.check);
    if (control.verdict.starts_with("fail")) {
      EXPECT_THAT(result, AnyOf("fail", "inconclusive")) << Phrase(control);
    } else {
      EXPECT_EQ(result, "inconclusive") << Phrase(control);
    }
  }
}

TEST(Controls, SayWhyACheckIsNeverInDoubt) {
  std::vector<std::string_view> without_doubts;
  for (const CheckCodes& codes : AllCheckCodes()) {
    if (codes.doubts.empty()) without_doubts.push_back(codes.check);
  }
  std::vector<std::string_view> named;
  for (const NeverInDoubt& never : ChecksThatAreNeverInDoubt()) {
    named.push_back(never.check);
    EXPECT_THAT(std::string(never.why), StartsWith("the journal has ")) << never.check;
  }
  EXPECT_THAT(named, UnorderedElementsAreArray(without_doubts));
}

}  // namespace
}  // namespace mockduit
