// ControlApi: the calls under /__admin, by which tests and people steer the emulator and look into
// it. A table of calls; JSON in and out, errors as problem+json.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "contract/catalog.h"
#include "http/message.h"
#include "http/uri_template.h"
#include "scenario/library.h"
#include "session/sessions.h"

namespace mockduit {

class ControlApi {
 public:
  // What is passed by reference must outlive the API.
  ControlApi(const Catalog& catalog, const ScenarioLibrary& scenarios, Sessions& sessions,
             std::string version);

  // True for the paths that Handle answers: /__admin and what is below it.
  static bool Owns(std::string_view path);

  Response Handle(const Request& request);

 private:
  // The variables of the path that was called: the session's or the scenario's name.
  using Name = const std::string&;
  using Call = Response (ControlApi::*)(const Request&, Name);
  struct Entry {
    std::string_view method;
    UriTemplate path;
    Call call;
  };
  static const std::vector<Entry>& Table();

  Response WithSession(Name name, const std::function<Response(Session&)>& use);

  Response Health(const Request&, Name);
  Response Operations(const Request&, Name);
  Response ListScenarios(const Request&, Name);
  Response GetScenario(const Request&, Name scenario);
  Response ListSessions(const Request&, Name);
  Response GetSession(const Request&, Name name);
  Response PutSession(const Request& request, Name name);
  Response DropSession(const Request&, Name name);
  Response ResetSession(const Request& request, Name name);
  Response ListRequests(const Request& request, Name name);
  Response ClearRequests(const Request&, Name name);
  Response Progress(const Request&, Name name);

  const Catalog& catalog_;
  const ScenarioLibrary& scenarios_;
  Sessions& sessions_;
  std::string version_;
};

}  // namespace mockduit
