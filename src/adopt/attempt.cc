#include "adopt/attempt.h"

#include <algorithm>

namespace mockduit {
namespace {

constexpr int kMaxDepth = 40;
constexpr int kDeep = 12;                   // from there on, only what is required is shown
constexpr std::size_t kMany = 300;          // values; from there on, too
constexpr std::size_t kMaxValues = 20'000;  // in one body

bool IsAtOrBelow(std::string_view one, const std::string& pointer) {
  return one.starts_with(pointer) && (one.size() == pointer.size() || one[pointer.size()] == '/');
}

}  // namespace

std::string Attempt::WhyNone() const {
  if (!too_large_.empty()) return too_large_;
  if (!refused_) return "no finite value was found for it";
  std::string place = "body" + *refused_;
  std::ranges::replace(place, '/', '.');
  return "no value is good for " + place;
}

bool Attempt::Enter(const Merged& merged) {
  if (std::ranges::find_first_of(above_, merged.parts) != above_.end()) {
    ComesRound();
    return false;
  }
  if (count_ == kMaxValues) {
    TooLarge("it would have more than " + std::to_string(kMaxValues) + " values");
    return false;
  }
  ++count_;
  ++depth_;
  above_.insert(above_.end(), merged.parts.begin(), merged.parts.end());
  return true;
}

void Attempt::Leave(const Merged& merged) {
  above_.resize(above_.size() - merged.parts.size());
  --depth_;
}

bool Attempt::LeadsRound(const Json& schema) const {
  if (depth_ > kMaxDepth) return true;
  const Json* reference = schema.Find("$ref");
  const Json* target = reference != nullptr ? references_.Find(reference->AsString()) : nullptr;
  return target != nullptr && std::ranges::count(above_, &references_.PlaceOf(*target)) > 0;
}

bool Attempt::IsLarge() const { return depth_ > kDeep || count_ > kMany; }

void Attempt::NoteFill(const std::string& pointer, std::string text) {
  fill_.emplace_back(pointer, std::move(text));
}

void Attempt::Forget(const std::string& pointer, std::size_t mark) {
  fill_.resize(mark);
  std::erase_if(from_examples_, [&](const std::string& one) { return IsAtOrBelow(one, pointer); });
}

void Attempt::ForgetTimes(const std::string& pointer) {
  std::erase_if(fill_, [&](const auto& one) {
    return one.second != "{{uuid4}}" && IsAtOrBelow(one.first, pointer);
  });
}

std::nullopt_t Attempt::Refused(const std::string& pointer) {
  refused_ = pointer;
  return std::nullopt;
}

std::nullopt_t Attempt::ComesRound() {
  refused_.reset();
  return std::nullopt;
}

std::nullopt_t Attempt::TooLarge(std::string why) {
  too_large_ = std::move(why);
  return std::nullopt;
}

}  // namespace mockduit
