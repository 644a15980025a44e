// QueryRows: what a query finds. It is canned: each value is drawn from the session's seed and from
// what it stands for, so that the same question always gets the same answer, also of a part of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/pattern.h"
#include "contract/vendor.h"
#include "vendors/supermetrics/query_request.h"

namespace mockduit::supermetrics {

// A kind of field, by what fields of it are called: a line of query_fields.yaml.
struct FieldKind {
  Pattern pattern;
  bool is_metric = false;
  std::string data_type;
  std::string draws;                // "day", "whole", "money", "share" or "value"
  std::vector<std::string> values;  // of a dimension; empty: its name and a number
};

class QueryFields {
 public:
  // Reads the vendor's query_fields.yaml; the error says what is wrong with it.
  static Result<QueryFields> Read(const Vendor& vendor);

  // Every field is of some kind.
  const FieldKind& KindOf(const std::string& field) const;

 private:
  std::vector<FieldKind> kinds_;  // the last one is that of all fields that no other takes
};

// What the answer tells of a field that was asked for.
Json DescribeField(const std::string& field, const FieldKind& kind, std::size_t column);

// When the rows are of, and what each measure of them is compared with: that of the same row in
// another range.
struct Span {
  DateRange range;
  std::optional<DateRange> compared;
};

// The name of the column that compares a field: "Clicks (change %)".
std::string CompareName(const QueryRequest& request, const std::string& name);

// The rows for a request, in the order it asks for: a column for each field and, where they are
// compared, one more for each measure behind these (that it is so is inferred). `wanted`: so many
// rows before the filter, where a scenario says so.
std::vector<std::vector<std::string>> DrawRows(const QueryRequest& request,
                                               const QueryFields& fields, const Span& span,
                                               std::uint64_t seed,
                                               std::optional<std::size_t> wanted);

}  // namespace mockduit::supermetrics
