#include "contract/language/lifecycle.h"

#include <algorithm>

namespace mockduit {

const Lifecycle::Ending* Lifecycle::FindEnding(std::string_view ending) const {
  if (ending.empty()) return &endings().front();
  const auto found = std::ranges::find(endings(), ending, &Ending::name);
  return found != endings().end() ? &*found : nullptr;
}

}  // namespace mockduit
