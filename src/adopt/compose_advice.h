// Advice: what was found wrong with a body that was composed, so that the next one is made
// otherwise.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "contract/schema.h"

namespace mockduit {

struct Advice {
  std::set<std::string> no_example;            // pointers: of these, the example is not good
  std::map<std::string, std::size_t> choices;  // by pointer: which one of anyOf or oneOf
  // By the pointer of an object: members that were found to be asked for.
  std::map<std::string, std::set<std::string>> needed;
  std::set<std::string> left_out;  // pointers: nothing good was found for these

  // Which choice is the first to take at a pointer; how many were tried there or above it, at most.
  std::size_t ChoiceAt(const std::string& pointer) const;
  std::size_t TriedAbove(const std::string& pointer) const;
};

// What the next round should do otherwise, by what the body breaks; `from_examples` are the
// pointers to values that are examples. Where there are few rounds left, what is wrong is left out.
// False where nothing can be done.
bool Learn(const std::vector<Violation>& violations, const std::set<std::string>& from_examples,
           bool is_late, Advice& advice);

}  // namespace mockduit
