#include "base/references.h"

#include "base/percent.h"
#include "base/text.h"

namespace mockduit {
namespace {

// In front of the number of a value. No pointer begins so.
constexpr std::string_view kNumbered = "#mockduit:";

}  // namespace

std::string PointerOfReference(std::string_view reference) {
  return reference.starts_with("#/") ? PercentDecode(reference.substr(1)) : "";
}

const Json* References::Find(std::string_view reference) {
  if (reference == "#") return &root_;
  if (reference.starts_with(kNumbered)) {
    const auto number = ParseNumber<std::size_t>(reference.substr(kNumbered.size()));
    return number && *number < numbered_.size() ? numbered_[*number] : nullptr;
  }
  if (!reference.starts_with("#/")) return FindOther(reference);
  const auto [place, is_new] = found_.try_emplace(std::string(reference), nullptr);
  if (is_new) place->second = root_.At(PointerOfReference(reference));
  return place->second;
}

const Json* References::Follow(const Json& value) {
  const Json* at = &value;
  Circle circle(at);
  while (at != nullptr) {
    const Json* reference = at->Find("$ref");
    if (reference == nullptr || !reference->IsString()) return at;
    at = Find(reference->AsString());
    if (circle.ClosesAt(at)) return nullptr;
  }
  return nullptr;
}

const Json& References::PlaceOf(const Json& value) {
  const Json* at = &value;
  Circle circle(at);
  while (true) {
    const Json::Object* members = at->IfObject();
    const Json* reference = at->Find("$ref");
    const bool is_alone = reference != nullptr && reference->IsString() && members->size() == 1;
    const Json* next = is_alone ? Find(reference->AsString()) : nullptr;
    if (next == nullptr || circle.ClosesAt(next)) return *at;
    at = next;
  }
}

Json References::ReferenceTo(const Json& value) {
  const Json::Object* members = value.IfObject();
  const bool is_reference =
      members != nullptr && members->size() == 1 && members->front().key == "$ref";
  if (is_reference && Find(members->front().value.AsString()) != nullptr) return value;
  const auto [known, is_new] = numbers_.try_emplace(&value, numbered_.size());
  if (is_new) numbered_.push_back(&value);
  return Json::MakeObject({{"$ref", std::string(kNumbered) + std::to_string(known->second)}});
}

void References::PutCopies(Json& json) {
  if (Json::Array* items = json.IfArray()) {
    for (Json& item : *items) PutCopies(item);
  }
  Json::Object* members = json.IfObject();
  if (members == nullptr) return;
  if (json.Get("$ref").AsString().starts_with(kNumbered)) {
    if (const Json* value = Find(json.Get("$ref").AsString())) json = Json(*value);
    return;
  }
  for (JsonMember& member : *members) PutCopies(member.value);
}

}  // namespace mockduit
