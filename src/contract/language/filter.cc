#include "contract/language/filter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "base/cron.h"
#include "base/crypto.h"
#include "base/suggest.h"
#include "base/text.h"
#include "base/unicode.h"
#include "base/utf8.h"
#include "contract/formats.h"
#include "http/uri.h"

namespace mockduit {
namespace {

using FilterKind = Filter::Kind;

struct KnownFilter {
  std::string_view name;
  FilterKind kind;
  bool takes_argument;
};

constexpr auto kFilters =
    std::to_array<KnownFilter>({{"slug", FilterKind::kSlug, false},
                                {"hyphens", FilterKind::kHyphens, false},
                                {"base64url", FilterKind::kBase64, false},
                                {"from_base64url", FilterKind::kBytes, false},
                                {"base64", FilterKind::kPlainBase64, false},
                                {"any", FilterKind::kAny, false},
                                {"text", FilterKind::kText, false},
                                {"upper", FilterKind::kUpper, false},
                                {"lower", FilterKind::kLower, false},
                                {"stars", FilterKind::kStars, false},
                                {"first", FilterKind::kFirst, true},
                                {"plus", FilterKind::kPlus, true},
                                {"times", FilterKind::kTimes, true},
                                {"minus", FilterKind::kMinus, true},
                                {"when", FilterKind::kWhen, true},
                                {"length", FilterKind::kLength, false},
                                {"flag", FilterKind::kFlag, false},
                                {"percent", FilterKind::kPercent, false},
                                {"uuid", FilterKind::kUuid, false},
                                {"date", FilterKind::kDate, false},
                                {"next_run", FilterKind::kNextRun, false},
                                {"moment", FilterKind::kMoment, false},
                                {"zone", FilterKind::kZone, true},
                                {"seconds_since", FilterKind::kSecondsSince, false},
                                {"not", FilterKind::kNot, false},
                                {"days_later", FilterKind::kDaysLater, true},
                                {"days_until", FilterKind::kDaysUntil, true},
                                {"lacks", FilterKind::kLacks, true},
                                {"join", FilterKind::kJoin, true},
                                {"pluck", FilterKind::kPluck, true},
                                {"wrap", FilterKind::kWrap, true},
                                {"except", FilterKind::kExcept, true},
                                {"with_query", FilterKind::kWithQuery, true}});

constexpr std::size_t kDateLength = 10;               // of 2026-01-15
constexpr std::int64_t kYear10000 = 253'402'300'800;  // in Unix seconds

std::string Slug(std::string_view name) {
  std::string slug;
  for (const char c : LowerCase(name)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      slug += c;
    } else if (c == ' ' && !slug.empty() && slug.back() != '-') {
      slug += '-';
    }
  }
  while (slug.ends_with('-')) slug.pop_back();
  return slug;
}

std::string Hyphens(std::string text) {
  std::ranges::replace(text, '_', '-');
  return text;
}

Json NextRun(const std::string& schedule, Time now) {
  const auto cron = Cron::Parse(schedule);
  const auto next = cron ? cron->Next(now) : std::nullopt;
  return next ? Json(FormatSeconds(*next)) : Json();
}

// Times without an offset are UTC.
Result<Time> TimeOf(const std::string& text) {
  auto time = ParseTime(text);
  return time ? time : ParseTime(text + "Z");
}

Json Moment(const std::string& text, Time now) {
  if (const auto time = ParseRfc3339(text)) return FormatSeconds(*time);
  const auto unix_time = ParseNumber<std::int64_t>(text);
  if (unix_time && *unix_time >= 0 && *unix_time < kYear10000) {
    return FormatSeconds(Time{std::chrono::seconds(*unix_time)});
  }
  const auto wait = ParseWordedDuration(text);
  return wait ? Json(FormatSeconds(now + *wait)) : Json();
}

std::string InZone(std::string time, const std::string& zone) {
  if (time.ends_with('Z')) time.replace(time.size() - 1, 1, zone);
  return time;
}

Json SecondsSince(const std::string& then, Time now) {
  const auto from = TimeOf(then);
  if (!from) return {};
  return std::chrono::duration<double>(now - *from).count();
}

// Null for what no integer holds.
Json WholePart(double number) {
  constexpr double kMost = 9.2e18;
  return std::abs(number) < kMost ? Json(static_cast<std::int64_t>(number)) : Json();
}

Json Minus(std::int64_t from, std::int64_t number) {
  std::int64_t difference = 0;
  return __builtin_sub_overflow(from, number, &difference) ? Json() : Json(difference);
}

// Null for days that are in no year of four digits.
Json DaysLater(const std::string& first, std::int64_t days) {
  constexpr std::int64_t kMostDays = 10'000 * 366;
  const auto from = TimeOf(first.substr(0, kDateLength));
  if (!from || days < -kMostDays || days > kMostDays) return {};
  return FormatSeconds(*from + std::chrono::days(days)).substr(0, kDateLength);
}

Json DaysUntil(const std::string& first, const std::string& last) {
  const auto from = TimeOf(first.substr(0, kDateLength));
  const auto to = TimeOf(last.substr(0, kDateLength));
  if (!from || !to) return {};
  const auto days = std::chrono::floor<std::chrono::days>(*to - *from).count() + 1;
  return std::max<std::int64_t>(days, 1);
}

bool IsTrue(const Json& value) { return value.AsBool() || value.AsString() == "true"; }

Json EachOf(const Json& list, const auto& change) {
  Json changed = Json::MakeArray();
  if (const Json::Array* items = list.IfArray()) {
    for (const Json& item : *items) changed.Append(change(item));
  }
  return changed;
}

// Fields are maps with a `name`; a field that does not say so is required.
Json Lacks(const Json& fields, const Json& sent) {
  Json names = Json::MakeArray();
  if (const Json::Array* items = fields.IfArray()) {
    for (const Json& field : *items) {
      const Json& name = field.Get("name");
      const bool has = sent.IsObject() && sent.Find(name.AsString()) != nullptr;
      if (field.Get("required").AsBool(true) && !has) names.Append(name);
    }
  }
  return names;
}

Json JoinTexts(const Json& list, const std::string& between) {
  const Json::Array* items = list.IfArray();
  if (items == nullptr || items->empty()) return {};
  std::vector<std::string> texts;
  for (const Json& item : *items) texts.push_back(item.ToText());
  return Join(texts, between);
}

Json Except(const Json& list, const Json& left_out) {
  Json kept = Json::MakeArray();
  const Json::Array* items = list.IfArray();
  const Json::Array* others = left_out.IfArray();
  if (items == nullptr) return kept;
  for (const Json& item : *items) {
    if (others == nullptr || std::ranges::find(*others, item) == others->end()) kept.Append(item);
  }
  return kept;
}

std::string WithQuery(std::string url, const Json& parameters) {
  if (const Json::Object* members = parameters.IfObject()) {
    for (const JsonMember& member : *members) {
      url = WithParameter(url, member.key, member.value.ToText());
    }
  }
  return url;
}

}  // namespace

