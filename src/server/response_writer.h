// The response writer: an answer, from values to bytes. Used by the connection. A pure function;
// writes no Date, so that the same answer is the same bytes on every day.
#pragma once

#include <string>
#include <string_view>

#include "http/message.h"

namespace mockduit {

// The Connection field of an answer. kKeepAlive is for HTTP/1.0 clients, which must be told.
enum class ConnectionField { kNone, kClose, kKeepAlive };

// Appends the answer to a request of that method. What only the door can know, the lengths and the
// fate of the connection, is written here; such fields among the answer's own are left out.
void AppendResponse(const Response& response, std::string_view method, ConnectionField connection,
                    std::string& out);

}  // namespace mockduit
