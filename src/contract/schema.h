// Schema: the part of JSON Schema 2020-12 that contracts use, compiled. It finds every violation,
// each with its keyword and limit, so that a vendor's own wording can be put to it. (Tests hold it
// against valijson; docs/adr/0002 says why the server does not use valijson itself.)
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/pattern.h"
#include "contract/language/names.h"

namespace mockduit {

// One thing wrong with a request.
struct Violation {
  std::vector<std::string> path;  // "body", "config", "schema"; array items by their index
  std::string keyword;            // "required", "type", "minLength", "json" …
  std::string limit;              // what the keyword asks for: "4", "string", "uuid"
  std::string value;              // what was sent: a string as it is, else JSON; cut when long
  std::string reason;             // for formats: what is wrong with the value
  std::string message;            // the schema's own words (x-messages), or empty
  std::string_view got{};         // for types: what the value is instead, "string", "array" …
};

// A mistake in a schema, at a value in the document that it stands in, or at that value's key.
struct SchemaMistake {
  const Json* place = nullptr;
  bool at_key = false;
  std::string message;
};

// A schema may refer to itself, at any depth, as long as some finite value is good by it.
class Schema {
 public:
  // `root` is the document that "$ref": "#/…" points into. The error is every mistake.
  static std::expected<std::unique_ptr<const Schema>, std::vector<SchemaMistake>> Compile(
      const Json& schema, const Json& root);

  // Appends every violation of `value`; `path` is where the value stands.
  void Validate(const Json& value, std::vector<std::string>& path,
                std::vector<Violation>& violations) const;
  std::vector<Violation> Validate(const Json& value, std::string_view place) const;

  // Puts what is written in another way than the schema has it into its own: "yes" for true, "3"
  // for 3, a UUID in capitals. What stands for nothing that it asks for is left as it is.
  void ReadLaxly(Json& value) const;

  // What became of a member of an object that was sent.
  enum class Use { kUnknown, kDeprecated };
  using Survey = std::function<void(const std::vector<std::string>& path, Use use)>;
  // Calls `tell` with each member that no part of the schema which applies to `value` names, and
  // with each that one declares as deprecated. Where a schema names no members at all, any may be
  // sent.
  void SurveyMembers(const Json& value, std::vector<std::string>& path, const Survey& tell) const;

  // What templates may ask of a value that is good by the schema. Members that it does not name may
  // only be asked for where it names none, or lets others pass by `additionalProperties`. Below a
  // member whose schema comes round to one above it, any may be asked for.
  Shape Members() const;

  // "integer", "string" …: the type a parameter's text is read as; "" when several are allowed.
  std::string_view SingleType() const;
  std::optional<double> minimum() const { return minimum_; }
  std::optional<double> maximum() const { return maximum_; }

 private:
  struct Property {
    std::string name;
    const Schema* schema;
  };
  struct Condition {
    const Schema* when;
    const Schema* then;  // nullptr: nothing more is asked
    const Schema* otherwise;
  };
  class Compiler;
  class Check;
  using Parts = std::vector<const Schema*>;
  // On the way through all members.
  struct Walk {
    Parts above;
    int left = 10'000;  // schemas, which may refer to each other in very many ways
  };

  void ReadOneLaxly(Json& value) const;
  Shape Members(Walk& walk) const;
  Shape MembersBelow(Walk& walk) const;
  void AddParts(Parts& parts) const;
  void AddApplying(const Json& value, Parts& parts) const;
  static void SurveyMember(const Parts& parts, const std::string& name, const Json& value,
                           std::vector<std::string>& path, const Survey& tell);

  std::vector<std::string> types_;  // empty: any
  bool deprecated_ = false;
  std::vector<std::string> required_;
  std::vector<Property> properties_;
  bool closed_ = false;                 // additionalProperties: false
  bool open_ = false;                   // additionalProperties: true
  const Schema* additional_ = nullptr;  // additionalProperties as a schema
  const Schema* items_ = nullptr;
  std::vector<const Schema*> all_of_, any_of_, one_of_;
  const Schema* not_ = nullptr;
  std::vector<Condition> conditions_;
  std::vector<Json> enum_;
  std::unordered_set<std::string> enum_strings_;
  std::optional<std::size_t> min_length_, max_length_;  // in characters, not bytes
  std::optional<double> minimum_, maximum_;
  std::optional<double> above_, below_;  // exclusiveMinimum, exclusiveMaximum
  std::optional<double> multiple_of_;
  std::optional<std::size_t> min_items_, max_items_;
  bool unique_items_ = false;
  std::vector<const Schema*> prefix_items_;
  const Schema* contains_ = nullptr;
  std::optional<std::size_t> min_contains_, max_contains_;
  std::optional<std::size_t> min_members_, max_members_;     // minProperties, maxProperties
  std::vector<std::pair<Pattern, const Schema*>> patterns_;  // patternProperties
  const Schema* names_ = nullptr;                            // propertyNames
  std::vector<std::pair<std::string, std::vector<std::string>>> dependent_required_;
  std::vector<std::pair<std::string, const Schema*>> dependent_schemas_;
  bool nullable_ = false;  // of OpenAPI 3.0: null is good, whatever else is asked
  std::optional<Pattern> pattern_;
  std::string format_;
  Json messages_;  // keyword → words
  // Of the one that Compile gives: all that it leads to, each place of the document once.
  std::vector<std::unique_ptr<const Schema>> parts_;
};

}  // namespace mockduit
