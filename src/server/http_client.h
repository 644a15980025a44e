// Fetch: asks another HTTP server one question. Used by `mockduit health` and where the mock calls
// back. Its .cc is the only file that knows cpp-httplib. Speaks plain http:// alone.
#pragma once

#include <chrono>
#include <string>

#include "base/result.h"
#include "http/message.h"

namespace mockduit {

// An answer of any status is an answer; fails when none came. `timeout` is for each step: to
// connect, to send, to receive. Redirects are not followed.
Result<Response> Fetch(const std::string& method, const std::string& url, const Headers& headers,
                       const std::string& body, std::chrono::milliseconds timeout);

}  // namespace mockduit
