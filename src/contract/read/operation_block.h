// Reads what an operation's x-mockduit block says it does, and by which responses it answers. The
// reader of contracts uses it.
#pragma once

#include <string>
#include <vector>

#include "contract/read/answers.h"
#include "contract/read/reading.h"

namespace mockduit {

// How much of a document is looked at.
struct OperationTrust {
  const std::vector<std::string>* behaviours = nullptr;  // that there are; nullptr: any
  bool is_adopted = false;     // it is a document of other people, with or without an overlay
  bool is_known_good = false;  // what needs the whole document is not looked at
};

// Fills the operation's details, but for what its call has. `names` are those that the call's
// templates know.
void ReadOperationBlock(ContractReading& reading, AnswerReader& answers,
                        const OperationTrust& trust, const Node& node, Operation& operation,
                        Names& names);

}  // namespace mockduit
