// Fault: what goes wrong with an answer on the wire. Scenarios order one, the server does it,
// journals keep its name. docs/scenarios.md says how a client sees each.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace mockduit {

enum class Fault : std::uint8_t {
  kNone,
#define MOCKDUIT_FAULT(enumerator, ...) enumerator,
#include "http/fault_table.h"
#undef MOCKDUIT_FAULT
};

// What a scenario may say of a fault beside its name.
enum class FaultParameter : std::uint8_t { kNothing, kBytes, kTime };

struct FaultKind {
  Fault fault;
  std::string_view name;  // "reset", "malformed body"
  FaultParameter parameter;
  std::int64_t default_parameter;  // bytes or seconds
  bool loses_answer;               // the client cannot have the whole answer
};

// Every fault, in the order of the table; kNone is none of them.
std::span<const FaultKind> FaultKinds();
// "" for kNone.
std::string_view FaultName(Fault fault);
// kNone for ""; nothing where there is no fault of that name.
std::optional<Fault> FaultNamed(std::string_view name);
bool LosesAnswer(Fault fault);

}  // namespace mockduit
