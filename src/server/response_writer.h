// The response writer: an answer, from values to bytes. Used by the connection. A pure function;
// writes no Date, so that the same answer is the same bytes on every day.
#pragma once

#include <string>
#include <string_view>

#include "http/message.h"

namespace mockduit {

// The Connection field of an answer. HTTP/1.0 clients keep a connection only with kKeepAlive.
enum class ConnectionField { kNone, kClose, kKeepAlive };

// How a client learns where a body ends. kNone: with the connection.
enum class BodyFraming { kLength, kChunked, kNone };

// Whether a body goes with that answer to a request of that method.
bool TakesBody(const Response& response, std::string_view method);

// Appends the status line, the fields and the empty line.
void AppendHead(const Response& response, BodyFraming framing, ConnectionField connection,
                std::string& out);

// Appends one chunk; that of no bytes is the last one (RFC 9112, section 7.1).
void AppendChunk(std::string_view bytes, std::string& out);

// Appends the answer to a request of that method. What only the door can know, the lengths and the
// fate of the connection, is written here; such fields among the answer's own are left out.
void AppendResponse(const Response& response, std::string_view method, ConnectionField connection,
                    std::string& out);

}  // namespace mockduit
