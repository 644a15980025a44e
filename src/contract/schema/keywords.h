// The keywords of schemas, in one table: which are known, how each is read, and which of them have
// schemas in them. The functions that read them stand in files of their own by what they are about.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/pattern.h"
#include "contract/schema.h"
#include "contract/schema/node.h"

namespace mockduit {

// What those that read keywords ask of the compiler, which is reading a schema.
class SchemaReading {
 public:
  SchemaReading() = default;
  SchemaReading(const SchemaReading&) = delete;
  SchemaReading& operator=(const SchemaReading&) = delete;
  virtual ~SchemaReading() = default;

  virtual const SchemaRules& rules() const = 0;
  // What stands below that schema; its node is filled later.
  virtual const SchemaNode* Below(const Json& json) = 0;
  // Where a reference from it leads; nullptr, and a mistake, where that is nowhere.
  virtual const SchemaNode* Referred(const Json& reference, bool is_dynamic) = 0;
  // The place of what a reference from it leads to; nullptr where that is nowhere.
  virtual const Json* FindReferred(std::string_view reference) = 0;
  // A note where it is a good regular expression that takes more than linear time to match.
  virtual std::optional<Pattern> CompilePattern(const Json& place, std::string_view text,
                                                bool at_key) = 0;
  // A mistake, or in documents of others a note.
  virtual void Wrong(const Json& place, std::string message, bool at_key) = 0;
  virtual void Note(const Json& place, std::string message, bool at_key) = 0;
  // At the value itself.
  void Wrong(const Json& place, std::string message) { Wrong(place, std::move(message), false); }
  void Note(const Json& place, std::string message) { Note(place, std::move(message), false); }
  // The same value is held against both.
  virtual void Share(const SchemaNode& node, const SchemaNode* other, const Json& place) = 0;
  // No value is good by `node` that has no part, or is none, that is good by `other`.
  virtual void Demand(const SchemaNode& node, const SchemaNode* other, const Json& place) = 0;
};

// A keyword as it is read: `member` of the schema `whole` becomes part of `node`.
struct KeywordRead {
  SchemaReading& compiler;
  SchemaNode& node;
  const JsonMember& member;
  const Json& whole;

  const Json& value() const { return member.value; }
  // Reports a value of the wrong type.
  bool Must(bool good, std::string_view what) const;
  // The same of a list that says nothing.
  bool MustNotBeEmpty() const;
};

// What of a keyword's value is a schema.
enum class SchemaIn { kNothing, kValue, kList, kValueOrList, kMap };

struct SchemaKeyword {
  std::string_view name;
  void (*read)(const KeywordRead& in);  // nullptr: a note, or read with another
  SchemaIn schemas = SchemaIn::kNothing;
};

// nullptr where the keyword is unknown.
const SchemaKeyword* FindSchemaKeyword(std::string_view name);
std::vector<std::string> SchemaKeywordNames();

// By what they are about; each in a file of its own.
std::span<const SchemaKeyword> ValueKeywords();
std::span<const SchemaKeyword> ArrayKeywords();
std::span<const SchemaKeyword> ObjectKeywords();
std::span<const SchemaKeyword> JointKeywords();

// A value that is good by the schema is of that type.
bool IsOfTypeAlone(std::string_view type, const Json& schema);
// Reads a list of texts into `into`.
void ReadTexts(const KeywordRead& in, std::vector<std::string>& into);
// Of characters, items or members.
inline constexpr double kMaxSchemaSize = 1e12;
// Reads a number of them.
void ReadSize(const KeywordRead& in, std::optional<std::size_t>& into);

}  // namespace mockduit
