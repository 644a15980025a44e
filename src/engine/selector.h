// Selector: "~scenario@session", how a request says which scenario and which world it is for. It
// stands in the first path segment, in two headers, or at the end of the credential.
#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace mockduit {

struct Selector {
  std::string scenario;  // "" = the session's own
  std::string session;   // "" = default

  bool empty() const { return scenario.empty() && session.empty(); }
};

// A session's name that is none.
struct MalformedName {
  std::string name;
  std::string place;  // where it stood: "in the path"

  // The same with what a name may not hold replaced: "Checkout 7" gives "checkout-7".
  std::string Nearest() const;
};

// Reads "~scenario", "@session" or "~scenario@session". A scenario may have any name here: whether
// there is one of that name is seen when it is looked up.
std::expected<Selector, MalformedName> ParseSelector(std::string_view text, std::string_view place);

// Where the selector begins in a credential ("my-key~rate-limited@checkout-7"), or npos. Only what
// is well-formed, to the end, is one: what follows '~' or '@' in a password is part of it, since a
// selector is shown everywhere.
std::size_t SelectorStart(std::string_view credential);

}  // namespace mockduit
