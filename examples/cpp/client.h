// A client of Airweave, as an application has one.
#pragma once

#include <string>

// Creates a source connection at the API at `url`, and tries again when it is throttled. Gives the
// status of the last attempt.
int CreateSource(const std::string& url, const std::string& name);
