#include "contract/language/hole.h"

#include <algorithm>
#include <array>

#include "base/suggest.h"
#include "base/text.h"

namespace mockduit {
namespace {

struct RootName {
  std::string_view name;
  Root root;
  bool takes_path;
  std::string_view place;  // where it is known; "": everywhere
};

constexpr std::array kRoots = {
    RootName{"request.body", Root::kRequestBody, true, "in operations"},
    RootName{"request.path", Root::kRequestPath, true, "in operations"},
    RootName{"request.query", Root::kRequestQuery, true, "in operations"},
    RootName{"request.header", Root::kRequestHeader, true, "in operations"},
    RootName{"request.query_list", Root::kRequestQueryList, true, "in operations"},
    RootName{"request.header_list", Root::kRequestHeaderList, true, "in operations"},
    RootName{"request.cookie", Root::kRequestCookie, true, "in operations"},
    RootName{"request.url", Root::kRequestUrl, false, "in operations"},
    RootName{"base_url", Root::kBaseUrl, false, "in operations"},
    RootName{"link_base", Root::kLinkBase, false, "in operations"},
    RootName{"result", Root::kResult, true, "where there is a resource"},
    RootName{"found", Root::kFound, true, "where something was found"},
    RootName{"made", Root::kMade, true, "behind the steps that make something"},
    RootName{"process.id", Root::kProcessId, false, "in lifecycles and webhooks"},
    RootName{"event.name", Root::kEventName, false, "in webhooks"},
    RootName{"event.data", Root::kEventData, false, "in webhooks"},
    RootName{"signature", Root::kSignature, false, "in webhooks"},
    RootName{"delivery", Root::kDelivery, true, "behind an attempt to deliver"},
    RootName{"now", Root::kNow, false, ""},
    RootName{"now.naive", Root::kNowNaive, false, ""},
    RootName{"now.millis", Root::kNowMillis, false, ""},
    RootName{"now.seconds", Root::kNowSeconds, false, ""},
    RootName{"now.unix", Root::kNowUnix, false, ""},
    RootName{"now.minute", Root::kNowMinute, false, ""},
    RootName{"now.hour", Root::kNowHour, false, ""},
    RootName{"uuid4", Root::kUuid4, false, ""},
    RootName{"uuid7", Root::kUuid7, false, ""},
    RootName{"uuid7.upper", Root::kUuid7Upper, false, ""},
    RootName{"number8", Root::kNumber8, false, ""},
    RootName{"token6", Root::kToken6, false, ""},
    RootName{"token8", Root::kToken8, false, ""},
    RootName{"token27", Root::kToken27, false, ""},
    RootName{"token32", Root::kToken32, false, ""},
    RootName{"token43", Root::kToken43, false, ""},
    RootName{"two_words", Root::kTwoWords, false, ""},
    RootName{"session", Root::kSession, false, "in operations"},
    RootName{"attempt", Root::kAttempt, false, "in operations"},
    RootName{"error", Root::kError, false, "in lifecycles"},
    RootName{"retry_after", Root::kRetryAfter, false, "in answers"},
    RootName{"quota.limit", Root::kQuotaLimit, false, "in answers"},
    RootName{"quota.remaining", Root::kQuotaRemaining, false, "in answers"},
    RootName{"quota.reset", Root::kQuotaReset, false, "in answers"},
    RootName{"violations.text", Root::kViolationsText, false, "in answers"},
    RootName{"violations.errors", Root::kViolationsErrors, false, "in answers"},
    RootName{"violations.fields", Root::kViolationsFields, false, "in answers"},
};

// "request.bdy.name" as "request.body.name", where some root is near; else "".
std::string NearestName(std::string_view name) {
  for (std::size_t end = name.size();; end = name.rfind('.', end - 1)) {
    const std::string_view begin = name.substr(0, end);
    const auto dots = std::ranges::count(begin, '.');
    std::vector<std::string> roots;
    for (const RootName& known : kRoots) {
      if (std::ranges::count(known.name, '.') == dots) roots.emplace_back(known.name);
    }
    if (const std::string root = Nearest(begin, roots); !root.empty()) {
      // Below some roots there is nothing.
      return root == begin ? root : root + std::string(name.substr(end));
    }
    if (begin.rfind('.') == std::string_view::npos) return "";
  }
}

// True where the letters of `shorter` stand in `word` in their order, the first one first: "secs"
// in "seconds".
bool Abbreviates(std::string_view shorter, std::string_view word) {
  if (shorter.size() < 2 || word.empty() || shorter.front() != word.front()) return false;
  for (const char letter : word) {
    if (!shorter.empty() && shorter.front() == letter) shorter.remove_prefix(1);
  }
  return shorter.empty();
}

// Of "now.secs": that the known name `now` has `seconds`. "" where no known name stands before the
// last dot.
std::string AdviceOnMember(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return "";
  const std::string base(name.substr(0, dot));
  std::vector<std::string> members;
  for (const RootName& known : kRoots) {
    if (known.name.starts_with(base + ".")) members.emplace_back(known.name.substr(dot + 1));
  }
  if (members.empty()) return "";
  const std::string_view member = name.substr(dot + 1);
  std::string nearest = Nearest(member, members);
  const auto longer =
      std::ranges::find_if(members, [&](const auto& one) { return Abbreviates(member, one); });
  if (nearest.empty() && longer != members.end()) nearest = *longer;
  if (!nearest.empty()) return "; did you mean '" + base + "." + nearest + "'?";
  return "; '" + base + "' has " + OrList(members);
}

// "now + 1h": the offset, and what stands before it.
Result<std::pair<std::string_view, Duration>> SplitOffset(std::string_view text) {
  const std::size_t sign = text.find_first_of("+-");
  if (!text.starts_with("now") || sign == std::string_view::npos)
    return std::pair{text, Duration{}};
  const auto offset = ParseDuration(Trim(text.substr(sign + 1)));
  if (!offset) return std::unexpected(offset.error());
  return std::pair{Trim(text.substr(0, sign)), text[sign] == '-' ? -*offset : *offset};
}

}  // namespace

std::string_view NameOf(Root root) {
  return std::ranges::find(kRoots, root, &RootName::root)->name;
}

std::string_view PlaceOf(Root root) {
  return std::ranges::find(kRoots, root, &RootName::root)->place;
}

bool IsKnownEverywhere(Root root) { return root == Root::kText || PlaceOf(root).empty(); }

Result<Hole> ParseName(std::string_view name) {
  for (const RootName& known : kRoots) {
    if (name == known.name) return Hole{.root = known.root};
    const bool below = known.takes_path && name.starts_with(known.name) &&
                       name.size() > known.name.size() + 1 && name[known.name.size()] == '.';
    if (below) {
      return Hole{.root = known.root, .path = std::string(name.substr(known.name.size() + 1))};
    }
  }
  std::string advice = AdviceOnMember(name);
  const std::string nearest = advice.empty() ? NearestName(name) : "";
  if (!nearest.empty()) advice = "; did you mean '" + nearest + "'?";
  return Fail("'" + std::string(name) + "' is nothing a template knows" + advice);
}

// "request.body.name | slug ?? \"none\""
std::expected<Hole, HoleMistake> ParseHole(std::string_view text) {
  const auto wrong = [&](std::string_view part, std::string message) {
    const auto offset = part.empty() ? 0 : part.data() - text.data();
    return std::unexpected(HoleMistake{static_cast<std::size_t>(offset), std::move(message)});
  };
  if (text.starts_with('"')) {
    auto quoted = Json::Parse(text);
    if (!quoted) return wrong(text, "a text in a template stands between two quotes");
    return Hole{.root = Root::kText, .fallback = std::move(*quoted)};
  }
  const std::size_t coalesce = text.find("??");
  std::string_view value = text.substr(0, coalesce);
  const std::string_view name = Trim(TakeUntil(value, "|"));
  const auto split = SplitOffset(name);
  if (!split) return wrong(name, split.error().message);
  auto hole = ParseName(split->first);
  if (!hole) return wrong(name, hole.error().message);
  hole->offset = split->second;
  hole->place = static_cast<std::size_t>(name.data() - text.data());
  while (!value.empty()) {
    const std::string_view part = Trim(TakeUntil(value, "|"));
    auto filter = Filter::Parse(part);
    if (!filter) return wrong(part, filter.error().message);
    if (filter->looks_ahead()) {
      if (auto named = ParseName(filter->argument()); !named) {
        return wrong(part, named.error().message);
      }
    }
    hole->filters.push_back(std::move(*filter));
  }
  if (coalesce == std::string_view::npos) return *std::move(hole);
  const std::string_view fallback = Trim(text.substr(coalesce + 2));
  if (fallback == "omit") {
    hole->omit = true;
    return *std::move(hole);
  }
  auto json = Json::Parse(fallback);
  if (!json) {
    return wrong(fallback, "after ?? comes JSON or 'omit', not '" + std::string(fallback) + "'");
  }
  hole->fallback = std::move(*json);
  return *std::move(hole);
}

namespace {

// Roughly what it takes as JSON.
std::size_t SizeOf(const Json& value) {
  if (const std::string* text = value.IfString()) return text->size() + 2;
  std::size_t size = 8;
  if (const Json::Array* items = value.IfArray()) {
    for (const Json& item : *items) size += SizeOf(item);
  } else if (const Json::Object* members = value.IfObject()) {
    for (const JsonMember& member : *members) size += member.key.size() + SizeOf(member.value);
  }
  return size;
}

}  // namespace

Json ValueOf(const Hole& hole, Scope& scope) {
  if (scope.overspent()) return {};
  Json value = scope.Value(hole);
  scope.Spend(SizeOf(value));
  for (const Filter& filter : hole.filters) {
    const Json named = filter.looks_ahead() ? scope.Value(*ParseName(filter.argument())) : Json();
    value = filter.Of(value, scope.Value({.root = Root::kNowUnix}).AsInteger(), named);
  }
  if (value.IsNull() && hole.fallback) return *hole.fallback;
  return value;
}

const Json* LookAt(const Hole& hole, Scope& scope) {
  if (!hole.filters.empty() || scope.overspent()) return nullptr;
  const Json* value = scope.Look(hole);
  if (value == nullptr || value->IsNull()) return nullptr;
  scope.Spend(SizeOf(*value));
  return value;
}

std::optional<Json> DrawnValue(Root root, Ids& ids, Time now) {
  switch (root) {
    case Root::kUuid4: return ids.Uuid4();
    case Root::kUuid7: return ids.Uuid7(now);
    case Root::kUuid7Upper: return UpperCase(ids.Uuid7(now));
    case Root::kNumber8: return static_cast<std::int64_t>(10'000'000 + ids.Below(90'000'000));
    case Root::kToken6: return ids.Token(6, kLowerAlphanumeric);
    case Root::kToken8: return ids.Token(8, kAlphanumeric);
    case Root::kToken27: return ids.Token(27, kAlphanumeric);
    case Root::kToken32: return ids.Token(32, kBase64Url);
    case Root::kToken43: return ids.Token(43, kBase64Url);
    case Root::kTwoWords: return ids.TwoWords();
    default: return std::nullopt;
  }
}

Json TimeValue(Root root, Time time) {
  using std::chrono::floor;
  const std::chrono::hh_mm_ss of_day(time - floor<std::chrono::days>(time));
  switch (root) {
    case Root::kNow: return FormatMicros(time);
    case Root::kNowNaive: return FormatMicrosNaive(time);
    case Root::kNowMillis: return FormatMillis(time);
    case Root::kNowSeconds: return FormatSeconds(time);
    case Root::kNowUnix:
      return std::int64_t{floor<std::chrono::seconds>(time).time_since_epoch().count()};
    case Root::kNowMinute: return std::int64_t{of_day.minutes().count()};
    case Root::kNowHour: return std::int64_t{of_day.hours().count()};
    default: return {};
  }
}

}  // namespace mockduit
