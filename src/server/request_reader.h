// The request reader: takes one request off a stream, head first, then body, within the limits.
// Used by the connection. Never answers, except with the "100 Continue" that a client waits for.
#pragma once

#include <optional>

#include "server/head_parser.h"
#include "server/limits.h"
#include "server/objection.h"
#include "server/wire_stream.h"

namespace mockduit {

// The head's deadline begins with this call. After an objection `head` holds what could be read.
std::optional<Objection> ReadHead(WireStream& stream, const ServerLimits& limits, Head& head);

// Puts the body into head.request, chunks already put together, and asks the handler for room as it
// grows: `held` counts it. Its deadline begins with this call.
std::optional<Objection> ReadBody(WireStream& stream, const ServerLimits& limits, Handler& handler,
                                  Head& head, MemoryShare& held);

}  // namespace mockduit
