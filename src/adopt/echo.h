// Echo: what an answer shows of its own request: members that both bodies have, and variables of
// the path.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "adopt/composed.h"
#include "base/json.h"
#include "base/references.h"

namespace mockduit {

// What a request of the operation may bring: names, each with its schema and the template that
// gives its value, which lacks its fallback: "request.body.name".
struct Sendable {
  std::string name;           // "": the body as a whole
  std::vector<Json> schemas;  // one for each choice that the body has
  std::string hole;
};
using Sendables = std::vector<Sendable>;

// What a value of the schema has, which templates call `whole`: itself, and its members.
Sendables MembersOf(const Json& schema, const std::string& whole, References& references);
// `parameters` and `body_schema` (nullptr: none) are the operation's. Members that are `readOnly`
// are not what a request brings.
Sendables SendablesOf(const std::vector<const Json*>& parameters, const Json* body_schema,
                      References& references);

// Templates for the members of an answer's body that show what was sent, by their pointers. Only
// where every value that is good in the request is good in the answer, too. What was not sent
// leaves the member as it is, or as `fresh` has it: what is new in each answer.
Fill EchoIn(const Json& body, const Json& schema, const Sendables& sendables,
            References& references, const Fill& fresh = {});

}  // namespace mockduit
