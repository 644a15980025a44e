// QueryRequest: what a data query asks for, however it was sent: each parameter by itself in the
// query, all of them in `json`, or a JSON body.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/time.h"
#include "engine/call.h"

namespace mockduit::supermetrics {

// The first and the last day, both counted.
struct DateRange {
  Time first;
  Time last;

  std::int64_t days() const;
};

class QueryRequest {
 public:
  explicit QueryRequest(const Call& call);
  // Of parameters that are known.
  explicit QueryRequest(Json all) : all_(std::move(all)) {}

  // The parameter as it was sent; null where it was not, or is "".
  const Json& Get(std::string_view name) const;
  // "" where it was not sent.
  std::string Text(std::string_view name) const {
    return Get(name).IsNull() ? std::string() : Get(name).ToText();
  }
  std::optional<std::int64_t> Number(std::string_view name) const;
  // A list of texts, written as a list, as text with commas, or as a list of objects with ids.
  std::vector<std::string> List(std::string_view name) const;
  // Nothing where a date cannot be read. Without any, the last thirty days.
  std::optional<DateRange> Range(Time now) const;
  // What the range is compared with; nothing where `compare_type` is none. That it cannot be read
  // is told by Wrong.
  std::optional<DateRange> Comparison(const DateRange& range, Time now) const;
  // The name of the run: the client's, or one made of what is asked for, so that equal queries have
  // the same.
  std::string ScheduleId() const;
  // What is wrong with the whole: the name of the parameter, or "".
  std::string Wrong(Time now) const;
  // Whether it only asks after a run.
  bool only_asks() const;

 private:
  Json all_ = Json::MakeObject();
};

}  // namespace mockduit::supermetrics
