// Schema: a JSON Schema, of draft 2020-12 or as OpenAPI 3.0 has it, compiled. It finds every
// violation, each with its keyword and limit, so that a vendor's own wording can be put to it.
// (Tests hold it against the official test suite; docs/adr/0002 says why it is our own.)
#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "contract/language/names.h"

namespace mockduit {

struct SchemaNode;

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
  bool is_note = false;  // the schema is good all the same, but what stands there is not held
};

// How schemas are read.
struct SchemaRules {
  // Draft 4 is what OpenAPI 3.0 builds upon: what stands beside a "$ref" does not count there.
  enum class Dialect { k2020, kDraft4 };

  // By the version that a document of OpenAPI names.
  static SchemaRules For(const Json& root, bool strict = true);

  Dialect dialect = Dialect::k2020;
  // Of a contract that was written for us: a misspelt keyword or an impossible limit is a mistake.
  // Else each is a note.
  bool strict = true;
  bool holds_formats = true;
  // Of what is `readOnly` or `writeOnly`, `required` asks one side alone (OpenAPI 3.0.3, Schema
  // Object): answers of the former, requests of the latter.
  bool knows_sides = false;
  std::string base;  // the address of the document
  // Other documents, by their address; nullptr where there is none. They must live as long as the
  // compiler.
  std::function<const Json*(const std::string& address)> documents;
};

// Who sends a value.
enum class Side { kRequest, kAnswer, kEither };

// A schema may refer to itself, at any depth, as long as some finite value is good by it.
class Schema {
 public:
  // `root` is the document that "$ref": "#/…" points into. The error is every mistake. Many
  // schemas of one document are compiled by a SchemaCompiler, which knows what they share.
  static std::expected<std::shared_ptr<const Schema>, std::vector<SchemaMistake>> Compile(
      const Json& schema, const Json& root, const SchemaRules& rules = {});

  // `node` must live as long as this.
  explicit Schema(const SchemaNode& node) : node_(node) {}

  // How many schemas may be asked of one value: choices that refer to each other may ask for twice
  // as many at every level of it. A value that would need more is told so, by the keyword "effort".
  static constexpr std::size_t kMaxEffort = 5'000'000;

  // Appends every violation of `value`; `path` is where the value stands.
  void Validate(const Json& value, std::vector<std::string>& path,
                std::vector<Violation>& violations, Side side = Side::kRequest,
                std::size_t effort = kMaxEffort) const;
  std::vector<Violation> Validate(const Json& value, std::string_view place,
                                  Side side = Side::kRequest,
                                  std::size_t effort = kMaxEffort) const;

  // Puts what is written in another way than the schema has it into its own: "yes" for true, "3"
  // for 3, a UUID in capitals. What stands for nothing that it asks for is left as it is.
  void ReadLaxly(Json& value) const;
  // The same of "true" and "false" alone.
  void ReadFlags(Json& value) const;

  // What became of a member of an object that was sent.
  enum class Use { kUnknown, kDeprecated };
  using Survey = std::function<void(const std::vector<std::string>& path, Use use)>;
  // Calls `tell` with each member that no part of the schema which applies to `value` names, and
  // with each that one declares as deprecated. Where a schema names no members at all, any may be
  // sent.
  void SurveyMembers(const Json& value, std::vector<std::string>& path, const Survey& tell) const;

  // What templates may ask of a value that is good by the schema. Members that it does not name may
  // only be asked for where it names none, or lets others pass by `additionalProperties`. Below a
  // member whose schema comes round to one above it, any may be asked for, and below so many
  // levels.
  Shape Members(std::size_t levels = 1'000) const;

  // "integer", "string" …: the type a parameter's text is read as; "" when several are allowed.
  std::string_view SingleType() const;

 private:
  const SchemaNode& node_;
};

}  // namespace mockduit
