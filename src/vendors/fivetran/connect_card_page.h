// The page that a Connect Card's link opens, as HTML without scripts: what an end user is asked
// for, and how the setup tests went.
#pragma once

#include <string>

#include "base/json.h"
#include "vendors/fivetran/knowledge.h"

namespace mockduit::fivetran {

struct CardPage {
  const Json& connection;
  const Knowledge& knowledge;
  bool guide = true;        // the setup guide is shown
  bool all_fields = false;  // also those that are set
  std::string message{};    // what went wrong; "": nothing
};

// The form, and the results of the tests that have run.
std::string RenderCard(const CardPage& page);
// A page that says this and asks for nothing.
std::string RenderNotice(const std::string& title, const std::string& text);

}  // namespace mockduit::fivetran
