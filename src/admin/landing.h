// The page at "/": what this server is and how to use it, for a newcomer with a browser (HTML) or a
// terminal (JSON).
#pragma once

#include <string>

#include "contract/catalog.h"
#include "http/message.h"
#include "scenario/scenario_library.h"

namespace mockduit {

// `url` is the server's, as the client has called it.
Response LandingPage(const Request& request, const std::string& url, const Catalog& catalog,
                     const ScenarioLibrary& scenarios, const std::string& version);

}  // namespace mockduit
