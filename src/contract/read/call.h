// CallReader: all that an operation asks of a request, its own and its path's, and what
// templates may ask of such a call. The reader of contracts uses it; mistakes go into its reading.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "contract/read/reading.h"

namespace mockduit {

class CallReader {
 public:
  // The reading must outlive it.
  explicit CallReader(ContractReading& reading) : reading_(reading) {}

  // What every place knows that belongs to a call.
  Names CallNames() const;
  // What answers know besides.
  static void KnowAnswers(Names& names);

  // Fills in the operation's parameters and bodies, and gives the names of what the request has.
  // `of_path` are the parameters of its path.
  Names Read(const Node& node, const Node& of_path, Operation& operation);
  // Those that were read of an operation, as they stand in the document.
  const std::vector<Node>& ParametersOf(const Operation& operation) {
    return parameters_of_[&operation];
  }

 private:
  void ReadParameters(const Node& node, const Node& of_path, Operation& operation,
                      const Names& names);
  void ReadOne(Operation& operation, const Node& node, const Names& names);
  Shape ReadBody(const Node& node, Operation& operation);
  void CheckRequired(const Node& node);
  void CheckRequiredOf(const Node& schema, const Shape& members, std::vector<Node>& below);
  // The schemas of bodies that CheckRequired has looked at.
  std::set<const Schema*>& checked() {
    return reading_.shared_parts != nullptr ? reading_.shared_parts->checked : checked_;
  }

  ContractReading& reading_;
  std::map<const Operation*, std::vector<Node>> parameters_of_;
  std::set<const Schema*> checked_;
};

}  // namespace mockduit
