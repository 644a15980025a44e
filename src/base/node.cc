#include "base/node.h"

namespace mockduit {

const Json& Node::Nothing() {
  static const Json kNothing;
  return kNothing;
}

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
  return nearest_ != nullptr ? document_->PointerOf(*nearest_) : "";
}

std::string Node::Text(std::string_view fallback) const {
  return std::string(json_ != nullptr ? json_->AsString(fallback) : fallback);
}

bool Node::Flag() const { return json_ != nullptr && json_->AsBool(); }

}  // namespace mockduit
