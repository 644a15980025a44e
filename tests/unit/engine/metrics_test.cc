#include "engine/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mockduit {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;

using std::chrono::microseconds;

TEST(Metrics, CountsRequestsByOperationStatusAndOutcome) {
  const SystemClock clock;
  Metrics metrics(clock);
  metrics.Count("acme.make_box", "success", 201);
  metrics.Count("acme.make_box", "success", 201);
  metrics.Count("acme.make_box", "conflict", 409);
  const std::string of_make = R"(mockduit_requests_total{vendor="acme",operation="acme.make_box",)";
  EXPECT_THAT(metrics.Text(), HasSubstr(of_make + "status=\"409\",outcome=\"conflict\"} 1\n" +
                                        of_make + "status=\"201\",outcome=\"success\"} 2\n"));
}

TEST(Metrics, EscapesWhatALabelCannotHold) {
  const SystemClock clock;
  Metrics metrics(clock);
  metrics.Count("", R"(a"b\c)", 200);
  EXPECT_THAT(metrics.Text(), HasSubstr(R"(outcome="a\"b\\c"} 1)"));
}

TEST(Metrics, AddsUpDurationsBelowEachBound) {
  const SystemClock clock;
  Metrics metrics(clock);
  for (const int took : {-3, 50, 51, 1'000'000, 1'000'001}) {
    metrics.ObserveDuration(microseconds(took));
  }
  const std::string bucket = "mockduit_request_duration_seconds_bucket{le=";
  EXPECT_THAT(
      metrics.Text(),
      AllOf(HasSubstr(bucket + "\"5e-05\"} 2\n" + bucket + "\"1e-04\"} 3\n"),
            HasSubstr(bucket + "\"0.25\"} 3\n" + bucket + "\"1\"} 4\n" + bucket + "\"+Inf\"} 5\n"),
            EndsWith("mockduit_request_duration_seconds_sum 2.000102\n"
                     "mockduit_request_duration_seconds_count 5\n")));
}

}  // namespace
}  // namespace mockduit
