#include "session/facts.h"

#include <algorithm>

#include "contract/language/step.h"

namespace mockduit {
namespace {

Json At(const Json& json, std::string_view path) {
  const Json* found = json.AtPath(path);
  return found != nullptr ? *found : Json();
}

// "job.id" of {job: {id: …}}; nothing when there is no job.
std::optional<Json> AtNamed(const std::map<std::string, Json, std::less<>>& named,
                            std::string_view path) {
  const std::size_t dot = std::min(path.find('.'), path.size());
  const auto found = named.find(path.substr(0, dot));
  if (found == named.end()) return std::nullopt;
  return At(found->second, path.substr(std::min(dot + 1, path.size())));
}

}  // namespace

std::optional<Json> Facts::Value(const Hole& hole) const {
  switch (hole.root) {
    case Root::kResult: return At(result, hole.path);
    case Root::kFound: return AtNamed(found, hole.path);
    case Root::kMade: return AtNamed(made, hole.path);
    default: return std::nullopt;
  }
}

const Json* Facts::Look(const Hole& hole) const {
  const auto named = [&](const std::map<std::string, Json, std::less<>>& all) -> const Json* {
    const std::string_view path = hole.path;
    const std::size_t dot = std::min(path.find('.'), path.size());
    const auto one = all.find(path.substr(0, dot));
    return one != all.end() ? one->second.AtPath(path.substr(std::min(dot + 1, path.size())))
                            : nullptr;
  };
  switch (hole.root) {
    case Root::kResult: return result.AtPath(hole.path);
    case Root::kFound: return named(found);
    case Root::kMade: return named(made);
    default: return nullptr;
  }
}

const Json* FactsScope::Look(const Hole& hole) {
  const Json* value = facts.Look(hole);
  return value != nullptr || hole.root == Root::kResult ? value : under_.Look(hole);
}

Json FactsScope::Value(const Hole& hole) {
  auto value = facts.Value(hole);
  return value ? std::move(*value) : under_.Value(hole);
}

void FactsScope::AddFound(const std::string& kind, Json resource) {
  facts.found[ShortKind(kind)] = std::move(resource);
}

void FactsScope::AddMade(const std::string& kind, const Json& resource) {
  facts.made[ShortKind(kind)].Append(resource);
}

}  // namespace mockduit
