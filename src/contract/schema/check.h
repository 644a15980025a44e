// SchemaCheck: one value held against one schema. What is wrong is told to a list, or only that
// something is. Its parts stand in files of their own: check.cc, check_scalar.cc, check_array.cc,
// check_object.cc, check_joint.cc.
#pragma once

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/json.h"
#include "contract/schema.h"
#include "contract/schema/node.h"

namespace mockduit {

// A member by its name, which must last as long as the step; or an item by its index.
struct PathStep {
  explicit PathStep(const std::string& member) : name(&member) {}
  explicit PathStep(std::size_t item) : index(item) {}
  std::string Text() const { return name != nullptr ? *name : std::to_string(index); }

  const std::string* name = nullptr;
  std::size_t index = 0;
};

// What all checks of a value, and of what stands below it, share.
struct CheckContext {
  // How many schemas may still be asked.
  std::size_t left;
  std::size_t depth = 0;  // of checks within each other
  // Where the value stands that all began with, and the way from there down.
  const std::vector<std::string>& place;
  std::vector<PathStep> path{};
  Side side = Side::kRequest;
  // By schema, the members that the side does not send; known once one was missing.
  std::unordered_map<const SchemaNode*, std::set<std::string, std::less<>>> spared{};
};

// Which members or items of a value some schema has looked at, for those that speak of the rest.
struct Evaluated {
  bool all = false;
  std::vector<bool> each;  // as many as there are, or none

  bool Has(std::size_t i) const { return all || (i < each.size() && each[i]); }
  void Add(std::size_t i) {
    if (i >= each.size()) each.resize(i + 1);
    each[i] = true;
  }
  void Add(const Evaluated& other);
};

class SchemaCheck {
 public:
  // Violations are appended to `violations`, unless that is nullptr. `evaluated`: nullptr where
  // nobody asks. `within` is a check of the same value that asks this one for its part.
  SchemaCheck(const SchemaNode& node, const Json& value, CheckContext& context,
              std::vector<Violation>* violations, Evaluated* evaluated = nullptr,
              const SchemaCheck* within = nullptr)
      : node_(node),
        value_(value),
        context_(context),
        violations_(violations),
        evaluated_(evaluated),
        within_(within) {}

  // True when the value is good.
  bool Run();

 private:
  void RunAll();
  void Report(std::string_view keyword, std::string limit, std::string reason = "");
  // Of a member or an item that is missing, or should not be there.
  void ReportBelow(PathStep step, std::string_view keyword);
  // The value itself against another schema; what that has looked at counts as looked at here.
  void Ask(const SchemaNode& node);
  // The same of a member or an item. Where nothing may stand, the keyword that says so is told.
  void AskBelow(PathStep step, const SchemaNode& node, const Json& value, std::string_view keyword);
  std::vector<std::string> Path() const;
  // Whether a value is good; tells nothing.
  bool IsGood(const SchemaNode& node, const Json& value);
  // Nothing more has to be found out.
  bool IsDone() const { return !good_ && violations_ == nullptr; }

  void CheckValue(const ValueRules& rules);
  void CheckText(const TextRules& rules, const std::string& text);
  void CheckNumber(const NumberRules& rules);
  void CheckArray(const ArrayRules& rules, const Json::Array& items);
  void CheckContains(const ArrayRules& rules, const Json::Array& items);
  void CheckObject(const ObjectRules& rules, const Json::Object& members);
  // Whether a member may be missing because the other side alone sends it, by this schema or by one
  // that it is part of.
  bool IsSpared(std::string_view name);
  void CheckNames(const ObjectRules& rules, const Json::Object& members);
  void CheckName(const SchemaNode& rule, const std::string& name);
  void CheckAdditional(const ObjectRules& rules, const Json::Object& members);
  void CheckJoint(const JointRules& rules);
  void CheckCondition(const JointRules::Condition& condition);

  // What a choice found.
  struct Found {
    bool good;
    std::vector<Violation> violations;
    Evaluated evaluated;
  };
  std::vector<Found> FindByChoice(const SchemaNodes& choices);
  void CheckAnyOf(const SchemaNodes& choices);
  void CheckOneOf(const SchemaNodes& choices);
  bool CheckDiscriminated(const JointRules& rules);
  void ReportChoices(std::string_view keyword, std::vector<Found> found);
  void CheckUnevaluated(const JointRules& rules);

  // The violations of a check that is only asked whether a value is good are nobody's.
  std::vector<Violation>* Sink(std::vector<Violation>& list) const {
    return violations_ != nullptr ? &list : nullptr;
  }
  std::size_t IndexOf(const Json& member) const;

  const SchemaNode& node_;
  const Json& value_;
  CheckContext& context_;
  std::vector<Violation>* violations_;
  Evaluated* evaluated_;
  const SchemaCheck* within_;
  bool good_ = true;
};

}  // namespace mockduit
