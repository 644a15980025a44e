// Filters: what a template's hole may do to its value: {{request.body.name | slug}}.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"

namespace mockduit {

class Filter {
 public:
  enum class Kind {
    kSlug,     // "My Conn" → "my-conn"
    kHyphens,  // "a_b" → "a-b"
    kBase64,   // without padding
    kText,     // 5 → "5"
    kUpper,
    kLower,
    kLength,        // of a list or a text; 0 of null
    kAny,           // true where the list or text is not empty or the number is above 0, else false
    kFlag,          // true and "true" are true, all else is null
    kUuid,          // in small letters and with dashes; a text that is none as it is
    kDate,          // the first ten characters of a time
    kNextRun,       // of a cron schedule, after now
    kSecondsSince,  // now minus that time
    kDaysUntil,     // "days_until request.body.end": both days count, at least 1
    kPluck,         // "pluck id": that member of each in a list
    kWrap,          // "wrap email": each of a list as {"email": …}
  };

  // "pluck id". The error names the nearest one.
  static Result<Filter> Parse(std::string_view text);

  Kind kind() const { return kind_; }
  const std::string& argument() const { return argument_; }

  // `now` is in Unix seconds, `until` what the argument of kDaysUntil names. Null stays null, but
  // for its length and its flag.
  Json Of(const Json& value, std::int64_t now, const Json& until) const;

 private:
  Kind kind_ = Kind::kText;
  std::string argument_;
};

}  // namespace mockduit
