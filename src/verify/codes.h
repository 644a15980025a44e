// Codes: the names of what a check may find, CHECK/SLUG: "retry-after-honoured/too-soon". They are
// what lists of known failures and `mockduit explain` name, so a code never changes its meaning.
// What each means, and how to mend a client, stands in docs/checks.md, which a test compares.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mockduit {

struct CheckCodes {
  std::string_view check;
  std::vector<std::string_view> faults;  // slugs of Evaluation::Fail
  std::vector<std::string_view> doubts;  // slugs of Evaluation::Doubt
};

// In the order of the checks.
const std::vector<CheckCodes>& AllCheckCodes();
// nullptr when there is no such check.
const CheckCodes* FindCheckCodes(std::string_view check);
// "retry-after-honoured/too-soon", all of them.
std::vector<std::string> FindingCodes();
std::string FindingCode(std::string_view check, std::string_view slug);

}  // namespace mockduit
