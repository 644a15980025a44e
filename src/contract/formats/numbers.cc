#include "contract/formats/checks.h"

namespace mockduit {

Reason WhyOutside(const Json& number, const Json& least, const Json& most, int bits) {
  const bool fits =
      number.IsInteger() && Json::Compare(number, least) >= 0 && Json::Compare(number, most) <= 0;
  if (fits) return std::nullopt;
  return "it is no whole number from " + least.Dump() + " to " + most.Dump() + ", which has " +
         std::to_string(bits) + " bits";
}

}  // namespace mockduit
