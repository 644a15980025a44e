// The faults: how an answer goes wrong on the wire. Fault, in http/message.h, says what each is;
// the function that does it has its own file. Used by the connection, after the answer's delay.
#pragma once

#include <string>

#include "http/message.h"
#include "server/outgoing.h"

namespace mockduit {

Fate SendReset(const Outgoing& outgoing);
Fate SendNothing(const Outgoing& outgoing);
Fate SendTruncated(const Outgoing& outgoing);
Fate SendMalformedBody(const Outgoing& outgoing);
Fate SendMalformedChunk(const Outgoing& outgoing);
Fate SendStalled(const Outgoing& outgoing);
Fate SendSlowly(const Outgoing& outgoing);

// The one of these that does it; `fault` is not kNone.
Fate SendFaulty(Fault fault, const Outgoing& outgoing);

// The head, or half of it when no body follows: a client that has it waits for more.
std::string UnfinishedHead(const Outgoing& outgoing);

}  // namespace mockduit
