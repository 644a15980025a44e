#include "verify/codes.h"

#include <algorithm>

namespace mockduit {

const std::vector<CheckCodes>& AllCheckCodes() {
  static const std::vector<CheckCodes> kCodes = {
      {"retry-after-honoured", {"too-soon"}, {"two-callers", "clock-stood-still"}},
      {"no-retry-on-client-error", {"sent-again"}, {"from-state-file"}},
      {"retries-bounded", {"too-many"}, {}},
      {"backoff-grows", {"at-once", "no-growth"}, {"clock-stood-still"}},
      {"retry-same-body", {"body-changed"}, {}},
      {"recovers", {"given-up"}, {}},
      {"no-duplicate-create", {"made-twice"}, {}},
      {"pagination-followed", {"not-pointed-to", "page-missed", "page-repeated"}, {}},
      {"polling-sane", {"too-often", "too-long", "after-end"}, {"clock-stood-still"}},
      {"headers-sent", {"wrong-header"}, {}},
      {"no-secret-in-url", {"in-query", "in-path"}, {}},
      {"unknown-fields", {"unknown"}, {"body-cut"}},
      {"deprecated-used", {"deprecated"}, {}},
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
