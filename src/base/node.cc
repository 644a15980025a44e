#include "base/node.h"

namespace mockduit {

const Json& Node::Nothing() {
  static const Json kNull;
  return kNull;
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
  constexpr int kMaxHops = 20;
  Node at = *this;
  for (int hops = 0; hops < kMaxHops; ++hops) {
    const Node ref = at["$ref"];
    if (!ref) return at;
    const std::string target = ref.Text();
    const YamlDocument* document = at.document_;
    const bool is_of_another = document->placed_by != nullptr;
    const Json* found = nullptr;
    if (is_of_another || document->references == nullptr) {
      const std::string pointer = PointerOfReference(target);
      found = pointer.empty() ? nullptr : document->root.At(pointer);
    }
    if (found == nullptr && document->references != nullptr) {
      found = document->references->Find(target);
      if (is_of_another) document = document->placed_by;
    }
    if (found == nullptr) break;
    at = {*document, found, found};
  }
  return {*document_, nullptr, nearest_};
}

std::string Node::Pointer() const {
  return nearest_ != nullptr ? document_->PointerOf(*nearest_) : "";
}

std::string Node::Text(std::string_view fallback) const {
  return std::string(json_ != nullptr ? json_->AsString(fallback) : fallback);
}

bool Node::Flag() const { return json_ != nullptr && json_->AsBool(); }

}  // namespace mockduit
