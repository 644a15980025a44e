// Match: what a rule, a limit or a count asks of a request. All its conditions must hold.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "contract/contract.h"
#include "contract/language/matcher.h"
#include "http/message.h"
#include "http/uri_template.h"

namespace mockduit {

// What a match is held against.
struct MatchInput {
  std::string_view operation;  // "acme.create_widget"; "": no operation answers there
  const Request* request = nullptr;
  std::string_view path;       // the vendor's own, without selector and vendor prefix
  const Json* body = nullptr;  // nullptr: there is none, or none that could be read
  bool last_counts = false;    // of a query parameter or header that comes several times
  bool creates = false;        // the operation makes something new
};

// A condition that does not hold, in words for people.
struct Miss {
  std::string condition;  // "operation", "body.config.schema"
  std::string wanted;     // as the scenario writes it
  std::string got;        // what the request has there; "nothing" where it has nothing
};

struct Match {
  // A condition on one value among many.
  struct Part {
    std::string name;     // a query parameter, a header, or a place in the body as it was written
    std::string pointer;  // of a place in the body: RFC 6901
    ValueMatcher matcher;
  };

  std::vector<std::string> operations;  // globs; empty: any
  std::string vendor;                   // "": any
  std::string method;                   // "": any
  std::optional<bool> creates;          // nothing: whether it makes something new or not
  std::optional<UriTemplate> path;
  std::vector<Part> query;
  std::vector<Part> headers;
  std::vector<Part> body;

  bool Matches(const MatchInput& input) const { return Hold(input, nullptr); }
  // Every condition that does not hold.
  std::vector<Miss> Misses(const MatchInput& input) const;
  // True when requests of that operation could be met, whatever its path.
  bool CanMeet(const Operation& operation) const;

 private:
  // Stops at the first miss, unless all of them are asked for.
  bool Hold(const MatchInput& input, std::vector<Miss>* misses) const;
};

}  // namespace mockduit
