// Members: what requests send, field by field and parameter by parameter, held against their
// contracts.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "contract/schema.h"
#include "verify/history.h"

namespace mockduit {

struct SentMember {
  std::string place;  // "body.config.shema" or "query.cursr" of fivetran.create_connection
  Schema::Use use = Schema::Use::kUnknown;
  History::Entries entries;  // the requests that sent it
};

struct MemberSurvey {
  std::vector<SentMember> members;  // those that no contract knows, and those that are deprecated
  std::uint64_t surveyed = 0;       // requests that sent any member at all
  History::Entries cut;             // whose bodies were too long to be kept
};

// Worked out once for each history.
const MemberSurvey& SurveyMembers(const History& history);

}  // namespace mockduit
