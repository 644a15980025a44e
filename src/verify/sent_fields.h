// Sent fields: the query parameters and the fields of bodies that requests sent, held against the
// contracts. The checks of unknown and of deprecated fields read them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "contract/schema.h"
#include "verify/history.h"

namespace mockduit {

struct SentField {
  std::string place;  // "body.config.shema" or "query.cursr" of acme.create_box
  Schema::Use use = Schema::Use::kUnknown;
  History::Entries entries;  // the requests that sent it
};

struct FieldSurvey {
  std::vector<SentField> members;  // the unknown and the deprecated ones alone
  std::uint64_t surveyed = 0;      // requests that had a query or a body
  History::Entries cut;            // requests whose bodies the journal has cut
};

// Worked out once for each history.
const FieldSurvey& SurveySentFields(const History& history);

}  // namespace mockduit
