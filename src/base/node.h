// Node: a value in a document with the way that leads to it. Readers of files walk with it, so that
// whatever they find wrong has a place.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/yaml.h"

namespace mockduit {

class Node {
 public:
  // The root of `document`, which must outlive the node.
  explicit Node(const YamlDocument& document) : Node(document, &document.root, "") {}

  // False when there is nothing there; then every accessor gives its fallback.
  explicit operator bool() const { return json_ != nullptr; }
  const Json& json() const { return *json_; }
  const std::string& pointer() const { return pointer_; }

  Node operator[](std::string_view key) const;  // a member; nothing when there is none
  Node Item(std::size_t index) const;
  // What a "$ref": "#/…" in this value points to; the value itself when it has none; nothing when
  // the reference leads nowhere.
  Node Follow() const;

  std::string Text(std::string_view fallback = {}) const;
  bool Flag() const;
  bool IsText() const { return json_ != nullptr && json_->IsString(); }

  // A problem at this value, or at its key.
  Problem Wrong(std::string message) const {
    return document_->AtValue(pointer_, std::move(message));
  }
  Problem WrongKey(std::string message) const {
    return document_->AtKey(pointer_, std::move(message));
  }

 private:
  Node(const YamlDocument& document, const Json* json, std::string pointer)
      : document_(&document), json_(json), pointer_(std::move(pointer)) {}

  const YamlDocument* document_;
  const Json* json_;
  std::string pointer_;
};

}  // namespace mockduit
