// Templates: text and JSON with holes, "{{request.body.name ?? \"none\"}}", that are filled when an
// answer is made. Contracts and scenarios are written with them; docs/contracts.md lists the names.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "base/json.h"
#include "base/result.h"
#include "base/time.h"
#include "contract/language/filter.h"

namespace mockduit {

// What a hole asks for.
enum class Root {
  kRequestBody,
  kRequestPath,
  kRequestQuery,
  kRequestHeader,
  kRequestUrl,
  kBaseUrl,
  kResult,
  kFound,
  kMade,
  kProcessId,
  kEventName,
  kEventData,
  kSignature,
  kNow,
  kNowNaive,
  kNowMillis,
  kNowSeconds,
  kNowUnix,
  kNowMinute,
  kNowHour,
  kUuid4,
  kUuid7,
  kUuid7Upper,
  kNumber8,
  kToken6,
  kToken32,
  kTwoWords,
  kSession,
  kAttempt,
  kError,
  kRetryAfter,
  kQuotaLimit,
  kQuotaRemaining,
  kQuotaReset,
  kViolationsText,
  kViolationsErrors,
  kViolationsFields,
};

struct Hole {
  Root root = Root::kNow;
  std::string path;              // dotted, below the root: "config.schema"
  std::vector<Filter> filters;   // after |
  Duration offset{};             // of the now roots: {{now + 1h}}
  std::optional<Json> fallback;  // after ??
  bool omit = false;             // ?? omit: the member is left out
};

// Where the values come from. A null is "absent".
class Scope {
 public:
  virtual ~Scope() = default;
  virtual Json Value(const Hole& hole) = 0;
};

// A hole as it stands between "{{" and "}}".
Result<Hole> ParseHole(std::string_view text);
// What it gives, filtered; its fallback where there is nothing.
Json ValueOf(const Hole& hole, Scope& scope);
// What the roots that are drawn by chance give; nothing for all others.
std::optional<Json> DrawnValue(Root root, Ids& ids, Time now);
// What the roots of the present time give at `time`; null for all others.
Json TimeValue(Root root, Time time);

// A string with holes.
class Template {
 public:
  static Result<Template> Compile(std::string_view text);

  bool IsConstant() const;
  // The text, with each hole's value in its place; null is "".
  std::string Text(Scope& scope) const;
  // The typed value of a single hole that is the whole string; else the text. Nothing when the
  // value is absent and the hole says omit.
  std::optional<Json> Value(Scope& scope) const;

 private:
  struct Piece {
    std::string text;  // stands before the hole
    std::optional<Hole> hole;
  };
  std::vector<Piece> pieces_;
};

// A JSON value whose strings may hold holes.
class JsonTemplate {
 public:
  JsonTemplate() = default;  // null
  static Result<JsonTemplate> Compile(const Json& json);

  bool IsConstant() const { return branch_ == nullptr; }
  Json Value(Scope& scope) const;
  // Appends Value(scope).Dump(), without making the value first.
  void AppendText(std::string& out, Scope& scope) const;
  // The JSON it was made of, holes as they were written.
  const Json& source() const { return source_; }

 private:
  struct Branch;
  Json source_;
  std::string constant_ = "null";         // the text, when there is no hole within
  std::shared_ptr<const Branch> branch_;  // nullptr when there is none
};

}  // namespace mockduit