Result<Filter> Filter::Parse(std::string_view text) {
  Filter filter;
  const std::string_view name = TakeUntil(text, " ");
  filter.argument_ = Trim(text);
  const auto known = std::ranges::find(kFilters, name, &KnownFilter::name);
  if (known == kFilters.end()) {
    std::vector<std::string> names;
    for (const KnownFilter& one : kFilters) names.emplace_back(one.name);
    return Fail("'" + std::string(name) + "' is no filter" + "; there is " + OrList(names) +
                DidYouMean(name, names));
  }
  if (known->takes_argument == filter.argument_.empty()) {
    return Fail("the filter '" + std::string(name) +
                (known->takes_argument ? "' needs a name behind it" : "' takes nothing behind it"));
  }
  filter.kind_ = known->kind;
  if (filter.kind_ == FilterKind::kJoin) {
    const auto between = Json::Parse(filter.argument_);
    if (!between || !between->IsString()) {
      return Fail("the filter 'join' needs a text in quotes behind it");
    }
    filter.argument_ = between->AsString();
  }
  const bool lacks_number =
      (filter.kind_ == FilterKind::kFirst && !ParseNumber<unsigned>(filter.argument_)) ||
      (filter.kind_ == FilterKind::kPlus && !ParseNumber<int>(filter.argument_)) ||
      (filter.kind_ == FilterKind::kTimes && !filter.number());
  if (lacks_number) {
    return Fail("the filter '" + std::string(name) + "' needs a number behind it");
  }
  return filter;
}

