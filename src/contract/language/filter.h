// Filters: what a template's hole may do to its value: {{request.body.name | slug}}.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"

namespace mockduit {

class Filter {
 public:
  enum class Kind {
    kSlug,         // "My Conn" → "my-conn"
    kHyphens,      // "a_b" → "a-b"
    kBase64,       // without padding, as in URLs
    kBytes,        // what such a text stands for
    kPlainBase64,  // with padding, "+" and "/"
    kText,         // 5 → "5"
    kUpper,
    kLower,
    kStars,         // of whatever it is, "***"
    kFirst,         // "first 5": so many of its characters
    kPlus,          // "plus 1"
    kTimes,         // "times 0.5": the whole part of that
    kMinus,         // "minus result.count": a number without the named one
    kDaysLater,     // "days_later result.days": a date so many days later
    kWhen,          // "when request.query.x": itself where that is true, else null
    kLength,        // of a list or a text; 0 of null
    kAny,           // true where the list or text is not empty or the number is above 0, else false
    kFlag,          // true and "true" are true, all else is null
    kPercent,       // all but letters, digits and "-._~" as %XX, for URLs
    kUuid,          // in small letters and with dashes; a text that is none as it is
    kDate,          // the first ten characters of a time
    kNextRun,       // of a cron schedule, after now
    kMoment,        // a time of RFC 3339 in UTC, or "10 hours" as that time from now; else null
    kZone,          // "zone +00:00": of a time that ends in Z, that zone instead
    kSecondsSince,  // now minus that time
    kDaysUntil,     // "days_until request.body.end": both days count, at least 1
    kNot,           // true becomes false, all else true
    kLacks,         // "lacks request.body.x": of a list of fields, the names of those that are
                    // required and that the map which it names has not
    kJoin,          // "join \", \"": the texts of a list, with that text between them; null of none
    kPluck,         // "pluck id": that member of each in a list
    kWrap,          // "wrap email": each of a list as {"email": …}
    kExcept,        // "except request.body.left_out": of a list what the named one has not
    kWithQuery,     // "with_query result.answer": of a URL, itself with the members of that map as
                    // parameters of its query
  };

  // "pluck id". The error names the nearest one.
  static Result<Filter> Parse(std::string_view text);

  Kind kind() const { return kind_; }
  const std::string& argument() const { return argument_; }
  // True where the argument is a name, whose value the filter needs.
  bool looks_ahead() const {
    return kind_ == Kind::kDaysUntil || kind_ == Kind::kLacks || kind_ == Kind::kExcept ||
           kind_ == Kind::kDaysLater || kind_ == Kind::kWhen || kind_ == Kind::kMinus ||
           kind_ == Kind::kWithQuery;
  }

  // `now` is in Unix seconds, `named` what the argument names. Null stays null, but for its length,
  // its flag and what it is not.
  Json Of(const Json& value, std::int64_t now, const Json& named) const;

 private:
  // The argument, where it is a number.
  std::optional<double> number() const;

  Kind kind_ = Kind::kText;
  std::string argument_;
};

}  // namespace mockduit
