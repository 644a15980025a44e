// SchemaNode: one schema, compiled to what it needs. The compiler makes them, once for each place
// of a document; checks and surveys read them. Nodes may lead to each other in circles, so an arena
// owns them all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/pattern.h"
#include "contract/formats.h"

namespace mockduit {

struct SchemaNode;
using SchemaNodes = std::vector<const SchemaNode*>;

struct TextRules {
  std::optional<std::size_t> min_length, max_length;  // in characters, not bytes
  std::optional<Pattern> pattern;
  std::string pattern_text;  // as the schema has it
  std::string format;
  const TextFormat* is_of_format = nullptr;  // where the format is one of texts that is held
};

struct NumberRules {
  std::optional<Json> minimum, maximum, exclusive_minimum, exclusive_maximum, multiple_of;
  std::string format;
  const NumberFormat* is_of_format = nullptr;
};

struct ArrayRules {
  std::optional<std::size_t> min_items, max_items;
  bool unique_items = false;
  SchemaNodes prefix_items;
  const SchemaNode* items = nullptr;  // of those behind the prefix
  const SchemaNode* contains = nullptr;
  std::optional<std::size_t> min_contains, max_contains;
};

struct ObjectRules {
  struct Property {
    std::string name;
    const SchemaNode* schema;
    bool required = false;
    // Which side does not send it, said where it is declared; its schema may say so, too.
    bool read_only = false;
    bool write_only = false;
  };
  struct NamePattern {
    Pattern pattern;
    const SchemaNode* schema;
  };

  std::vector<Property> properties;
  std::vector<std::string> required;  // those that are no properties
  std::vector<NamePattern> patterns;  // patternProperties
  const SchemaNode* additional = nullptr;
  bool open = false;  // additionalProperties: true
  const SchemaNode* names = nullptr;
  std::optional<std::size_t> min_members, max_members;
  std::vector<std::pair<std::string, std::vector<std::string>>> dependent_required;
};

// The choice of `oneOf`, or else of `anyOf`, is the one that a member of the value names.
struct Discriminator {
  std::string member;
  std::vector<std::pair<std::string, std::size_t>> choices;  // by the names for them
  bool is_whole = false;                                     // no choice has another name
};

// What else the value itself is held against.
struct JointRules {
  struct Condition {
    const SchemaNode* when;
    const SchemaNode* then;  // nullptr: nothing more is asked
    const SchemaNode* otherwise;
  };

  SchemaNodes all_of, any_of, one_of;
  const SchemaNode* forbidden = nullptr;  // not
  std::optional<Condition> condition;
  std::vector<std::pair<std::string, const SchemaNode*>> dependent;  // by a member's name
  std::optional<Discriminator> discriminator;
  const SchemaNode* unevaluated_items = nullptr;
  const SchemaNode* unevaluated_members = nullptr;

  bool FindsEvaluated() const {
    return unevaluated_items != nullptr || unevaluated_members != nullptr;
  }
};

struct ValueRules {
  std::optional<std::vector<Json>> choices;  // enum
  std::unordered_set<std::string> texts;     // those of them that are
  std::optional<Json> constant;
};

struct SchemaNode {
  // Which types are good, as bits: 1 << Json::Kind. A whole number may be of kind kNumber, so
  // `whole` says that such are good where other numbers are not.
  static constexpr std::uint8_t kAnyType = 0xFF;
  std::uint8_t types = kAnyType;
  bool whole = false;
  bool never = false;     // the schema false
  bool nullable = false;  // null is good, whatever else is asked
  bool deprecated = false;
  bool read_only = false;   // requests do not send it; where sides are known
  bool write_only = false;  // answers do not
  std::string type;         // the first that is named, or ""
  bool one_type = false;

  std::unique_ptr<ValueRules> value;
  std::unique_ptr<TextRules> text;
  std::unique_ptr<NumberRules> number;
  std::unique_ptr<ArrayRules> array;
  std::unique_ptr<ObjectRules> object;
  std::unique_ptr<JointRules> joint;
  Json messages;      // keyword → words
  std::string place;  // what stands in the path of its violations besides, or ""

  bool Takes(Json::Kind kind) const { return (types & (1U << static_cast<unsigned>(kind))) != 0; }
};

using SchemaArena = std::deque<SchemaNode>;

// The rules of one sort, made when the first of them is read.
template <class Rules>
Rules& Made(std::unique_ptr<Rules>& rules) {
  if (rules == nullptr) rules = std::make_unique<Rules>();
  return *rules;
}

// Calls `visit` with every schema that the same value may be held against besides.
template <class Joint, class Visit>
void EachJoint(Joint& rules, const Visit& visit) {
  for (auto* nodes : {&rules.all_of, &rules.any_of, &rules.one_of}) {
    for (auto& node : *nodes) visit(node);
  }
  if (rules.condition) {
    visit(rules.condition->when);
    if (rules.condition->then != nullptr) visit(rules.condition->then);
    if (rules.condition->otherwise != nullptr) visit(rules.condition->otherwise);
  }
  for (auto& [name, node] : rules.dependent) visit(node);
}

}  // namespace mockduit
