#include "contract/read/kind_mistakes.h"

#include <algorithm>
#include <vector>

#include "base/suggest.h"

namespace mockduit {

std::optional<std::string> WhyNoKind(const Kinds& kinds, const std::string& name) {
  if (kinds.Find(name) != nullptr) return std::nullopt;
  const std::vector<std::string> known = kinds.names();
  std::string advice = DidYouMean(name, known);
  if (!advice.empty()) return advice;
  const bool declared = !known.empty() && std::ranges::all_of(kinds.all(), &Kind::declared);
  if (!declared) return std::nullopt;
  return "; the vendor block's 'kinds' has " + OrList(known);
}

std::string NoMember(const std::string& kind, std::string_view path, const std::string& passed,
                     std::string_view member, const Shape& at) {
  const std::string nearest = Nearest(member, at.MemberNames());
  return "the kind '" + kind + "' has no member '" + std::string(path) + "'" +
         (nearest.empty() ? "" : "; did you mean '" + passed + nearest + "'?");
}

std::string NoMap(const std::string& kind, const std::string& path, const Shape& shape) {
  return "the member '" + path + "' of the kind '" + kind + "' must be a map: it has " +
         OrList(shape.MemberNames());
}

}  // namespace mockduit
