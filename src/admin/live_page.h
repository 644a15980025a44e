// LivePage: the page at "/" for a person with a browser, its files below /__admin/page/, and what
// is served as JSON for a person with a terminal. With scripts the page shows the server at work
// through the control API; without them it shows what is served and which sessions there are. It
// shows no session to whom the guard would not let call. Makes no session.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "admin/guard.h"
#include "contract/catalog.h"
#include "http/message.h"
#include "scenario/scenario_library.h"
#include "session/sessions.h"

namespace mockduit {

// The files of src/admin/page/ by name; page.html has "<!--served-->" and the like, where the rest
// goes.
using PageFiles = std::map<std::string, std::string_view, std::less<>>;

class LivePage {
 public:
  struct Rooms {
    const Catalog& catalog;
    const ScenarioLibrary& scenarios;
    const Sessions& sessions;
  };

  LivePage(PageFiles files, std::string version, GuardSettings guard)
      : files_(std::move(files)), version_(std::move(version)), guard_(std::move(guard)) {}

  // Nothing when the request is for something else.
  std::optional<Response> Handle(const Request& request, const Rooms& rooms) const;

 private:
  Response Page(const Request& request, const Rooms& rooms) const;
  std::optional<Response> File(std::string_view name) const;

  PageFiles files_;
  std::string version_;
  GuardSettings guard_;
};

}  // namespace mockduit
