#include "base/node.h"

namespace mockduit {
namespace {

// Appends the way from `json` down to `wanted`; false, and nothing appended, when it is not there.
bool FindWay(const Json& json, const Json* wanted, std::string& pointer) {
  if (&json == wanted) return true;
  const std::size_t length = pointer.size();
  if (const Json::Object* members = json.IfObject()) {
    for (const JsonMember& member : *members) {
      pointer += "/" + PointerToken(member.key);
      if (FindWay(member.value, wanted, pointer)) return true;
      pointer.resize(length);
    }
  }
  if (const Json::Array* items = json.IfArray()) {
    for (std::size_t i = 0; i < items->size(); ++i) {
      pointer += "/" + std::to_string(i);
      if (FindWay((*items)[i], wanted, pointer)) return true;
      pointer.resize(length);
    }
  }
  return false;
}

}  // namespace

Node Node::operator[](std::string_view key) const {
  const Json* member = json_ != nullptr ? json_->Find(key) : nullptr;
  if (document_ == nullptr) return *this;
  return {*document_, member, member != nullptr ? member : nearest_};
}

Node Node::Item(std::size_t index) const {
  const Json::Array* items = json_ != nullptr ? json_->IfArray() : nullptr;
  const Json* item = items != nullptr && index < items->size() ? &(*items)[index] : nullptr;
  return {*document_, item, item != nullptr ? item : nearest_};
}

Node Node::Follow() const {
  const Node ref = (*this)["$ref"];
  if (!ref) return *this;
  const std::string target = ref.Text();
  const Json* found = target.starts_with("#/") ? document_->root.At(target.substr(1)) : nullptr;
  return {*document_, found, found != nullptr ? found : nearest_};
}

std::string Node::Pointer() const {
  std::string pointer;
  FindWay(document_->root, nearest_, pointer);
  return pointer;
}

std::string Node::Text(std::string_view fallback) const {
  return std::string(json_ != nullptr ? json_->AsString(fallback) : fallback);
}

bool Node::Flag() const { return json_ != nullptr && json_->AsBool(); }

}  // namespace mockduit
