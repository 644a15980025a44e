// The faults, a row each: all that is said of a fault, but for how it is done, which has a file of
// its own in server/faults/. Included where the enum, the names and the functions are made of it.
//
//   MOCKDUIT_FAULT(enumerator, name, parameter, default, loses answer, function)
//
// `name` is how scenarios and journals write it; of two words, the second chooses among those with
// the same first. `default` is what it takes where a scenario says nothing: bytes or seconds.
// `loses answer`: the client cannot have the whole answer.

// The connection is reset (RST); nothing is sent.
MOCKDUIT_FAULT(kReset, "reset", kNothing, 0, true, SendReset)
// The connection is closed; nothing is sent.
MOCKDUIT_FAULT(kEmpty, "empty", kNothing, 0, true, SendNothing)
// The right Content-Length, the first bytes of the body (0: half of them), then the end.
MOCKDUIT_FAULT(kTruncate, "truncate", kBytes, 0, true, SendTruncated)
// Sound HTTP around a body that is no JSON.
MOCKDUIT_FAULT(kMalformedBody, "malformed body", kNothing, 0, true, SendMalformedBody)
// A chunked body whose chunk header is none.
MOCKDUIT_FAULT(kMalformedChunk, "malformed chunk", kNothing, 0, true, SendMalformedChunk)
// The head, then nothing, until the time is over or the client leaves.
MOCKDUIT_FAULT(kStall, "stall", kTime, 300, true, SendStalled)
// The body trickles, so many bytes in a second.
MOCKDUIT_FAULT(kSlow, "slow", kBytes, 64, false, SendSlowly)
