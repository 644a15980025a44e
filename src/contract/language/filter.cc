#include "contract/language/filter.h"

#include <algorithm>
#include <array>

#include "base/cron.h"
#include "base/crypto.h"
#include "base/suggest.h"
#include "base/text.h"

namespace mockduit {
namespace {

using Kind = Filter::Kind;

struct Known {
  std::string_view name;
  Kind kind;
  bool takes_argument;
};

constexpr auto kFilters = std::to_array<Known>({{"slug", Kind::kSlug, false},
                                                {"hyphens", Kind::kHyphens, false},
                                                {"base64url", Kind::kBase64, false},
                                                {"any", Kind::kAny, false},
                                                {"text", Kind::kText, false},
                                                {"upper", Kind::kUpper, false},
                                                {"lower", Kind::kLower, false},
                                                {"length", Kind::kLength, false},
                                                {"flag", Kind::kFlag, false},
                                                {"date", Kind::kDate, false},
                                                {"next_run", Kind::kNextRun, false},
                                                {"seconds_since", Kind::kSecondsSince, false},
                                                {"days_until", Kind::kDaysUntil, true},
                                                {"pluck", Kind::kPluck, true},
                                                {"wrap", Kind::kWrap, true}});

constexpr std::size_t kDateLength = 10;  // of 2026-01-15

std::string TextOf(const Json& value) {
  const std::string* text = value.IfString();
  return text != nullptr ? *text : value.Dump();
}

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

Json SecondsSince(const std::string& then, Time now) {
  const auto from = TimeOf(then);
  if (!from) return {};
  return std::chrono::duration<double>(now - *from).count();
}

Json DaysUntil(const std::string& first, const std::string& last) {
  const auto from = TimeOf(first.substr(0, kDateLength));
  const auto to = TimeOf(last.substr(0, kDateLength));
  if (!from || !to) return {};
  const auto days = std::chrono::floor<std::chrono::days>(*to - *from).count() + 1;
  return std::max<std::int64_t>(days, 1);
}

Json EachOf(const Json& list, const auto& change) {
  Json changed = Json::MakeArray();
  if (const Json::Array* items = list.IfArray()) {
    for (const Json& item : *items) changed.Append(change(item));
  }
  return changed;
}

}  // namespace

Result<Filter> Filter::Parse(std::string_view text) {
  Filter filter;
  const std::string_view name = TakeUntil(text, " ");
  filter.argument_ = Trim(text);
  const auto known = std::ranges::find(kFilters, name, &Known::name);
  if (known == kFilters.end()) {
    std::vector<std::string> names;
    for (const Known& one : kFilters) names.emplace_back(one.name);
    return Fail("'" + std::string(name) + "' is no filter" + DidYouMean(name, names) +
                "; there is " + OrList(names));
  }
  if (known->takes_argument == filter.argument_.empty()) {
    return Fail("the filter '" + std::string(name) +
                (known->takes_argument ? "' needs a name behind it" : "' takes nothing behind it"));
  }
  filter.kind_ = known->kind;
  return filter;
}

Json Filter::Of(const Json& value, std::int64_t now, const Json& until) const {
  const bool flag = value.AsBool() || value.AsString() == "true";
  if (kind_ == Kind::kFlag) return flag ? Json(true) : Json();
  const std::size_t length = value.IsArray() ? value.IfArray()->size() : value.AsString().size();
  if (kind_ == Kind::kLength) return length;
  if (kind_ == Kind::kAny) return length > 0 || value.AsNumber() > 0;
  if (value.IsNull()) return {};
  const Time at{std::chrono::seconds(now)};
  switch (kind_) {
    case Kind::kSlug: return Slug(TextOf(value));
    case Kind::kHyphens: return Hyphens(TextOf(value));
    case Kind::kBase64: return Base64UrlEncode(TextOf(value));
    case Kind::kText: return TextOf(value);
    case Kind::kUpper: return UpperCase(TextOf(value));
    case Kind::kLower: return LowerCase(TextOf(value));
    case Kind::kDate: return TextOf(value).substr(0, kDateLength);
    case Kind::kNextRun: return NextRun(TextOf(value), at);
    case Kind::kSecondsSince: return SecondsSince(TextOf(value), at);
    case Kind::kDaysUntil: return DaysUntil(TextOf(value), TextOf(until));
    case Kind::kPluck: return EachOf(value, [&](const Json& item) { return item.Get(argument_); });
    case Kind::kWrap:
      return EachOf(value, [&](const Json& item) { return Json::MakeObject({{argument_, item}}); });
    case Kind::kLength:
    case Kind::kAny:
    case Kind::kFlag: break;
  }
  return {};
}

}  // namespace mockduit
