#include "base/node.h"

namespace mockduit {

Node Node::operator[](std::string_view key) const {
  const Json* member = json_ != nullptr ? json_->Find(key) : nullptr;
  return {*document_, member, pointer_ + "/" + PointerToken(key)};
}

Node Node::Item(std::size_t index) const {
  const Json::Array* items = json_ != nullptr ? json_->IfArray() : nullptr;
  const Json* item = items != nullptr && index < items->size() ? &(*items)[index] : nullptr;
  return {*document_, item, pointer_ + "/" + std::to_string(index)};
}

Node Node::Follow() const {
  const Node ref = (*this)["$ref"];
  if (!ref) return *this;
  const std::string target = ref.Text();
  if (!target.starts_with("#/")) return {*document_, nullptr, pointer_};
  return {*document_, document_->root.At(target.substr(1)), target.substr(1)};
}

std::string Node::Text(std::string_view fallback) const {
  return std::string(json_ != nullptr ? json_->AsString(fallback) : fallback);
}

bool Node::Flag() const { return json_ != nullptr && json_->AsBool(); }

}  // namespace mockduit
