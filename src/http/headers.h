// Headers: the fields of a request or an answer, in the order they came. Names compare without
// regard to case (RFC 9110, section 5.1). A value class; knows no sockets.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mockduit {

bool EqualsIgnoringCase(std::string_view a, std::string_view b);

// A text as the value of a field: control characters, which would end the line or be refused by
// others, become blanks. Tabs stay.
std::string FieldValue(std::string text);

class Headers {
 public:
  using Field = std::pair<std::string, std::string>;

  Headers() = default;
  Headers(std::initializer_list<Field> fields) : fields_(fields) {}

  // The first value of that name; nullptr when there is none. Valid until the headers change.
  const std::string* Find(std::string_view name) const;
  // The first value of that name, or "".
  std::string_view Get(std::string_view name) const;
  std::size_t Count(std::string_view name) const;
  // All values of that name, in their order.
  std::vector<std::string> All(std::string_view name) const;

  void Add(std::string name, std::string value);
  // Room for that many fields in all, so that adding them does not move those that are there.
  void Reserve(std::size_t fields) { fields_.reserve(fields); }
  // Replaces every field of that name by this one.
  void Set(std::string_view name, std::string value);
  void Remove(std::string_view name);

  const std::vector<Field>& fields() const { return fields_; }
  std::vector<Field>& fields() { return fields_; }

 private:
  std::vector<Field> fields_;
};

}  // namespace mockduit
