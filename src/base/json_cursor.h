// JsonCursor: steps through a JSON text where it stands, and makes nothing of it: for those who
// want to know where in the text something is, or one member of it. Json::Parse reads what a text
// says.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/json.h"

namespace mockduit {

// Looks at what shapes a text: brackets, commas, colons, quotes, and whether the rest may be a
// number or is one of the three words. Whether numbers, escapes and UTF-8 are sound, Json::Parse
// alone looks at. Once a text has failed, every step stays where it is.
class JsonCursor {
 public:
  enum class Next : char { kObject, kArray, kString, kScalar, kNothing };

  explicit JsonCursor(std::string_view text) : text_(text) {}

  bool failed() const { return failed_; }
  // The byte where it stands.
  std::size_t at() const { return at_; }

  // What begins behind the blanks here, which it steps over.
  Next Look();
  // Over the bracket that begins an object or array; true where a part stands behind it. False, and
  // over the bracket that ends it, where none does.
  bool Enter(char end);
  // Behind a part: over the comma to the next one, the same way.
  bool GoesOn(char end);
  // Over a string; gives it with its quotes and escapes.
  std::string_view String();
  // Over a member's key and colon; gives the key with its quotes and escapes.
  std::string_view Key();
  // Over a number, a boolean or null; gives it.
  std::string_view Scalar();
  // Over the value here, whatever it is; gives it. Whether its brackets fit is not looked at.
  std::string_view Whole();
  // True where nothing but blanks is left.
  bool IsAtEnd();

 private:
  void SkipBlanks();
  bool Fail();
  bool Leave();
  bool Is(char c) const { return at_ < text_.size() && text_[at_] == c; }

  std::string_view text_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

// That member of an object, read without the rest of its text, which must be JSON as Json::Dump
// writes it; null where it has none.
Json MemberOf(std::string_view object, std::string_view name);

}  // namespace mockduit
