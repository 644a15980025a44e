#include "http/fault.h"

#include <algorithm>
#include <iterator>

namespace mockduit {
namespace {

constexpr FaultKind kFaultKinds[] = {
#define MOCKDUIT_FAULT(enumerator, name, parameter, default_parameter, loses_answer, function) \
  {Fault::enumerator, name, FaultParameter::parameter, default_parameter, loses_answer},
#include "http/fault_table.h"
#undef MOCKDUIT_FAULT
};

const FaultKind* Find(Fault fault) {
  const auto* kind = std::ranges::find(kFaultKinds, fault, &FaultKind::fault);
  return kind != std::end(kFaultKinds) ? kind : nullptr;
}

}  // namespace

std::span<const FaultKind> FaultKinds() { return kFaultKinds; }

std::string_view FaultName(Fault fault) {
  const FaultKind* kind = Find(fault);
  return kind != nullptr ? kind->name : "";
}

std::optional<Fault> FaultNamed(std::string_view name) {
  if (name.empty()) return Fault::kNone;
  const auto* kind = std::ranges::find(kFaultKinds, name, &FaultKind::name);
  return kind != std::end(kFaultKinds) ? std::optional(kind->fault) : std::nullopt;
}

bool LosesAnswer(Fault fault) {
  const FaultKind* kind = Find(fault);
  return kind != nullptr && kind->loses_answer;
}

}  // namespace mockduit