std::optional<double> Filter::number() const {
  const auto number = Json::Parse(argument_);
  return number && number->IsNumber() ? std::optional(number->AsNumber()) : std::nullopt;
}

Json Filter::Of(const Json& value, std::int64_t now, const Json& named) const {
  const bool flag = IsTrue(value);
  if (kind_ == FilterKind::kNot) return !flag;
  if (kind_ == FilterKind::kFlag) return flag ? Json(true) : Json();
  const std::size_t length =
      value.IsArray() ? value.IfArray()->size() : CountCharacters(value.AsString());
  if (kind_ == FilterKind::kLength) return length;
  if (kind_ == FilterKind::kAny) return length > 0 || value.AsNumber() > 0;
  if (kind_ == FilterKind::kLacks) return Lacks(value, named);
  if (value.IsNull()) return {};
  const Time at{std::chrono::seconds(now)};
  switch (kind_) {
    case FilterKind::kSlug: return Slug(value.ToText());
    case FilterKind::kHyphens: return Hyphens(value.ToText());
    case FilterKind::kBase64: return Base64UrlEncode(value.ToText());
    case FilterKind::kBytes: return Base64UrlDecode(value.ToText()).value_or("");
    case FilterKind::kPlainBase64: return Base64Encode(value.ToText());
    case FilterKind::kText: return value.ToText();
    case FilterKind::kUpper: return Capitals(value.ToText());
    case FilterKind::kLower: return SmallLetters(value.ToText());
    case FilterKind::kPercent: return PercentEncode(value.ToText());
    case FilterKind::kUuid: return CanonicalUuid(value.ToText()).value_or(value.ToText());
    case FilterKind::kDate: return FirstCharacters(value.ToText(), kDateLength);
    case FilterKind::kNextRun: return NextRun(value.ToText(), at);
    case FilterKind::kMoment: return Moment(value.ToText(), at);
    case FilterKind::kZone: return InZone(value.ToText(), argument_);
    case FilterKind::kSecondsSince: return SecondsSince(value.ToText(), at);
    case FilterKind::kDaysUntil: return DaysUntil(value.ToText(), named.ToText());
    case FilterKind::kJoin: return JoinTexts(value, argument_);
    case FilterKind::kPluck:
      return EachOf(value, [&](const Json& item) { return item.Get(argument_); });
    case FilterKind::kWrap:
      return EachOf(value, [&](const Json& item) { return Json::MakeObject({{argument_, item}}); });
    case FilterKind::kExcept: return Except(value, named);
    case FilterKind::kWithQuery: return WithQuery(value.ToText(), named);
    case FilterKind::kStars: return "***";
    case FilterKind::kFirst:
      return FirstCharacters(value.ToText(), *ParseNumber<unsigned>(argument_));
    case FilterKind::kPlus:
      return Minus(value.AsInteger(), -std::int64_t{ParseNumber<int>(argument_).value_or(0)});
    case FilterKind::kTimes: return WholePart(value.AsNumber() * number().value_or(0));
    case FilterKind::kMinus: return Minus(value.AsInteger(), named.AsInteger());
    case FilterKind::kDaysLater: return DaysLater(value.ToText(), named.AsInteger());
    case FilterKind::kWhen: return IsTrue(named) ? value : Json();
    case FilterKind::kLacks:
    case FilterKind::kLength:
    case FilterKind::kAny:
    case FilterKind::kNot:
    case FilterKind::kFlag: break;  // done above, for null too
  }
  return {};
}

}  // namespace mockduit
