// AnswersOf: the answers of one operation of a foreign document, as contracts have them: those that
// it documents, and those that every API has though its document is silent.
#pragma once

#include <string>
#include <vector>

#include "adopt/echo.h"
#include "adopt/error_model.h"
#include "adopt/whole_document.h"
#include "base/json.h"

namespace mockduit {

// What is asked of an operation, so far as it decides which answers it has.
struct Demands {
  bool credentials = false;
  std::string challenge;  // that asks for them: the header WWW-Authenticate
  bool body = false;
  bool parameters = false;  // any
  bool resource = false;    // its path has a variable
  int usual_success = 200;  // what 2XX stands for
};

struct OperationAnswers {
  Json responses = Json::MakeObject();   // by status; a success is first
  Json conditions = Json::MakeObject();  // where they differ from those of all operations
  std::vector<std::string> notes;        // "200: …"
};

// `source` names the document and the operation: "Nango API 1.0.0, GET /providers".
OperationAnswers AnswersOf(const Json& operation, const std::string& source, const Demands& demands,
                           const Sendables& sendables, ErrorModel& errors, WholeDocument& document);

}  // namespace mockduit
