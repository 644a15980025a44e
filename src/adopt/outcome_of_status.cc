#include "adopt/outcome_of_status.h"

#include "contract/contract.h"

namespace mockduit {

std::string OutcomeOfStatus(int status) {
  if (status < 400) return "success";
  for (const OutcomeName& outcome : kOutcomeNames) {
    if (outcome.status == status) return std::string(outcome.name);
  }
  if (status < 500) return "bad_request";
  return status == 502 || status == 504 ? "unavailable" : "server_error";
}

int UsualSuccess(std::string_view method) { return method == "post" ? 201 : 200; }

}  // namespace mockduit
