// WholeEcho: an answer that shows all of its request's body, where both are of one schema that does
// not name every member: one of several choices, one that a discriminator names, a map of anything.
// All other answers show what was sent member by member (adopt/echo.h).
#pragma once

#include <optional>
#include <string>

#include "adopt/composed.h"
#include "adopt/echo.h"
#include "base/json.h"
#include "base/references.h"

namespace mockduit {

struct WholeEcho {
  std::string pointer;  // where in the answer it stands
  Json shown;           // a template
};

// `body` is an example of `schema`, in which `fill` is new in each answer. Of its members, those
// that no request brings stay. Nothing where what was sent need not be good in the answer.
std::optional<WholeEcho> EchoOfAll(const Json& body, const Json& schema, const Sendables& sendables,
                                   const Fill& fill, References& references);

}  // namespace mockduit
