// ErrorModel: the body of the errors that a foreign document does not describe: as those look that
// it describes most often, else a problem of RFC 9457.
#pragma once

#include <map>
#include <string>

#include "adopt/composed.h"
#include "adopt/told_failure.h"
#include "adopt/whole_document.h"
#include "base/json.h"

namespace mockduit {

class ErrorModel {
 public:
  // Looks through all failures of the document.
  explicit ErrorModel(WholeDocument& document);

  // An answer of that status, as contracts have it; `inferred` is why it is there.
  Json AnswerOf(int status, const std::string& inferred);

 private:
  const ToldFailure& ToldOf(int status);

  WholeDocument& document_;
  std::string type_;                 // the media type
  const Json* schema_ = nullptr;     // nullptr where the document describes no error
  Composed composed_;                // of the schema
  std::map<int, ToldFailure> told_;  // by status
};

}  // namespace mockduit
