// Conditions: what is wrong with a request, as one of kConditions (contract/contract.h), becomes
// the outcome by which the vendor's contract says so.
#pragma once

#include <string_view>

#include "engine/answer.h"

namespace mockduit {

// Of a request that an operation answers. Where the contract names no outcome for the condition,
// the emulator says so in its own words.
Answer AnswerCondition(const Operation& operation, std::string_view condition);
// Of a request that no operation answers.
Answer AnswerCondition(const Contract& contract, std::string_view condition);

// The operation's own outcome of that name, else the contract's; nullptr where neither has it.
const Outcome* FindOutcome(const Operation& operation, std::string_view name);

}  // namespace mockduit
