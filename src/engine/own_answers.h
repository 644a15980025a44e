// The emulator's own answers, as application/problem+json (RFC 9457). They never look like a
// vendor's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "http/message.h"

namespace mockduit {

// `more` are further members of the problem: {"nearest": […]}.
Response ProblemAnswer(int status, std::string_view title, std::string_view detail,
                       Json::Object more = {});
Response JsonAnswer(int status, const Json& body);

}  // namespace mockduit
