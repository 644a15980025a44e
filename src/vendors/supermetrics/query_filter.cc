#include "vendors/supermetrics/query_filter.h"

#include <algorithm>
#include <array>

#include "base/json.h"
#include "base/text.h"
#include "http/headers.h"

namespace mockduit::supermetrics {
namespace {

constexpr std::string_view kSigns = " =!<>~@";

void SkipSpaces(std::string_view& text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
}

// "AND" or "OR" at the beginning, as a word of its own.
bool StartsWithWord(std::string_view text, std::string_view word) {
  return EqualsIgnoringCase(text.substr(0, word.size()), word) &&
         (text.size() == word.size() || text[word.size()] == ' ');
}

std::optional<double> NumberIn(const std::string& text) {
  const auto json = Json::Parse(text);
  return json && json->IsNumber() ? std::optional(json->AsNumber()) : std::nullopt;
}

// Below 0, 0 or above: as numbers where both are such, else as texts.
int Compare(const std::string& left, const std::string& right) {
  const auto one = NumberIn(left);
  const auto other = NumberIn(right);
  if (!one || !other) return left.compare(right);
  return *one < *other ? -1 : *one > *other ? 1 : 0;
}

}  // namespace

bool QueryFilter::Condition::Holds(const std::string& of_row) const {
  switch (is) {
    case Is::kEqual: return Compare(of_row, value) == 0;
    case Is::kOther: return Compare(of_row, value) != 0;
    case Is::kAbove: return Compare(of_row, value) > 0;
    case Is::kAtLeast: return Compare(of_row, value) >= 0;
    case Is::kBelow: return Compare(of_row, value) < 0;
    case Is::kAtMost: return Compare(of_row, value) <= 0;
    case Is::kHas: return LowerCase(of_row).contains(LowerCase(value));
    case Is::kLacks: return !LowerCase(of_row).contains(LowerCase(value));
    case Is::kFits: return pattern->Matches(of_row);
    case Is::kUnlike: return !pattern->Matches(of_row);
  }
  return false;
}

// Up to the next AND or OR; what is in quotes is taken as it is.
std::string QueryFilter::TakeValue(std::string_view& text) {
  const char quote = text.empty() ? ' ' : text.front();
  if (quote == '"' || quote == '\'') {
    text.remove_prefix(1);
    return std::string(TakeUntil(text, std::string_view(&quote, 1)));
  }
  std::size_t end = 0;
  while (end < text.size()) {
    const std::string_view rest = text.substr(end + 1);
    if (text[end] == ' ' && (StartsWithWord(rest, "AND") || StartsWithWord(rest, "OR"))) break;
    ++end;
  }
  const std::string value(Trim(text.substr(0, end)));
  text.remove_prefix(end);
  return value;
}

std::optional<QueryFilter::Condition> QueryFilter::TakeCondition(std::string_view& text) {
  // Of signs that begin alike, the longest first.
  static constexpr auto kOperators = std::to_array<Operator>({{"==", Is::kEqual},
                                                              {"!=", Is::kOther},
                                                              {"<>", Is::kOther},
                                                              {">=", Is::kAtLeast},
                                                              {"<=", Is::kAtMost},
                                                              {"=@", Is::kHas},
                                                              {"!@", Is::kLacks},
                                                              {"=~", Is::kFits},
                                                              {"!~", Is::kUnlike},
                                                              {"=", Is::kEqual},
                                                              {">", Is::kAbove},
                                                              {"<", Is::kBelow}});
  SkipSpaces(text);
  Condition condition;
  condition.field = text.substr(0, text.find_first_of(kSigns));
  text.remove_prefix(condition.field.size());
  SkipSpaces(text);
  const auto* known = std::ranges::find_if(
      kOperators, [&](const Operator& one) { return text.starts_with(one.sign); });
  if (condition.field.empty() || known == kOperators.end()) return std::nullopt;
  condition.is = known->is;
  text.remove_prefix(known->sign.size());
  SkipSpaces(text);
  if (text.empty()) return std::nullopt;
  condition.value = TakeValue(text);
  if (condition.is == Is::kFits || condition.is == Is::kUnlike) {
    auto pattern = Pattern::Compile(condition.value);
    if (!pattern) return std::nullopt;
    condition.pattern = std::move(*pattern);
  }
  return condition;
}

std::optional<QueryFilter> QueryFilter::Read(std::string_view text) {
  QueryFilter filter;
  text = Trim(text);
  if (text.empty()) return filter;
  filter.choices_.emplace_back();
  while (true) {
    auto condition = TakeCondition(text);
    if (!condition) return std::nullopt;
    filter.choices_.back().push_back(std::move(*condition));
    SkipSpaces(text);
    if (text.empty()) return filter;
    const bool other = StartsWithWord(text, "OR");
    if (!other && !StartsWithWord(text, "AND")) return std::nullopt;
    text.remove_prefix(other ? 2 : 3);
    if (other) filter.choices_.emplace_back();
  }
}

bool QueryFilter::Takes(const Row& row) const {
  const auto holds = [&](const Condition& one) { return one.Holds(row(one.field)); };
  return choices_.empty() || std::ranges::any_of(choices_, [&](const auto& conditions) {
           return std::ranges::all_of(conditions, holds);
         });
}

}  // namespace mockduit::supermetrics
