// Every check, each defined in the file of its name.
#pragma once

#include "verify/check.h"

namespace mockduit {

Check RetryAfterHonoured();
Check NoRetryOnClientError();
Check RetriesBounded();
Check BackoffGrows();
Check RetrySameBody();
Check Recovers();
Check NoDuplicateCreate();
Check PaginationFollowed();
Check PollingSane();
Check HeadersSent();
Check NoSecretInUrl();
Check UnknownFields();
Check DeprecatedUsed();
Check LimitsHeeded();
Check IdempotencyKey();
Check GivesUpWaiting();
Check ActsOnFailure();
Check AnswersWebhooks();
Check RequestsValid();
Check CredentialKept();

}  // namespace mockduit
