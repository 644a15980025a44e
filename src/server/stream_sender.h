// The stream sender: an answer whose body goes on as long as its BodyStream does. Used by the
// connection. Adds nothing of its own, however long the stream is silent.
#pragma once

#include "server/outgoing.h"

namespace mockduit {

// The answer has a stream, and to an HTTP/1.0 client its head says that the connection closes: such
// a client knows no chunks, so the end of the connection is that of the body. Returns when that has
// ended, the client has left or the server stops.
Fate SendStream(const Outgoing& outgoing);

}  // namespace mockduit
