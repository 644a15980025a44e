#include "contract/schema/check.h"

#include <utility>

namespace mockduit {
namespace {

constexpr std::size_t kMaxDepth = 2'000;     // a few hundred bytes of stack each
constexpr std::size_t kMaxShownValue = 100;  // bytes of a sent value that a violation repeats

std::string Shown(const Json& value) {
  std::string text = value.ToText();
  if (text.size() <= kMaxShownValue) return text;
  std::size_t end = kMaxShownValue;
  while (end > 0 && (text[end] & 0xC0) == 0x80) --end;  // never within a character
  return text.substr(0, end) + "…";
}

}  // namespace

void Evaluated::Add(const Evaluated& other) {
  all = all || other.all;
  for (std::size_t i = 0; i < other.each.size(); ++i) {
    if (other.each[i]) Add(i);
  }
}

bool SchemaCheck::Run() {
  if (context_.left == 0) return good_;
  if (context_.depth == kMaxDepth) context_.left = 1;  // this is the last that is asked
  --context_.left;
  ++context_.depth;
  if (!node_.place.empty()) context_.path.emplace_back(node_.place);
  RunAll();
  if (!node_.place.empty()) context_.path.pop_back();
  --context_.depth;
  return good_;
}

void SchemaCheck::RunAll() {
  if (node_.never) return Report("false", "");
  if (node_.nullable && value_.IsNull()) return;
  const Json::Kind kind = value_.kind();
  const bool is_whole = node_.whole && kind == Json::Kind::kNumber && value_.IsInteger();
  if (!node_.Takes(kind) && !is_whole) {
    return Report("type", node_.type);  // the rest would only repeat it
  }
  // A schema that speaks of the rest finds out for itself what has been looked at.
  Evaluated own;
  Evaluated* const asked = evaluated_;
  const bool finds = node_.joint != nullptr && node_.joint->FindsEvaluated();
  if (finds) evaluated_ = &own;
  if (node_.value != nullptr) CheckValue(*node_.value);
  switch (kind) {
    case Json::Kind::kString:
      if (node_.text != nullptr) CheckText(*node_.text, *value_.IfString());
      break;
    case Json::Kind::kInteger:
    case Json::Kind::kNumber:
      if (node_.number != nullptr) CheckNumber(*node_.number);
      break;
    case Json::Kind::kArray:
      if (node_.array != nullptr) CheckArray(*node_.array, *value_.IfArray());
      break;
    case Json::Kind::kObject:
      if (node_.object != nullptr) CheckObject(*node_.object, *value_.IfObject());
      break;
    default: break;
  }
  if (node_.joint == nullptr || IsDone()) return;
  CheckJoint(*node_.joint);
  if (!finds) return;
  CheckUnevaluated(*node_.joint);
  evaluated_ = asked;
  if (asked != nullptr) asked->Add(own);
}

void SchemaCheck::Report(std::string_view keyword, std::string limit, std::string reason) {
  good_ = false;
  if (violations_ == nullptr) return;
  const Json* words = node_.messages.Find(keyword);
  violations_->push_back({Path(), std::string(keyword), std::move(limit), Shown(value_),
                          std::move(reason), std::string(words ? words->AsString() : ""),
                          value_.TypeName()});
}

std::vector<std::string> SchemaCheck::Path() const {
  std::vector<std::string> path = context_.place;
  path.reserve(path.size() + context_.path.size());
  for (const PathStep& step : context_.path) path.push_back(step.Text());
  return path;
}

void SchemaCheck::ReportBelow(PathStep step, std::string_view keyword) {
  context_.path.push_back(step);
  Report(keyword, step.Text());
  context_.path.pop_back();
}

void SchemaCheck::Ask(const SchemaNode& node) {
  if (!SchemaCheck(node, value_, context_, violations_, evaluated_, this).Run()) good_ = false;
}

void SchemaCheck::AskBelow(PathStep step, const SchemaNode& node, const Json& value,
                           std::string_view keyword) {
  if (node.never) return ReportBelow(step, keyword);
  context_.path.push_back(step);
  if (!SchemaCheck(node, value, context_, violations_).Run()) good_ = false;
  context_.path.pop_back();
}

bool SchemaCheck::IsGood(const SchemaNode& node, const Json& value) {
  return SchemaCheck(node, value, context_, nullptr).Run();
}

void Schema::Validate(const Json& value, std::vector<std::string>& path,
                      std::vector<Violation>& violations, Side side, std::size_t effort) const {
  CheckContext context{.left = effort, .place = path, .side = side};
  SchemaCheck(node_, value, context, &violations).Run();
  if (context.left == 0) {
    violations.push_back({path, "effort", std::to_string(effort), Shown(value), "", ""});
  }
}

std::vector<Violation> Schema::Validate(const Json& value, std::string_view place, Side side,
                                        std::size_t effort) const {
  std::vector<std::string> path{std::string(place)};
  std::vector<Violation> violations;
  Validate(value, path, violations, side, effort);
  return violations;
}

}  // namespace mockduit
