// The faults: how an answer goes wrong on the wire. http/fault_table.h says what each is; the
// function that does it has its own file. Used by the connection, after the answer's delay.
#pragma once

#include <string>

#include "http/message.h"
#include "server/outgoing.h"

namespace mockduit {

#define MOCKDUIT_FAULT(enumerator, name, parameter, default_parameter, loses_answer, function) \
  Fate function(const Outgoing& outgoing);
#include "http/fault_table.h"
#undef MOCKDUIT_FAULT

// The one of these that does it; `fault` is not kNone.
Fate SendFaulty(Fault fault, const Outgoing& outgoing);

// The head, or half of it when no body follows: a client that has it waits for more.
std::string UnfinishedHead(const Outgoing& outgoing);

}  // namespace mockduit
