// ControlApi: the calls under /__admin: a table, and the guard in front of it. Its errors are
// problem+json, with the status that the error's kind has; it never answers in a vendor's words.
#pragma once

#include <string_view>
#include <vector>

#include "admin/calls.h"
#include "admin/guard.h"
#include "http/message.h"
#include "http/uri_template.h"

namespace mockduit {

class ControlApi {
 public:
  struct Entry {
    std::string_view method;
    UriTemplate path;
    ControlFunction call;
    // The parameters of its query; one that is not among them is refused.
    std::vector<std::string> parameters;
    bool check_parameters = false;  // takes those of checks, too: "polling-sane.most"
  };

  ControlApi(ControlRooms rooms, GuardSettings guard)
      : rooms_(std::move(rooms)), guard_(std::move(guard)) {}

  // True for paths that belong to the control API.
  static bool Owns(std::string_view path);
  // Every call. Those on one session stand twice: without a session they mean the default one, and
  // verdicts, coverage and report all sessions.
  static const std::vector<Entry>& Table();

  Response Handle(const Request& request) const;

 private:
  Response Dispatch(const Request& request) const;

  ControlRooms rooms_;
  GuardSettings guard_;
};

}  // namespace mockduit
