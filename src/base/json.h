// Json: a JSON value that keeps the order of its keys. Every room builds, reads and compares JSON
// through it. json_text.cc is the only file that knows RapidJSON.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace mockduit {

struct JsonMember;

// Why a text is no JSON: the byte offset where reading stopped, and the reason.
struct JsonError {
  std::size_t offset = 0;
  std::string message;
};

class Json {
 public:
  using Array = std::vector<Json>;
  using Object = std::vector<JsonMember>;  // in the order of the document

  static constexpr int kMaxDepth = 100;  // arrays and objects within each other

  Json();                        // null
  Json(std::nullptr_t);          // NOLINT(google-explicit-constructor): literals read as JSON does
  Json(bool value);              // NOLINT(google-explicit-constructor)
  Json(int value);               // NOLINT(google-explicit-constructor)
  Json(std::int64_t value);      // NOLINT(google-explicit-constructor)
  Json(std::size_t value);       // NOLINT(google-explicit-constructor)
  Json(double value);            // NOLINT(google-explicit-constructor)
  Json(std::string value);       // NOLINT(google-explicit-constructor)
  Json(std::string_view value);  // NOLINT(google-explicit-constructor)
  Json(const char* value);       // NOLINT(google-explicit-constructor)
  Json(Array value);             // NOLINT(google-explicit-constructor)
  Json(Object value);            // NOLINT(google-explicit-constructor)
  Json(const Json&);
  Json(Json&&) noexcept;
  Json& operator=(const Json&);
  Json& operator=(Json&&) noexcept;
  ~Json();

  // The number that `text` writes as JSON does. What no int64 and no double holds as it is written
  // there keeps its digits.
  static Json Number(std::string_view text);
  static Json MakeArray(std::initializer_list<Json> items = {});
  static Json MakeObject(std::initializer_list<JsonMember> members = {});

  // Reads one JSON text. Refuses invalid UTF-8, and values nested deeper than kMaxDepth. Of a
  // repeated key the last value counts, as in the vendors' parsers.
  static std::expected<Json, JsonError> Parse(std::string_view text);

  bool IsNull() const;
  bool IsBool() const;
  bool IsInteger() const;  // also 3.0, as JSON Schema counts
  bool IsNumber() const;
  bool IsString() const;
  bool IsArray() const;
  bool IsObject() const;
  // What it is. A whole number that is written with a point, such as 3.0, is kNumber.
  enum class Kind : std::uint8_t { kNull, kBoolean, kInteger, kNumber, kString, kArray, kObject };
  Kind kind() const {
    return IfDigits() == nullptr ? static_cast<Kind>(value_.index()) : KindOfDigits();
  }
  // "null", "boolean", "integer", "number", "string", "array" or "object".
  std::string_view TypeName() const;

  // The value, or nullptr when it is of another type.
  const std::string* IfString() const;
  // Of a number that nothing else holds, as it was written.
  const std::string* IfDigits() const {
    const Real* real = std::get_if<Real>(&value_);
    return real != nullptr ? real->digits.get() : nullptr;
  }
  const Array* IfArray() const;
  const Object* IfObject() const;
  Array* IfArray();
  Object* IfObject();

  // The value, or `fallback` when it is of another type.
  bool AsBool(bool fallback = false) const;
  std::int64_t AsInteger(std::int64_t fallback = 0) const;
  // Of a number that no double holds the nearest one, or an infinity.
  double AsNumber(double fallback = 0) const;
  std::string_view AsString(std::string_view fallback = {}) const;

  // The member of an object; nullptr when there is none, or when this is no object.
  const Json* Find(std::string_view key) const;
  Json* Find(std::string_view key);
  // The same, or a null where there is none.
  const Json& Get(std::string_view key) const;
  // The value at an RFC 6901 pointer ("" is this value); nullptr when there is none.
  const Json* At(std::string_view pointer) const;
  // The value at a dotted path ("config.schema", "items.0.id"); nullptr when there is none.
  const Json* AtPath(std::string_view dotted) const;

  // Sets a member: in place when the key is there, else at the end. null becomes an object first.
  Json& Set(std::string_view key, Json value);
  // Sets the value at an RFC 6901 pointer; missing objects on the way are made.
  void SetAt(std::string_view pointer, Json value);
  // The same at a dotted path.
  void SetPath(std::string_view dotted, Json value);
  bool Remove(std::string_view key);
  bool RemovePath(std::string_view dotted);
  // Appends to an array; null becomes an array first.
  void Append(Json value);
  // RFC 7396 merge patch, in place.
  void MergePatch(const Json& patch);

  std::string Dump() const;               // compact
  void AppendTo(std::string& out) const;  // appends Dump()
  std::string ToText() const;             // a string as it is, another value as Dump() has it
  std::string DumpPretty() const;         // indented by two spaces, ends without a newline
  // Appends `text` as a JSON string, with its quotes.
  static void AppendQuoted(std::string& out, std::string_view text);

  // The same for values that are equal; tells nothing outside this process.
  std::size_t Hash() const;

  // Equal as JSON: order of keys does not count, 1 equals 1.0.
  friend bool operator==(const Json& a, const Json& b);

  // Which of two numbers is the greater, exactly.
  static std::strong_ordering Compare(const Json& a, const Json& b);

 private:
  // A number that is no integer of 64 bits, with its digits where a double is another number.
  struct Real {
    double number;
    std::shared_ptr<const std::string> digits{};
  };

  Kind KindOfDigits() const;

  // In the order of Kind.
  std::variant<std::nullptr_t, bool, std::int64_t, Real, std::string, Array, Object> value_;
};

struct JsonMember {
  std::string key;
  Json value;
};

// "a/b~c" as one token of a JSON pointer: "a~1b~0c".
std::string PointerToken(std::string_view key);

}  // namespace mockduit
