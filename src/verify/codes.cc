#include "verify/codes.h"

#include <algorithm>

namespace mockduit {

const std::vector<CheckCodes>& AllCheckCodes() {
  static const std::vector<CheckCodes> kCodes = {
      {"retry-after-honoured", {"too-soon"}, {"one-or-two-callers", "clock-stood-still"}},
      {"limits-heeded", {"too-soon", "herd"}, {"clock-stood-still"}},
      {"no-retry-on-client-error", {"sent-again"}, {"one-or-two-callers", "from-state-file"}},
      {"retries-bounded", {"too-many"}, {"one-or-two-callers", "calls-or-layers"}},
      {"backoff-grows",
       {"at-once", "no-growth"},
       {"one-or-two-callers", "too-few-waits", "clock-stood-still"}},
      {"retry-same-body", {"body-changed"}, {"one-or-two-callers"}},
      {"idempotency-key", {"changed", "reused"}, {"one-or-two-callers"}},
      {"recovers", {"given-up"}, {"one-or-two-callers"}},
      {"gives-up-waiting", {"waited-too-long"}, {}},
      {"acts-on-failure", {"carried-on"}, {"nothing-followed"}},
      {"no-duplicate-create", {"made-twice"}, {"one-or-two-callers", "another-name"}},
      {"pagination-followed",
       {"not-pointed-to", "page-missed", "page-repeated"},
       {"stopped-early"}},
      {"polling-sane",
       {"too-often", "too-long", "after-end"},
       {"one-or-two-callers", "clock-stood-still"}},
      {"answers-webhooks", {"not-taken", "handled-twice"}, {"not-sent"}},
      {"requests-valid", {"refused"}, {"refused-by-one-edition"}},
      {"headers-sent", {"wrong-header"}, {}},
      {"credential-kept", {"sent-elsewhere"}, {"from-state-file", "cookie"}},
      {"no-secret-in-url", {"in-query", "in-path"}, {}},
      {"unknown-fields", {"unknown"}, {"body-cut"}},
      {"deprecated-used", {"deprecated"}, {"body-cut"}},
  };
  return kCodes;
}

const CheckCodes* FindCheckCodes(std::string_view check) {
  const auto found = std::ranges::find(AllCheckCodes(), check, &CheckCodes::check);
  return found != AllCheckCodes().end() ? &*found : nullptr;
}

std::string FindingCode(std::string_view check, std::string_view slug) {
  return std::string(check) + "/" + std::string(slug);
}

std::vector<std::string> FindingCodes() {
  std::vector<std::string> codes;
  for (const CheckCodes& of : AllCheckCodes()) {
    for (const std::string_view slug : of.faults) codes.push_back(FindingCode(of.check, slug));
    for (const std::string_view slug : of.doubts) codes.push_back(FindingCode(of.check, slug));
  }
  return codes;
}

}  // namespace mockduit
