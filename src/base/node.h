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
  explicit Node(const YamlDocument& document) : Node(document, &document.root, &document.root) {}
  // A value somewhere in `document`.
  static Node At(const YamlDocument& document, const Json& value) {
    return {document, &value, &value};
  }
  // Nothing, of no document. It cannot be the place of a problem.
  static Node None() { return {}; }

  // False when there is nothing there; then every accessor gives its fallback.
  explicit operator bool() const { return json_ != nullptr; }
  const Json& json() const { return json_ != nullptr ? *json_ : Nothing(); }

  Node operator[](std::string_view key) const;  // a member; nothing when there is none
  Node Item(std::size_t index) const;
  // A value that the caller has found in this one: what [] gives, without a search.
  Node Below(const Json& value) const { return {*document_, &value, &value}; }
  // What a "$ref": "#/…" in this value points to, and one in that, and so on; the value itself when
  // it has none; nothing when the references lead nowhere, or in a circle.
  Node Follow() const;
  // That it stands in.
  const YamlDocument& document() const { return *document_; }

  std::string Text(std::string_view fallback = {}) const;
  bool Flag() const;
  bool IsText() const { return json_ != nullptr && json_->IsString(); }

  // A problem at this value, or at its key.
  Problem Wrong(std::string message) const {
    return document_->AtValue(Pointer(), std::move(message));
  }
  Problem WrongKey(std::string message) const {
    return document_->AtKey(Pointer(), std::move(message));
  }
  // A problem at a byte of this value, which is a text. See YamlDocument::InText.
  Problem WrongAt(std::size_t offset, std::string message) const {
    return document_->InText(Pointer(), offset, std::move(message));
  }

  // A problem at a byte of the text that a pointer from this value leads to, or at its key. Costs
  // as much as the text is long.
  Problem WrongBelow(const std::string& pointer, bool at_key, std::size_t offset,
                     std::string message) const {
    const std::string whole = Pointer() + pointer;
    return at_key ? document_->AtKey(whole, std::move(message))
                  : document_->InText(whole, offset, std::move(message));
  }

  // Of the value, or of the nearest one above it that is there. Only mistakes need it, so it is
  // looked for when there is one.
  std::string Pointer() const;

 private:
  // What is not there, as JSON: null.
  static const Json& Nothing();

  Node() = default;
  Node(const YamlDocument& document, const Json* json, const Json* nearest)
      : document_(&document), json_(json), nearest_(nearest) {}

  const YamlDocument* document_ = nullptr;
  const Json* json_ = nullptr;
  const Json* nearest_ = nullptr;
};

}  // namespace mockduit
