#include "vendors/supermetrics/query_rows.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>

#include "base/text.h"
#include "vendors/supermetrics/query_filter.h"

namespace mockduit::supermetrics {
namespace {

using Row = std::vector<std::string>;

constexpr std::size_t kValues = 3;  // of each dimension, unless its kind lists some

// FNV-1a: the same on every machine.
std::uint64_t HashOf(std::string_view text, std::uint64_t seed) {
  std::uint64_t hash = 14695981039346656037ULL ^ seed;
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 1099511628211ULL;
  }
  return hash ^ (hash >> 29U);
}

// "campaign_name" as "Campaign name".
std::string LabelOf(std::string_view field) {
  std::string name(field);
  std::ranges::replace(name, '_', ' ');
  if (!name.empty()) name.replace(0, 1, UpperCase(name.substr(0, 1)));
  return name;
}

std::string Decimal(std::uint64_t number, std::uint64_t unit, int digits) {
  std::string text = std::to_string(number / unit) + ".";
  const std::string rest = std::to_string(number % unit);
  return text + std::string(static_cast<std::size_t>(digits) - rest.size(), '0') + rest;
}

std::string Measure(const FieldKind& kind, std::uint64_t drawn) {
  if (kind.draws == "money") return Decimal(drawn % 100'000, 100, 2);
  if (kind.draws == "share") return Decimal(drawn % 10'000, 10'000, 4);
  return std::to_string(drawn % 10'000);
}

std::string ValueOf(const std::string& field, const FieldKind& kind, std::size_t number) {
  if (!kind.values.empty()) return kind.values[number % kind.values.size()];
  std::string name = LabelOf(field);
  if (name.ends_with(" name")) name.resize(name.size() - std::string_view(" name").size());
  return name + " " + std::to_string(number + 1);
}

// "impressions desc,date" as columns to sort by.
struct Order {
  std::size_t column;
  bool is_number;
  bool descending;
};

std::vector<Order> OrdersOf(const QueryRequest& request, const std::vector<std::string>& names,
                            const std::vector<const FieldKind*>& kinds) {
  std::vector<Order> orders;
  for (const std::string& wish : request.List("order_rows")) {
    std::string_view rest = wish;
    const std::string name(TakeUntil(rest, " "));
    const auto at = std::ranges::find(names, name);
    if (at == names.end()) continue;
    const auto column = static_cast<std::size_t>(at - names.begin());
    orders.push_back({column, kinds[column]->is_metric, EqualsIgnoringCase(Trim(rest), "desc")});
  }
  return orders;
}

// A measure as it is told beside the one that it is compared with. The change is a share of what
// was, with four digits; of nothing there is none.
std::string Compared(const std::string& show, const std::string& now, const std::string& before) {
  if (show == "value") return before;
  const double is = Json::Parse(now).value_or(Json()).AsNumber();
  const double was = Json::Parse(before).value_or(Json()).AsNumber();
  if (show != "abs_change" && was == 0) return "";
  std::array<char, 64> text{};
  const double change = show == "abs_change" ? is - was : (is - was) / was;
  std::snprintf(text.data(), text.size(), "%.4f", change);
  return text.data();
}

bool Before(const Row& a, const Row& b, const std::vector<Order>& orders) {
  for (const Order& order : orders) {
    const std::string& left = order.descending ? b[order.column] : a[order.column];
    const std::string& right = order.descending ? a[order.column] : b[order.column];
    if (left == right) continue;
    if (!order.is_number) return left < right;
    return Json::Parse(left).value_or(Json()).AsNumber() <
           Json::Parse(right).value_or(Json()).AsNumber();
  }
  return false;
}

}  // namespace

Result<QueryFields> QueryFields::Read(const Vendor& vendor) {
  const Json* data = vendor.FindData("query_fields");
  const Json::Array* lines = data != nullptr ? data->Get("kinds").IfArray() : nullptr;
  if (lines == nullptr || lines->empty())
    return Fail("queries need the kinds of query_fields.yaml");
  QueryFields fields;
  for (const Json& line : *lines) {
    auto pattern = Pattern::Compile(line.Get("matches").AsString());
    if (!pattern) return Fail("query_fields.yaml: " + pattern.error().message);
    FieldKind kind{.pattern = std::move(*pattern),
                   .is_metric = line.Get("field_type").AsString() == "met",
                   .data_type = std::string(line.Get("data_type").AsString()),
                   .draws = std::string(line.Get("draws").AsString("value"))};
    if (const Json::Array* values = line.Get("values").IfArray()) {
      for (const Json& value : *values) kind.values.push_back(value.ToText());
    }
    fields.kinds_.push_back(std::move(kind));
  }
  return fields;
}

const FieldKind& QueryFields::KindOf(const std::string& field) const {
  const auto fits = [&](const FieldKind& kind) { return kind.pattern.Matches(field); };
  const auto kind = std::ranges::find_if(kinds_, fits);
  return kind != kinds_.end() ? *kind : kinds_.back();
}

Json DescribeField(const std::string& field, const FieldKind& kind, std::size_t column) {
  return Json::MakeObject({{"id", field},
                           {"field_id", field},
                           {"field_name", LabelOf(field)},
                           {"field_type", kind.is_metric ? "met" : "dim"},
                           {"field_split", "row"},
                           {"data_type", kind.data_type},
                           {"data_column", column},
                           {"visible", true}});
}

std::string CompareName(const QueryRequest& request, const std::string& name) {
  const std::string show = request.Text("compare_show");
  if (show == "value") return name + " (compared)";
  return name + (show == "abs_change" ? " (change)" : " (change %)");
}

std::vector<Row> DrawRows(const QueryRequest& request, const QueryFields& fields, const Span& span,
                          std::uint64_t seed, std::optional<std::size_t> wanted) {
  const std::vector<std::string> names = request.List("fields");
  std::vector<const FieldKind*> kinds;
  bool by_day = false;
  bool by_value = false;
  for (const std::string& name : names) {
    kinds.push_back(&fields.KindOf(name));
    by_day = by_day || kinds.back()->draws == "day";
    by_value = by_value || (!kinds.back()->is_metric && kinds.back()->draws != "day");
  }
  const std::size_t days = by_day ? static_cast<std::size_t>(span.range.days()) : 1;
  const std::size_t count = wanted.value_or(days * (by_value ? kValues : 1));
  // With more rows than the dimensions have values, these are numbered on.
  const std::size_t per_day = std::max<std::size_t>((count + days - 1) / days, 1);
  const std::string whose = request.Text("ds_id") + "|" + Join(request.List("ds_accounts")) + "|";
  std::map<std::string, const FieldKind*> known;
  const auto kind_of = [&](const std::string& name) -> const FieldKind& {
    const FieldKind*& kind = known[name];
    if (kind == nullptr) kind = &fields.KindOf(name);
    return *kind;
  };
  // What a row has in a field, also in one that was not asked for.
  const auto value_of = [&](std::size_t row, const std::string& name, const DateRange& range) {
    const FieldKind& kind = kind_of(name);
    const std::string day = FormatSeconds(range.first + std::chrono::days(row / per_day));
    if (kind.draws == "day") return day.substr(0, std::string_view("2026-01-15").size());
    const std::size_t number = row % per_day;
    if (!kind.is_metric) return ValueOf(name, kind, number);
    const std::string when =
        by_day ? "|" + day : FormatSeconds(range.first) + FormatSeconds(range.last) + "|";
    return Measure(kind, HashOf(whose + when + "|" + std::to_string(number) + "|" + name, seed));
  };
  const QueryFilter filter = QueryFilter::Read(request.Text("filter")).value_or(QueryFilter());
  std::vector<Row> rows;
  for (std::size_t i = 0; i < count; ++i) {
    const auto of_row = [&](const std::string& name) { return value_of(i, name, span.range); };
    if (!filter.Takes(of_row)) continue;
    Row row;
    for (const std::string& name : names) row.push_back(of_row(name));
    for (std::size_t column = 0; span.compared && column < names.size(); ++column) {
      if (!kinds[column]->is_metric) continue;
      const std::string before = value_of(i, names[column], *span.compared);
      row.push_back(Compared(request.Text("compare_show"), row[column], before));
    }
    rows.push_back(std::move(row));
  }
  const std::vector<Order> orders = OrdersOf(request, names, kinds);
  std::ranges::stable_sort(rows, [&](const Row& a, const Row& b) { return Before(a, b, orders); });
  return rows;
}

}  // namespace mockduit::supermetrics
