// References: the values of a document that its "$ref"s lead to, each looked for once. A document
// may have many thousands of them, and its members are kept in lists.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "base/json.h"

namespace mockduit {

// One thread at a time.
class References {
 public:
  // `root` must outlive this.
  explicit References(const Json& root) : root_(root) {}

  const Json& root() const { return root_; }
  // Where "#/components/…" leads; nullptr where it leads nowhere.
  const Json* Find(std::string_view reference);
  // The value, or where its "$ref" leads, and where that one's leads, and so on; nullptr where that
  // is nowhere, or a circle.
  const Json* Follow(const Json& value);

 private:
  const Json& root_;
  std::unordered_map<std::string, const Json*> found_;
};

}  // namespace mockduit
