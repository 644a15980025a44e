#include "adopt/references.h"

namespace mockduit {
namespace {

constexpr int kMaxHops = 20;

}  // namespace

const Json* References::Find(std::string_view reference) {
  if (reference == "#") return &root_;
  if (!reference.starts_with("#/")) return nullptr;
  const auto [place, is_new] = found_.try_emplace(std::string(reference), nullptr);
  if (is_new) place->second = root_.At(reference.substr(1));
  return place->second;
}

const Json* References::Follow(const Json& value) {
  const Json* at = &value;
  for (int hops = 0; at != nullptr && hops < kMaxHops; ++hops) {
    const Json* reference = at->Find("$ref");
    if (reference == nullptr || !reference->IsString()) return at;
    at = Find(reference->AsString());
  }
  return nullptr;
}

}  // namespace mockduit
