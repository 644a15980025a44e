#include "base/json_cursor.h"

#include <string>

namespace mockduit {
namespace {

bool IsJsonBlank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Of a number, or of a word such as null.
bool IsScalarByte(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '+' ||
         c == '.';
}

bool IsScalar(std::string_view text) {
  if (text == "null" || text == "true" || text == "false") return true;
  return (IsDigit(text.front()) || text.front() == '-') &&
         text.find_first_not_of("0123456789+-.eE") == std::string_view::npos;
}

// Whether an odd number of backslashes stands before the quote.
bool IsEscaped(std::string_view text, std::size_t quote) {
  std::size_t at = quote;
  while (text[at - 1] == '\\') --at;
  return (quote - at) % 2 == 1;
}

}  // namespace

bool JsonCursor::Fail() {
  failed_ = true;
  return false;
}

void JsonCursor::SkipBlanks() {
  while (at_ < text_.size() && IsJsonBlank(text_[at_])) ++at_;
}

JsonCursor::Next JsonCursor::Look() {
  SkipBlanks();
  if (failed_ || at_ == text_.size()) return Next::kNothing;
  switch (text_[at_]) {
    case '{': return Next::kObject;
    case '[': return Next::kArray;
    case '"': return Next::kString;
    default: return IsScalarByte(text_[at_]) ? Next::kScalar : Next::kNothing;
  }
}

bool JsonCursor::Enter(char end) {
  if (failed_) return false;
  ++at_;
  SkipBlanks();
  return Is(end) ? Leave() : true;
}

bool JsonCursor::GoesOn(char end) {
  if (failed_) return false;
  SkipBlanks();
  if (Is(end)) return Leave();
  if (!Is(',')) return Fail();
  ++at_;
  SkipBlanks();
  return true;
}

// Over the bracket that ends an object or array.
bool JsonCursor::Leave() {
  ++at_;
  return false;
}

std::string_view JsonCursor::String() {
  const std::size_t begin = at_;
  std::size_t end = begin;
  do {
    end = failed_ || !Is('"') ? std::string_view::npos : text_.find('"', end + 1);
    if (end == std::string_view::npos) {
      Fail();
      return {};
    }
  } while (IsEscaped(text_, end));
  at_ = end + 1;
  return text_.substr(begin, at_ - begin);
}

std::string_view JsonCursor::Key() {
  SkipBlanks();
  const std::string_view key = String();
  SkipBlanks();
  if (failed_ || !Is(':')) {
    Fail();
    return {};
  }
  ++at_;
  return key;
}

std::string_view JsonCursor::Scalar() {
  const std::size_t begin = at_;
  if (failed_) return {};
  while (at_ < text_.size() && IsScalarByte(text_[at_])) ++at_;
  const std::string_view scalar = text_.substr(begin, at_ - begin);
  if (scalar.empty() || !IsScalar(scalar)) Fail();
  return scalar;
}

std::string_view JsonCursor::Whole() {
  const Next next = Look();
  const std::size_t begin = at_;
  if (next == Next::kString) return String();
  if (next == Next::kScalar) return Scalar();
  std::size_t open = 0;
  do {
    if (failed_ || at_ == text_.size()) {
      Fail();
      return {};
    }
    const char c = text_[at_];
    if (c == '"') {
      String();
      continue;
    }
    if (c == '{' || c == '[') ++open;
    if (c == '}' || c == ']') --open;
    ++at_;
  } while (open > 0);
  return text_.substr(begin, at_ - begin);
}

bool JsonCursor::IsAtEnd() {
  SkipBlanks();
  return !failed_ && at_ == text_.size();
}

Json MemberOf(std::string_view object, std::string_view name) {
  std::string quoted;
  Json::AppendQuoted(quoted, name);
  JsonCursor cursor(object);
  if (cursor.Look() != JsonCursor::Next::kObject) return {};
  for (bool more = cursor.Enter('}'); more; more = cursor.GoesOn('}')) {
    const bool is_it = cursor.Key() == quoted;
    const std::string_view value = cursor.Whole();
    if (is_it) return Json::Parse(value).value_or(Json());
  }
  return {};
}

}  // namespace mockduit
