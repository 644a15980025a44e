#include "scenario/limiter.h"

#include <gtest/gtest.h>

namespace mockduit {
namespace {

using std::chrono::seconds;

class LimiterTest : public ::testing::Test {
 protected:
  // "limit/remaining", "wait Ns" where it is refused, "-" where no limit matches.
  static std::string Take(Limiter& limiter, int at, const std::string& credential = "a",
                          std::string_view operation = "v.op") {
    static const Request kRequest;
    const auto quota = limiter.Take({operation, &kRequest, "/"}, credential, Time() + seconds(at));
    if (!quota) return "-";
    if (quota->refused) {
      return "wait " + std::to_string(std::chrono::ceil<seconds>(quota->wait).count()) + "s";
    }
    return std::to_string(quota->limit) + "/" + std::to_string(quota->remaining);
  }

  static Limit Of(std::uint64_t allow, int per, Limit::By by = Limit::By::kCredential) {
    return {.allow = allow, .per = seconds(per), .by = by};
  }
};

TEST_F(LimiterTest, SlidesItsWindow) {
  const std::vector<Limit> limits = {Of(2, 60)};
  Limiter limiter(limits);
  EXPECT_EQ(Take(limiter, 0), "2/1");
  EXPECT_EQ(Take(limiter, 30), "2/0");
  EXPECT_FALSE(limiter.HasRefused());
  EXPECT_EQ(Take(limiter, 59), "wait 1s");
  EXPECT_TRUE(limiter.HasRefused());
  EXPECT_EQ(Take(limiter, 60), "2/0") << "the first has left the window";
  EXPECT_EQ(Take(limiter, 61), "wait 29s") << "the second has not";
  EXPECT_EQ(Take(limiter, 90), "2/0") << "what was refused did not count";
}

TEST_F(LimiterTest, CountsEachCredentialOrAllTogether) {
  const std::vector<Limit> each = {Of(1, 60)};
  Limiter by_credential(each);
  EXPECT_EQ(Take(by_credential, 0, "a"), "1/0");
  EXPECT_EQ(Take(by_credential, 0, "b"), "1/0");
  EXPECT_EQ(Take(by_credential, 0, "a"), "wait 60s");
  const std::vector<Limit> all = {Of(1, 60, Limit::By::kSession)};
  Limiter by_session(all);
  EXPECT_EQ(Take(by_session, 0, "a"), "1/0");
  EXPECT_EQ(Take(by_session, 0, "b"), "wait 60s");
}

TEST_F(LimiterTest, TakesFromAllThatMatchOrFromNone) {
  std::vector<Limit> limits = {Of(3, 60), Of(1, 10), Of(100, 60)};
  limits[2].matches.emplace_back().operations = {"other.*"};
  Limiter limiter(limits);
  EXPECT_EQ(Take(limiter, 0), "1/0") << "the one with the least room is told";
  EXPECT_EQ(Take(limiter, 5), "wait 5s");
  EXPECT_EQ(Take(limiter, 10), "1/0");
  EXPECT_EQ(Take(limiter, 20), "3/0") << "the refused one was counted nowhere";
  EXPECT_EQ(Take(limiter, 30), "wait 30s") << "the longest wait is told";
  EXPECT_EQ(Take(limiter, 30, "a", "other.op"), "1/0") << "a vendor's credentials are its own";
}

TEST_F(LimiterTest, TellsOfALimitThatIsNotToldByItsRefusalAlone) {
  std::vector<Limit> limits = {Of(5, 60), Of(1, 60)};
  limits[1].told = false;
  limits[1].matches.emplace_back().operations = {"v.dear"};
  limits[1].matches.emplace_back().operations = {"v.dearer"};
  Limiter limiter(limits);
  EXPECT_EQ(Take(limiter, 0, "a", "v.dear"), "5/4");
  EXPECT_EQ(Take(limiter, 0, "a", "v.dearer"), "wait 60s") << "both count in one";
  EXPECT_EQ(Take(limiter, 0), "5/3");
  limits[0].told = false;
  Limiter silent(limits);
  EXPECT_EQ(Take(silent, 0), "-");
}

TEST_F(LimiterTest, MatchesNothingWhereNoLimitDoes) {
  std::vector<Limit> limits = {Of(1, 60)};
  limits[0].matches.emplace_back().vendor = "other";
  Limiter limiter(limits);
  EXPECT_EQ(Take(limiter, 0), "-");
}

TEST_F(LimiterTest, OfNothingRefusesEverything) {
  const std::vector<Limit> limits = {Of(0, 60)};
  Limiter limiter(limits);
  EXPECT_EQ(Take(limiter, 0), "wait 60s");
  EXPECT_EQ(Take(limiter, 600), "wait 60s");
}

TEST_F(LimiterTest, ForgetsWhatAClockThatWasSetBackHasNotReached) {
  const std::vector<Limit> limits = {Of(1, 60)};
  Limiter limiter(limits);
  EXPECT_EQ(Take(limiter, 1000), "1/0");
  EXPECT_EQ(Take(limiter, 0), "1/0");
}

TEST_F(LimiterTest, HoldsABoundedNumberOfCredentials) {
  const std::vector<Limit> limits = {Of(1, 1'000'000)};
  Limiter limiter(limits);
  for (std::size_t i = 0; i <= Limiter::kMaxCredentials; ++i) {
    EXPECT_EQ(Take(limiter, static_cast<int>(i), std::to_string(i)), "1/0");
  }
  EXPECT_EQ(Take(limiter, 10'001, "0"), "1/0") << "the oldest one had to go";
  EXPECT_NE(Take(limiter, 10'001, "10000"), "1/0");
}

TEST_F(LimiterTest, IsKeptAndTakenUpAgainWithoutTheCredentials) {
  const std::vector<Limit> limits = {Of(2, 60)};
  Limiter limiter(limits);
  Take(limiter, 0, "my-secret");
  Take(limiter, 1, "my-secret");
  Take(limiter, 2, "my-secret");
  const Json saved = limiter.Save();
  EXPECT_EQ(saved.Dump().find("my-secret"), std::string::npos);
  Limiter again(limits);
  EXPECT_TRUE(again.Restore(saved));
  EXPECT_EQ(again.Progress().Dump(), R"([{"allow":2,"per":"1m","counted":2,"refused":1}])");
  EXPECT_EQ(Take(again, 59, "my-secret"), "wait 1s");
  const std::vector<Limit> others = {Of(2, 60), Of(2, 60)};
  Limiter other(others);
  EXPECT_FALSE(other.Restore(saved));
}

TEST_F(LimiterTest, TakesUpNoWindowsThatCannotBeRead) {
  const std::vector<Limit> limits = {Of(2, 60)};
  for (const char* windows : {"5", R"({"k": 5})", R"({"k": ["noon"]})"}) {
    Limiter limiter(limits);
    const std::string saved =
        R"([{"counted": 1, "refused": 0, "windows": )" + std::string(windows) + "}]";
    EXPECT_FALSE(limiter.Restore(*Json::Parse(saved))) << windows;
  }
}

}  // namespace
}  // namespace mockduit
