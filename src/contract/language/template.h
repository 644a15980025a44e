// Templates: text and JSON with holes, "{{request.body.name ?? \"none\"}}", that are filled when an
// answer is made. Contracts and scenarios are written with them; docs/contracts.md lists the names.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "contract/language/hole.h"
#include "contract/language/names.h"

namespace mockduit {

// A string with holes.
class Template {
 public:
  // `names` are those that the place of the text knows.
  static Compiled<Template> Compile(std::string_view text, const Names& names);
  // Appends a mistake for each hole that asks for what `names` do not have.
  void FindUnknown(const Names& names, const std::string& pointer,
                   std::vector<TemplateMistake>& mistakes) const;

  bool IsConstant() const;
  // The text, with each hole's value in its place; null is "".
  std::string Text(Scope& scope) const;
  // The typed value of a single hole that is the whole string; else the text. Nothing when the
  // value is absent and the hole says omit.
  std::optional<Json> Value(Scope& scope) const;
  // Appends Value(scope).Dump(); false when there is nothing.
  bool AppendValue(std::string& out, Scope& scope) const;

 private:
  bool IsOneHole() const;

  struct Piece {
    std::string text;  // stands before the hole
    std::optional<Hole> hole;
  };
  std::vector<Piece> pieces_;
};

// The text as a template that gives it as it is.
std::string AsTemplate(std::string_view text);
// The same for all texts in a value, and for its keys that could be words ("$first").
void KeepBraces(Json& json);

// A JSON value whose strings may hold holes.
class JsonTemplate {
 public:
  JsonTemplate() = default;  // null
  // `names` are those that the place of the value knows.
  static Compiled<JsonTemplate> Compile(const Json& json, const Names& names);
  // The holes that ask for what `names` do not have: for values that many places share.
  std::vector<TemplateMistake> FindUnknown(const Names& names) const;

  bool IsConstant() const { return branch_ == nullptr; }
  Json Value(Scope& scope) const;
  // Appends Value(scope).Dump(), without making the value first.
  void AppendText(std::string& out, Scope& scope) const;
  // The JSON it was made of, holes as they were written.
  const Json& source() const { return source_; }

 private:
  struct Branch;

  static JsonTemplate Constant(const Json& json);
  static JsonTemplate Compile(const Json& json, const Names& names, const std::string& pointer,
                              std::vector<TemplateMistake>& mistakes);
  void FindUnknown(const Names& names, const std::string& pointer,
                   std::vector<TemplateMistake>& mistakes) const;

  Json source_;                           // of those within others, where there is no hole within
  std::string constant_ = "null";         // the text, when there is no hole within
  std::shared_ptr<const Branch> branch_;  // nullptr when there is none
};

}  // namespace mockduit
