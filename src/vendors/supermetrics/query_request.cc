#include "vendors/supermetrics/query_request.h"

#include <algorithm>
#include <array>

#include "base/crypto.h"
#include "base/text.h"
#include "http/uri.h"
#include "vendors/supermetrics/query_filter.h"

namespace mockduit::supermetrics {
namespace {

using std::chrono::days;
using std::chrono::floor;

constexpr int kUsualDays = 30;
constexpr std::int64_t kMostDays = 36'600;
constexpr std::size_t kIdLength = 32;

const Json kNull;

// The parameters that are lists.
constexpr std::array<std::string_view, 5> kLists = {"ds_accounts", "ds_segments", "ds_users",
                                                    "fields", "order_rows"};

// Adds a parameter of the query to those that came. One that comes again makes a list, where it is
// one; of all others the first counts.
void Add(Json& all, const std::string& name, const std::string& value) {
  const Json* known = all.Find(name);
  if (known == nullptr) {
    all.Set(name, value);
    return;
  }
  if (std::ranges::find(kLists, name) == kLists.end()) return;
  Json list = known->IsArray() ? *known : Json::MakeArray({*known});
  list.Append(value);
  all.Set(name, std::move(list));
}

// Those of a query, or of a form, which is written alike.
void AddAll(Json& all, std::string_view written) {
  while (!written.empty()) {
    const QueryParameter parameter = TakeParameter(written);
    if (parameter.text.empty()) continue;
    Add(all, DecodeQueryPart(parameter.name), DecodeQueryPart(parameter.value));
  }
}

// The id of a field or an account that may be an object.
std::string IdIn(const Json& item) {
  if (!item.IsObject()) return item.ToText();
  for (const char* name : {"id", "field_id", "field_name", "account_id", "filter_id"}) {
    if (!item.Get(name).IsNull()) return item.Get(name).ToText();
  }
  return item.Dump();
}

// Those in the text of "7-days-ago" and "last_7_days"; nothing where there is none.
std::optional<int> NumberBetween(std::string_view text, std::string_view before,
                                 std::string_view behind) {
  if (!text.starts_with(before) || !text.ends_with(behind)) return std::nullopt;
  if (text.size() <= before.size() + behind.size()) return std::nullopt;
  text.remove_prefix(before.size());
  text.remove_suffix(behind.size());
  const auto number = ParseNumber<int>(text);
  return number && *number >= 0 && *number <= kMostDays ? number : std::nullopt;
}

// A day as queries write it: 2026-01-15, today, yesterday, 7-days-ago.
std::optional<Time> Day(const std::string& text, Time today) {
  if (text == "today") return today;
  if (text == "yesterday") return today - days(1);
  if (const auto ago = NumberBetween(text, "", "-days-ago")) return today - days(*ago);
  if (text.size() != std::string_view("2026-01-15").size()) return std::nullopt;
  const auto day = ParseTime(text);
  return day ? std::optional<Time>(*day) : std::nullopt;
}

std::optional<DateRange> RangeNamed(const std::string& name, Time today) {
  if (const auto day = Day(name, today)) return DateRange{*day, *day};
  if (const auto number = NumberBetween(name, "last_", "_days"); number && *number > 0) {
    return DateRange{today - days(*number), today - days(1)};
  }
  const std::chrono::year_month_day date{floor<days>(today)};
  const auto month = date.year() / date.month();
  const Time begun{std::chrono::sys_days(month / 1)};
  if (name == "this_month") return DateRange{begun, today};
  if (name == "last_month") {
    return DateRange{Time{std::chrono::sys_days((month - std::chrono::months(1)) / 1)},
                     begun - days(1)};
  }
  return std::nullopt;
}

// The same day of the year before; of 29 February the 28th.
Time YearBefore(Time day) {
  const std::chrono::year_month_day date{floor<days>(day)};
  const std::chrono::year_month_day before{date.year() - std::chrono::years(1), date.month(),
                                           date.day()};
  if (before.ok()) return Time{std::chrono::sys_days(before)};
  return Time{std::chrono::sys_days(before.year() / before.month() / std::chrono::last)};
}

}  // namespace

std::int64_t DateRange::days() const { return floor<std::chrono::days>(last - first).count() + 1; }

QueryRequest::QueryRequest(const Call& call) {
  const bool is_form = call.visit.sent.body_kind == BodyKind::kForm;
  if (is_form) {
    AddAll(all_, call.request().body);
  } else if (call.body() != nullptr && call.body()->IsObject()) {
    all_ = *call.body();
  }
  AddAll(all_, call.request().query);
  const Json* json = all_.Find("json");
  if (json == nullptr) return;
  auto whole = Json::Parse(json->ToText());
  if (whole && whole->IsObject()) all_ = std::move(*whole);
}

const Json& QueryRequest::Get(std::string_view name) const {
  const Json& value = all_.Get(name);
  return value == Json("") ? kNull : value;
}

std::optional<std::int64_t> QueryRequest::Number(std::string_view name) const {
  const Json& value = Get(name);
  if (value.IsInteger()) return value.AsInteger();
  return ParseNumber<std::int64_t>(value.AsString());
}

std::vector<std::string> QueryRequest::List(std::string_view name) const {
  std::vector<std::string> list;
  const Json& value = Get(name);
  if (const Json::Array* items = value.IfArray()) {
    for (const Json& item : *items) list.push_back(IdIn(item));
    return list;
  }
  if (value.IsObject()) return {IdIn(value)};
  const std::string text = value.IsNull() ? "" : value.ToText();
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::string_view one = Trim(TakeUntil(rest, ","));
    if (!one.empty()) list.emplace_back(one);
  }
  return list;
}

