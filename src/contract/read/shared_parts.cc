#include "contract/read/shared_parts.h"

#include <functional>
#include <iterator>
#include <string>
#include <utility>

namespace mockduit {

std::shared_ptr<const VariantBody> SharedBodies::Of(VariantBody body) {
  const std::size_t hash = std::hash<std::string>()(body.filled.source().Dump());
  const auto [first, last] = known_.equal_range(hash);
  for (auto known = first; known != last;) {
    auto there = known->second.lock();
    if (there != nullptr && there->example == body.example &&
        there->filled.source() == body.filled.source()) {
      return there;
    }
    known = there == nullptr ? known_.erase(known) : std::next(known);
  }
  // Not made in one piece with its count, so that it goes when its last owner does.
  std::shared_ptr<const VariantBody> own(new VariantBody(std::move(body)));
  known_.emplace(hash, own);
  return own;
}

}  // namespace mockduit
