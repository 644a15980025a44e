// Objection: why the bytes of a client are not taken as a request. The parsers return it; the
// connection turns it into a Refusal. Never seen outside this room.
#pragma once

#include <string>
#include <utility>

namespace mockduit {

struct Objection {
  int status = 0;      // of the answer; 0: the client has left, there is nobody to answer
  std::string reason;  // one sentence, with the rule that was broken
};

inline Objection BadRequest(std::string reason) { return {400, std::move(reason)}; }

}  // namespace mockduit
