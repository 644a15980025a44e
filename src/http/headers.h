// Headers: the fields of a request or an answer, in the order they came. Names compare without
// regard to case (RFC 9110, section 5.1). A value class; knows no sockets.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mockduit {

bool EqualsIgnoringCase(std::string_view a, std::string_view b);

// True of a word as RFC 9110, section 5.6.2, has it, such as the name of a field; "" is none.
bool IsToken(std::string_view text);

// A text as the value of a field: control characters, which would end the line or be refused by
// others, become blanks. Tabs stay.
std::string FieldValue(std::string text);

class Headers {
 public:
  struct Field {
    std::string_view name;
    std::string_view value;
    bool operator==(const Field&) const = default;
  };
  class Fields;

  Headers() = default;
  Headers(std::initializer_list<Field> fields);
  // Of the lines that lines() gives.
  static Headers FromLines(std::string lines);

  // The first value of that name. As all views of them, valid until the headers change.
  std::optional<std::string_view> Find(std::string_view name) const;
  // The first value of that name, or "".
  std::string_view Get(std::string_view name) const { return Find(name).value_or(""); }
  std::size_t Count(std::string_view name) const;
  // All values of that name, in their order.
  std::vector<std::string> All(std::string_view name) const;

  // Copies both, which may be no views of these headers. The name is a token. A value may repeat
  // what a client sent: a line break in it, which would end the line, and a zero become blanks (RFC
  // 9110, section 5.5).
  void Add(std::string_view name, std::string_view value);
  // Room for fields that are still to come, so that adding them moves none.
  void Reserve(std::size_t fields, std::size_t bytes);
  // Replaces every field of that name by this one, which comes last.
  void Set(std::string_view name, std::string_view value);
  void Remove(std::string_view name);
  // Puts another value into the field at `index`, which must be there.
  void SetValueAt(std::size_t index, std::string_view value);

  // Byte for byte.
  bool operator==(const Headers& other) const { return lines_ == other.lines_; }

  Fields fields() const;
  // A field as it is written, without the end of the line.
  std::string_view LineAt(std::size_t index) const {
    const Place& place = places_[index];
    return std::string_view(lines_).substr(place.begin,
                                           EndOf(place) - kLineEnd.size() - place.begin);
  }
  // All fields as they are written into a head: "Name: value", CR and LF for each.
  std::string_view lines() const { return lines_; }

 private:
  // Of a field within `lines_`.
  struct Place {
    std::uint32_t begin;
    std::uint32_t name_size;
    std::uint32_t value_size;
  };
  static constexpr std::string_view kColon = ": ";
  static constexpr std::string_view kLineEnd = "\r\n";

  static std::size_t EndOf(const Place& place) {
    return std::size_t{place.begin} + place.name_size + place.value_size + kColon.size() +
           kLineEnd.size();
  }
  Field At(std::size_t index) const {
    const Place& place = places_[index];
    const char* const name = lines_.data() + place.begin;
    return {{name, place.name_size}, {name + place.name_size + kColon.size(), place.value_size}};
  }

  // One text and where the fields stand in it: a request has a dozen of them, and to keep each in
  // strings of its own took a tenth of its instructions.
  std::string lines_;
  std::vector<Place> places_;
};

// A range of Field.
class Headers::Fields {
 public:
  class Iterator {
   public:
    using value_type = Field;
    using difference_type = std::ptrdiff_t;
    using reference = Field;
    using pointer = void;
    using iterator_category = std::input_iterator_tag;

    Iterator() = default;
    Iterator(const Headers& headers, std::size_t index) : headers_(&headers), index_(index) {}
    Field operator*() const { return headers_->At(index_); }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++index_;
      return before;
    }
    bool operator==(const Iterator& other) const { return index_ == other.index_; }

   private:
    const Headers* headers_ = nullptr;
    std::size_t index_ = 0;
  };
  using iterator = Iterator;
  using const_iterator = Iterator;
  using value_type = Field;

  explicit Fields(const Headers& headers) : headers_(&headers) {}
  Iterator begin() const { return {*headers_, 0}; }
  Iterator end() const { return {*headers_, size()}; }
  std::size_t size() const { return headers_->places_.size(); }
  bool empty() const { return size() == 0; }
  Field operator[](std::size_t index) const { return headers_->At(index); }

 private:
  const Headers* headers_;
};

inline Headers::Fields Headers::fields() const { return Fields(*this); }

}  // namespace mockduit
