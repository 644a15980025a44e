// ErrorModel: the body of the errors that a foreign document does not describe: as those look that
// it describes most often, else a problem of RFC 9457.
#pragma once

#include <string>

#include "adopt/whole_document.h"
#include "base/json.h"

namespace mockduit {

class ErrorModel {
 public:
  // Looks through all failures of the document.
  explicit ErrorModel(WholeDocument& document);

  // An answer of that status, as contracts have it; `inferred` is why it is there.
  Json AnswerOf(int status, const std::string& inferred) const;

 private:
  std::string type_;  // the media type
  Json schema_;       // null where the document describes no error
  Json value_;        // a body, without words for a status
};

// Puts the words of a status where a composed error has a place for them, and gives the member that
// may say what is wrong with a request ("": none).
std::string TellReason(Json& body, int status);

}  // namespace mockduit