std::optional<DateRange> QueryRequest::Range(Time now) const {
  const Time today = floor<days>(now);
  const bool dated = !Get("start_date").IsNull() || !Get("end_date").IsNull();
  if (!dated && !Get("date_range_type").IsNull()) return RangeNamed(Text("date_range_type"), today);
  if (!dated) return DateRange{today - days(kUsualDays), today - days(1)};
  const auto first = Day(Get("start_date").IsNull() ? Text("end_date") : Text("start_date"), today);
  const auto last = Day(Get("end_date").IsNull() ? Text("start_date") : Text("end_date"), today);
  if (!first || !last || *last < *first) return std::nullopt;
  const DateRange range{*first, *last};
  return range.days() <= kMostDays ? std::optional(range) : std::nullopt;
}

std::optional<DateRange> QueryRequest::Comparison(const DateRange& range, Time now) const {
  const std::string type = Text("compare_type");
  const Time today = floor<days>(now);
  if (type == "custom") {
    const auto first = Day(Text("compare_start_date"), today);
    const auto last = Day(Text("compare_end_date"), today);
    if (!first || !last || *last < *first) return std::nullopt;
    return DateRange{*first, *last};
  }
  if (type == "prev_range") {
    return DateRange{range.first - days(range.days()), range.first - days(1)};
  }
  if (type == "prev_range_weekday") {
    const auto weeks = days((range.days() + 6) / 7 * 7);
    return DateRange{range.first - weeks, range.last - weeks};
  }
  if (type == "prev_year") return DateRange{YearBefore(range.first), YearBefore(range.last)};
  if (type == "prev_year_weekday")
    return DateRange{range.first - days(364), range.last - days(364)};
  return std::nullopt;
}

std::string QueryRequest::ScheduleId() const {
  if (!Get("schedule_id").IsNull()) return Text("schedule_id");
  Json asked = all_;
  for (const char* name : {"api_key", "sync_timeout", "pretty", "offset_start", "offset_end"}) {
    asked.Remove(name);
  }
  return HexEncode(HmacSha256("query", asked.Dump())).substr(0, kIdLength);
}

bool QueryRequest::only_asks() const {
  return Get("ds_id").IsNull() && !Get("schedule_id").IsNull();
}

std::string QueryRequest::Wrong(Time now) const {
  if (only_asks()) return "";
  if (Get("ds_id").IsNull()) return "ds_id";
  if (List("fields").empty()) return "fields";
  if (!Get("date_range_type").IsNull() && !Range(now)) return "date_range_type";
  if (!Range(now)) return "start_date";
  const std::string compared = Text("compare_type");
  if (!compared.empty() && compared != "none" && !Comparison(*Range(now), now)) {
    if (compared != "custom") return "compare_type";
    return Day(Text("compare_start_date"), floor<days>(now)) ? "compare_end_date"
                                                             : "compare_start_date";
  }
  const std::string shown = Text("compare_show");
  if (!shown.empty() && shown != "perc_change" && shown != "abs_change" && shown != "value") {
    return "compare_show";
  }
  return QueryFilter::Read(Text("filter")) ? "" : "filter";
}

}  // namespace mockduit::supermetrics
