#include "contract/language/matcher.h"

#include <algorithm>

#include "base/suggest.h"
#include "base/text.h"

namespace mockduit {
namespace {

// A value as the text that a pattern is held against.
bool Contains(const Json& value, const Json& part) {
  if (const Json::Array* items = value.IfArray()) {
    return std::ranges::find(*items, part) != items->end();
  }
  return value.ToText().find(part.ToText()) != std::string::npos;
}

// Numbers in a query or a header are texts; they compare as the numbers they write.
std::optional<Json> NumberOf(const Json& value) {
  if (value.IsNumber()) return value;
  const auto parsed = Json::Parse(value.AsString());
  return parsed && parsed->IsNumber() ? std::optional(*parsed) : std::nullopt;
}

// "2026-01-15", with or without a time: such texts compare as they are.
bool IsDate(const Json& value) {
  static const Pattern kDate = *Pattern::Compile("^[0-9]{4}-[0-9]{2}-[0-9]{2}");
  return value.IsString() && kDate.Matches(value.AsString());
}

// `left` against `right`: below 0, 0 or above; nothing where they cannot be compared.
std::optional<int> Compare(const Json& left, const Json& right) {
  if (IsDate(left) && IsDate(right)) {
    return left.AsString().compare(right.AsString());
  }
  const std::optional<Json> a = NumberOf(left);
  const std::optional<Json> b = NumberOf(right);
  if (!a || !b) return std::nullopt;
  const auto order = Json::Compare(*a, *b);
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

}  // namespace

struct ValueMatcher::Operator {
  std::string_view name;
  Kind kind;
};

const std::array<ValueMatcher::Operator, 9> ValueMatcher::kOperators = {
    {{"matches", Kind::kMatches},
     {"contains", Kind::kContains},
     {"one_of", Kind::kOneOf},
     {"absent", Kind::kAbsent},
     {"not", Kind::kNot},
     {"gt", Kind::kGt},
     {"gte", Kind::kGte},
     {"lt", Kind::kLt},
     {"lte", Kind::kLte}}};

std::vector<std::string> ValueMatcher::OperatorNames() {
  std::vector<std::string> names;
  for (const Operator& known : kOperators) names.emplace_back(known.name);
  return names;
}

Result<ValueMatcher> ValueMatcher::Compile(const Json& json) {
  ValueMatcher matcher;
  matcher.source_ = json;
  const Json::Object* members = json.IfObject();
  if (members == nullptr) {
    matcher.tests_.push_back({Kind::kEquals, json, nullptr, nullptr});
    return matcher;
  }
  if (members->empty()) {
    return Fail("a matcher is a value, or a map with some of " + OrList(OperatorNames()));
  }
  for (const auto& [name, operand] : *members) {
    auto test = CompileTest(name, operand);
    if (!test) return std::unexpected(test.error());
    matcher.tests_.push_back(std::move(*test));
  }
  return matcher;
}

Result<ValueMatcher::Test> ValueMatcher::CompileTest(const std::string& name, const Json& operand) {
  const auto known = std::ranges::find(kOperators, std::string_view(name), &Operator::name);
  if (known == kOperators.end()) {
    return Fail("'" + name + "' is no matcher" + DidYouMean(name, OperatorNames()));
  }
  Test test{known->kind, operand, nullptr, nullptr};
  switch (test.kind) {
    case Kind::kOneOf:
      if (!operand.IsArray()) return Fail("one_of asks for a list");
      break;
    case Kind::kAbsent:
      if (!operand.IsBool()) return Fail("absent asks for true or false");
      break;
    case Kind::kMatches: {
      if (!operand.IsString()) return Fail("matches asks for a regular expression in quotes");
      auto pattern = Pattern::Compile(operand.AsString());
      if (!pattern) return std::unexpected(pattern.error());
      test.pattern = std::make_shared<const Pattern>(std::move(*pattern));
      break;
    }
    case Kind::kNot: {
      auto other = Compile(operand);
      if (!other) return std::unexpected(other.error());
      test.other = std::make_shared<const ValueMatcher>(std::move(*other));
      break;
    }
    case Kind::kGt:
    case Kind::kGte:
    case Kind::kLt:
    case Kind::kLte:
      if (!NumberOf(operand) && !IsDate(operand)) {
        return Fail(name + " asks for a number or a date");
      }
      break;
    case Kind::kEquals:
    case Kind::kContains: break;
  }
  return test;
}

// Puts something that will do in place of each template: there, only the matcher's word is looked
// at.
void ValueMatcher::FillIn(Json& matcher) {
  Json::Object* members = matcher.IfObject();
  if (members == nullptr) return;
  for (JsonMember& member : *members) {
    const auto word = std::ranges::find(kOperators, std::string_view(member.key), &Operator::name);
    if (word == kOperators.end()) continue;
    if (word->kind == Kind::kNot) FillIn(member.value);
    if (member.value.AsString().find("{{") == std::string_view::npos) continue;
    switch (word->kind) {
      case Kind::kOneOf: member.value = Json::MakeArray(); break;
      case Kind::kAbsent: member.value = true; break;
      case Kind::kMatches: member.value = ""; break;
      default: member.value = 0;
    }
  }
}

std::optional<std::string> ValueMatcher::WhyNever(const Json& json) {
  if (!json.IsObject() || json.Find("$first") != nullptr || json.Find("$merge") != nullptr)
    return std::nullopt;
  Json known = json;
  FillIn(known);
  const auto matcher = Compile(known);
  return matcher ? std::nullopt : std::optional(matcher.error().message);
}

ValueMatcher ValueMatcher::Nothing() {
  ValueMatcher matcher;
  matcher.tests_.push_back({Kind::kOneOf, Json::MakeArray(), nullptr, nullptr});
  return matcher;
}

const std::string* ValueMatcher::IfText() const {
  if (tests_.size() != 1 || tests_.front().kind != Kind::kEquals) return nullptr;
  return tests_.front().operand.IfString();
}

bool ValueMatcher::MatchesTexts(const std::vector<std::string>& texts, bool last_counts) const {
  std::optional<Json> one;
  if (!texts.empty()) one = last_counts ? texts.back() : texts.front();
  return std::ranges::all_of(tests_, [&](const Test& test) {
    const Json::Array* wanted = test.operand.IfArray();
    if (test.kind == Kind::kEquals && wanted != nullptr) {
      return std::ranges::equal(texts, *wanted, {}, {}, &Json::ToText);
    }
    if (test.kind == Kind::kContains && texts.size() > 1) {
      return std::ranges::find(texts, test.operand.ToText()) != texts.end();
    }
    return test.Holds(one ? &*one : nullptr);
  });
}

std::string ValueMatcher::Needle() const {
  const std::string* text = IfText();
  if (text == nullptr) return "";
  std::string quoted;
  Json::AppendQuoted(quoted, *text);
  return quoted.substr(1, quoted.size() - 2);
}

bool ValueMatcher::Matches(const Json* value) const {
  return std::ranges::all_of(tests_, [&](const Test& test) { return test.Holds(value); });
}

bool ValueMatcher::Test::Holds(const Json* value) const {
  const bool absent = value == nullptr || value->IsNull();
  if (kind == Kind::kNot) return !other->Matches(value);
  if (kind == Kind::kAbsent) return absent == operand.AsBool(true);
  if (absent) return kind == Kind::kEquals && operand.IsNull();
  switch (kind) {
    case Kind::kEquals: return *value == operand || value->ToText() == operand.ToText();
    case Kind::kMatches: return pattern->Matches(value->ToText());
    case Kind::kContains: return Contains(*value, operand);
    case Kind::kOneOf:
      return std::ranges::any_of(*operand.IfArray(), [&](const Json& one) {
        return *value == one || value->ToText() == one.ToText();
      });
    default: break;
  }
  const std::optional<int> order = Compare(*value, operand);
  if (!order) return false;
  switch (kind) {
    case Kind::kGt: return *order > 0;
    case Kind::kGte: return *order >= 0;
    case Kind::kLt: return *order < 0;
    default: return *order <= 0;
  }
}

bool GlobMatches(std::string_view glob, std::string_view text) {
  const std::size_t open = glob.find('{');
  const std::size_t close = glob.find('}', std::min(open, glob.size()));
  if (close != std::string_view::npos) {
    std::string_view choices = glob.substr(open + 1, close - open - 1);
    bool matches = false;
    do {
      std::string one(glob.substr(0, open));
      one.append(TakeUntil(choices, ",")).append(glob.substr(close + 1));
      matches = GlobMatches(one, text);
    } while (!matches && !choices.empty());
    return matches;
  }
  std::size_t g = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;  // the last '*' met, and where its run began
  std::size_t run = 0;
  while (t < text.size()) {
    if (g < glob.size() && glob[g] == '*') {
      star = g++;
      run = t;
    } else if (g < glob.size() && glob[g] == text[t]) {
      ++g;
      ++t;
    } else if (star != std::string_view::npos) {
      g = star + 1;
      t = ++run;
    } else {
      return false;
    }
  }
  return glob.substr(g).find_first_not_of('*') == std::string_view::npos;
}

}  // namespace mockduit
