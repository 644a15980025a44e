#include "adopt/whole_document.h"

namespace mockduit {
namespace {

constexpr std::size_t kMaxKept = 100'000;  // values of bodies

std::size_t SizeOf(const Json& value) {
  std::size_t size = 1;
  if (const Json::Array* items = value.IfArray()) {
    for (const Json& item : *items) size += SizeOf(item);
  }
  if (const Json::Object* members = value.IfObject()) {
    for (const JsonMember& member : *members) size += SizeOf(member.value);
  }
  return size;
}

}  // namespace

const Composed* WholeDocument::FindComposed(const Json& schema, const std::string& name) const {
  const auto found = composed_.find({&schema, name});
  return found != composed_.end() ? &found->second : nullptr;
}

void WholeDocument::Keep(const Json& schema, const std::string& name, const Composed& composed) {
  size_ += SizeOf(composed.value);
  if (size_ > kMaxKept) {
    composed_.clear();
    size_ = 0;
    return;
  }
  composed_.emplace(std::pair(&schema, name), composed);
}

}  // namespace mockduit
