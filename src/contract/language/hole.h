// Hole: what stands between "{{" and "}}" in a template: a name, filters, a default. Templates hold
// them, a Scope gives their values, Names say which of them a place knows.
#pragma once

#include <algorithm>
#include <cstddef>
#include <expected>
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
  kText,  // nothing but the text between quotes: {{"…"}}
  kRequestBody,
  kRequestPath,
  kRequestQuery,
  kRequestHeader,
  kRequestQueryList,
  kRequestHeaderList,
  kRequestCookie,
  kRequestUrl,
  kBaseUrl,
  kLinkBase,
  kResult,
  kFound,
  kMade,
  kProcessId,
  kEventName,
  kEventData,
  kSignature,
  kDelivery,
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
  kToken8,
  kToken27,
  kToken32,
  kToken43,
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
  std::size_t place = 0;         // of the name: bytes into the text of the hole or the template
};

struct HoleMistake {
  std::size_t offset = 0;  // bytes into the text of the hole
  std::string message;
};

// Where the values come from. A null is "absent".
class Scope {
 public:
  virtual ~Scope() = default;
  virtual Json Value(const Hole& hole) = 0;
  // The same, where it is kept and need not be made or copied; else nullptr.
  virtual const Json* Look(const Hole& /*hole*/) { return nullptr; }
  // Counts what holes have given, in bytes. False when it is more than there may be: then holes
  // give nothing from there on, and whoever made the scope throws away what was filled.
  virtual bool Spend(std::size_t /*bytes*/) { return true; }
  virtual bool overspent() const { return false; }
};

// What the holes of a scope may give together, in bytes.
class Budget {
 public:
  explicit Budget(std::size_t bytes) : left_(bytes) {}
  // See Scope::Spend.
  bool Spend(std::size_t bytes) {
    overspent_ = overspent_ || bytes > left_;
    left_ -= std::min(bytes, left_);
    return !overspent_;
  }
  bool overspent() const { return overspent_; }

 private:
  std::size_t left_;
  bool overspent_ = false;
};

// A hole as it stands between "{{" and "}}".
std::expected<Hole, HoleMistake> ParseHole(std::string_view text);
// "request.body": how templates write the root.
std::string_view NameOf(Root root);
// Where templates know a root that is not known everywhere: "in lifecycles".
std::string_view PlaceOf(Root root);
// The root and the path that a name asks for. The error names the nearest root.
Result<Hole> ParseName(std::string_view name);
// What it gives, filtered; its fallback where there is nothing.
Json ValueOf(const Hole& hole, Scope& scope);
// What ValueOf gives, where that is kept, so that it need not be copied; else nullptr.
const Json* LookAt(const Hole& hole, Scope& scope);
// What the roots that are drawn by chance give; nothing for all others.
std::optional<Json> DrawnValue(Root root, Ids& ids, Time now);
// What the roots of the present time give at `time`; null for all others.
Json TimeValue(Root root, Time time);
// True for the roots of both.
bool IsKnownEverywhere(Root root);

}  // namespace mockduit
