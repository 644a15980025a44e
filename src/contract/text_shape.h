// TextShape: how a text becomes the value that a schema asks for: parameters, cookies and the
// fields of forms come as texts, and "5" is a number where the schema has one. Made once of each
// schema. It judges nothing: a text that does not read as its type stays a text, which the schema
// then finds.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/node.h"
#include "contract/schema.h"

namespace mockduit {

class TextShape {
 public:
  using Compile = std::function<std::shared_ptr<const Schema>(const Node&)>;

  // Of anything: a text stays one.
  TextShape() = default;
  // `compile` is asked for the schemas that decide where a text reads as several types.
  static TextShape Of(const Node& schema, const Compile& compile);

  bool is_array() const { return array_; }
  bool is_object() const { return object_; }
  // True where a text may be a value of more than one type.
  bool reads_several() const { return judge_ != nullptr || null_; }
  // True where a text may stand for the value as it is, so that JSON is not looked for in it.
  bool takes_text() const { return text_; }
  // Of each item; of anything where none is said.
  const TextShape& Item() const;
  // Of the member, or of one that is not named.
  const TextShape& Member(std::string_view name) const;
  bool HasMember(std::string_view name) const;
  const std::vector<std::pair<std::string, TextShape>>& members() const { return members_; }

  // Takes that type of JSON Schema as well.
  void AddType(std::string_view type);

  // The value of a text that is a number, true, false or null where the schema has such.
  Json Read(std::string_view text) const;

 private:
  void Add(const Node& given, const Compile& compile, int depth);

  bool text_ = false;
  bool integer_ = false;
  bool number_ = false;
  bool boolean_ = false;
  bool null_ = false;
  bool array_ = false;
  bool object_ = false;
  std::vector<TextShape> item_;        // one at most
  std::vector<TextShape> additional_;  // one at most
  std::vector<std::pair<std::string, TextShape>> members_;
  std::shared_ptr<const Schema> judge_;  // where a text may be more than one of these
};

}  // namespace mockduit
