// AnswerReader: reads the documented answers of a contract: each place once, however many
// operations refer to it, and holds its templates against what these operations know.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "contract/read/reading.h"

namespace mockduit {

// Reports a key of `content` that is no media type, or nearly one that is known.
void CheckMediaType(ContractReading& reading, const Node& node, const std::string& type);

class AnswerReader {
 public:
  // `fill` is what the vendor block fills in every body; nothing where there is none.
  AnswerReader(ContractReading& reading, const Node& fill) : reading_(reading), fill_(fill) {}

  // `status` is 0 for a shared answer, which names its own.
  const Outcome& Read(const Node& node, int status);
  // An operation, or ("") the contract itself, has that answer, which was read, and knows `names`.
  void Use(const Node& node, int status, const Names& names, const std::string& operation);
  // To be called once all answers are read and used. Reports names that no user of an answer knows,
  // and fills of the vendor block that occur in no body.
  void Finish();
  // Reports the names in templates that no operation with such an answer knows.
  void CheckNames();

 private:
  struct Place {
    Node node;
    JsonTemplate value;
  };
  struct Answer {
    Outcome outcome;
    std::vector<Place> templates;
    Names names;  // of all that use it
    std::set<std::string> users;
  };

  Answer ReadAnswer(const Node& node, int status);
  void ReadName(const Node& block, const Node& node, Outcome& outcome);
  HeaderRule ReadHeader(const std::string& name, const Node& node, Answer& answer);
  void ReadBodies(const Node& node, const Node& block, Answer& answer);
  Variant ReadVariant(const std::string& name, const Node& example, const Node& of_all,
                      Answer& answer);
  // Reports a `document` that makes no source where it stands.
  void CheckSourceIsMade(const Node& block);
  // Keeps a template, to be held against names later.
  void Keep(const Node& node, Answer& answer);
  void KeepFill(const Node& fill, Answer& answer);
  // Puts templates in the place of the parts that vary. Gives the pointers that `body` has.
  static std::set<std::string> Fill(Json& body, const Node& fill);
  void CheckPointers(const Node& fill, const std::set<std::string>& met, const Json& example,
                     std::string_view of);

  ContractReading& reading_;
  Node fill_;
  std::set<std::string> filled_;  // the pointers of fill_ that some body has
  std::map<std::pair<const Json*, int>, Answer> answers_;  // by place and status
};

}  // namespace mockduit
