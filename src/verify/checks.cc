// The checks in the order in which reports show them: how a client treats failures, what it does to
// the vendor's data, how it reads, what it sends.
#include "verify/checks/all.h"

namespace mockduit {

const std::vector<Check>& Checks() {
  static const std::vector<Check> kChecks = {
      RetryAfterHonoured(), LimitsHeeded(),    NoRetryOnClientError(), RetriesBounded(),
      BackoffGrows(),       RetrySameBody(),   IdempotencyKey(),       Recovers(),
      GivesUpWaiting(),     ActsOnFailure(),   NoDuplicateCreate(),    PaginationFollowed(),
      PollingSane(),        AnswersWebhooks(), RequestsValid(),        HeadersSent(),
      CredentialKept(),     NoSecretInUrl(),   UnknownFields(),        DeprecatedUsed(),
  };
  return kChecks;
}

}  // namespace mockduit
