// ToldFailure: a composed body of an error with what is known of the failure put into it, where the
// document's own examples say nothing: its status, words for that, and of a bad request what is
// wrong with it.
#pragma once

#include <string>

#include "adopt/composed.h"
#include "adopt/whole_document.h"
#include "base/json.h"

namespace mockduit {

struct ToldFailure {
  Json value;
  Fill fill;
  // A merge patch that says what is wrong with a request, as `natural` of contracts; null where the
  // body has no place for it, or the status is another one than that of bad requests.
  Json natural;
};

// `composed` was made of `schema`. Where the schema does not take what would be told, it stays as
// it is.
ToldFailure TellFailure(const Composed& composed, const Json& schema, int status,
                        WholeDocument& document);

// That patch, where the words stand at the pointer `place` and nothing on the way is a list.
Json NaturalAt(const std::string& place, int status);

}  // namespace mockduit
