#include "contract/language/template.h"

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
};

constexpr std::array kRoots = {
    RootName{"request.body", Root::kRequestBody, true},
    RootName{"request.path", Root::kRequestPath, true},
    RootName{"request.query", Root::kRequestQuery, true},
    RootName{"request.header", Root::kRequestHeader, true},
    RootName{"request.url", Root::kRequestUrl, false},
    RootName{"base_url", Root::kBaseUrl, false},
    RootName{"result", Root::kResult, true},
    RootName{"found", Root::kFound, true},
    RootName{"made", Root::kMade, true},
    RootName{"process.id", Root::kProcessId, false},
    RootName{"event.name", Root::kEventName, false},
    RootName{"event.data", Root::kEventData, false},
    RootName{"signature", Root::kSignature, false},
    RootName{"now", Root::kNow, false},
    RootName{"now.naive", Root::kNowNaive, false},
    RootName{"now.millis", Root::kNowMillis, false},
    RootName{"now.seconds", Root::kNowSeconds, false},
    RootName{"now.unix", Root::kNowUnix, false},
    RootName{"now.minute", Root::kNowMinute, false},
    RootName{"now.hour", Root::kNowHour, false},
    RootName{"uuid4", Root::kUuid4, false},
    RootName{"uuid7", Root::kUuid7, false},
    RootName{"uuid7.upper", Root::kUuid7Upper, false},
    RootName{"number8", Root::kNumber8, false},
    RootName{"token6", Root::kToken6, false},
    RootName{"token32", Root::kToken32, false},
    RootName{"two_words", Root::kTwoWords, false},
    RootName{"session", Root::kSession, false},
    RootName{"attempt", Root::kAttempt, false},
    RootName{"error", Root::kError, false},
    RootName{"retry_after", Root::kRetryAfter, false},
    RootName{"quota.limit", Root::kQuotaLimit, false},
    RootName{"quota.remaining", Root::kQuotaRemaining, false},
    RootName{"quota.reset", Root::kQuotaReset, false},
    RootName{"violations.text", Root::kViolationsText, false},
    RootName{"violations.errors", Root::kViolationsErrors, false},
    RootName{"violations.fields", Root::kViolationsFields, false},
};

Result<Hole> NamedHole(std::string_view name) {
  for (const RootName& known : kRoots) {
    if (name == known.name) return Hole{.root = known.root};
    const bool below = known.takes_path && name.starts_with(known.name) &&
                       name.size() > known.name.size() + 1 && name[known.name.size()] == '.';
    if (below) {
      return Hole{.root = known.root, .path = std::string(name.substr(known.name.size() + 1))};
    }
  }
  std::vector<std::string> names;
  for (const RootName& known : kRoots) names.emplace_back(known.name);
  return Fail("'" + std::string(name) + "' is nothing a template knows" + DidYouMean(name, names));
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

// "request.body.name | slug ?? \"none\""
Result<Hole> ParseHole(std::string_view text) {
  const std::size_t coalesce = text.find("??");
  std::string_view value = text.substr(0, coalesce);
  const std::string_view name = Trim(TakeUntil(value, "|"));
  const auto split = SplitOffset(name);
  if (!split) return std::unexpected(split.error());
  auto hole = NamedHole(split->first);
  if (!hole) return hole;
  hole->offset = split->second;
  while (!value.empty()) {
    auto filter = Filter::Parse(Trim(TakeUntil(value, "|")));
    if (!filter) return std::unexpected(filter.error());
    if (filter->kind() == Filter::Kind::kDaysUntil) {
      if (const auto named = NamedHole(filter->argument()); !named) return named;
    }
    hole->filters.push_back(std::move(*filter));
  }
  if (coalesce == std::string_view::npos) return hole;
  const std::string_view fallback = Trim(text.substr(coalesce + 2));
  if (fallback == "omit") {
    hole->omit = true;
    return hole;
  }
  auto json = Json::Parse(fallback);
  if (!json) return Fail("after ?? comes JSON or 'omit', not '" + std::string(fallback) + "'");
  hole->fallback = std::move(*json);
  return hole;
}

Json ValueOf(const Hole& hole, Scope& scope) {
  Json value = scope.Value(hole);
  for (const Filter& filter : hole.filters) {
    const bool looks_ahead = filter.kind() == Filter::Kind::kDaysUntil;
    const Json until = looks_ahead ? scope.Value(*NamedHole(filter.argument())) : Json();
    value = filter.Of(value, scope.Value({.root = Root::kNowUnix}).AsInteger(), until);
  }
  if (value.IsNull() && hole.fallback) return *hole.fallback;
  return value;
}

std::optional<Json> DrawnValue(Root root, Ids& ids, Time now) {
  switch (root) {
    case Root::kUuid4: return ids.Uuid4();
    case Root::kUuid7: return ids.Uuid7(now);
    case Root::kUuid7Upper: return UpperCase(ids.Uuid7(now));
    case Root::kNumber8: return static_cast<std::int64_t>(10'000'000 + ids.Below(90'000'000));
    case Root::kToken6: return ids.Token(6, kLowerAlphanumeric);
    case Root::kToken32: return ids.Token(32, kBase64Url);
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

Result<Template> Template::Compile(std::string_view text) {
  Template compiled;
  while (true) {
    const std::size_t open = text.find("{{");
    Piece piece{std::string(text.substr(0, open)), std::nullopt};
    if (open == std::string_view::npos) {
      compiled.pieces_.push_back(std::move(piece));
      return compiled;
    }
    const std::size_t close = text.find("}}", open);
    if (close == std::string_view::npos) return Fail("'{{' is never closed by '}}'");
    auto hole = ParseHole(text.substr(open + 2, close - open - 2));
    if (!hole) return std::unexpected(hole.error());
    piece.hole = std::move(*hole);
    compiled.pieces_.push_back(std::move(piece));
    text.remove_prefix(close + 2);
  }
}

bool Template::IsConstant() const { return pieces_.size() == 1; }

std::string Template::Text(Scope& scope) const {
  std::string text;
  for (const Piece& piece : pieces_) {
    text += piece.text;
    if (!piece.hole) continue;
    const Json value = ValueOf(*piece.hole, scope);
    if (const std::string* string = value.IfString()) {
      text += *string;
    } else if (!value.IsNull()) {
      text += value.Dump();
    }
  }
  return text;
}

std::optional<Json> Template::Value(Scope& scope) const {
  const bool one_hole = pieces_.size() == 2 && pieces_[0].text.empty() && pieces_[1].text.empty();
  if (!one_hole) return Text(scope);
  const Hole& hole = *pieces_[0].hole;
  Json value = ValueOf(hole, scope);
  if (hole.omit && value.IsNull()) return std::nullopt;
  return value;
}

// The inside of a template that has holes: one of the three is used.
struct JsonTemplate::Branch {
  std::optional<Template> text;
  struct Member {
    std::string key;
    std::string prefix;  // the key as it is written: "\"key\":"
    JsonTemplate value;
  };
  std::vector<Member> members;
  std::vector<JsonTemplate> items;
  bool first = false;  // {$first: […]}: the first of the items that is not null

  // Nothing when the value is a hole that is left out.
  std::optional<Json> Value(Scope& scope) const;
};

Result<JsonTemplate> JsonTemplate::Compile(const Json& json) {
  JsonTemplate compiled;
  compiled.source_ = json;
  Branch branch;
  bool constant = true;
  if (const std::string* string = json.IfString()) {
    auto text = Template::Compile(*string);
    if (!text) return std::unexpected(text.error());
    constant = text->IsConstant();
    branch.text = std::move(*text);
  } else if (const Json::Array* choices = json.Get("$first").IfArray()) {
    constant = false;
    branch.first = true;
    for (const Json& choice : *choices) {
      auto part = Compile(choice);
      if (!part) return part;
      branch.items.push_back(std::move(*part));
    }
  } else if (const Json::Object* members = json.IfObject()) {
    for (const JsonMember& member : *members) {
      auto part = Compile(member.value);
      if (!part) return part;
      constant = constant && part->branch_ == nullptr;
      std::string prefix;
      Json::AppendQuoted(prefix, member.key);
      branch.members.push_back({member.key, prefix + ":", std::move(*part)});
    }
  } else if (const Json::Array* items = json.IfArray()) {
    for (const Json& item : *items) {
      auto part = Compile(item);
      if (!part) return part;
      constant = constant && part->branch_ == nullptr;
      branch.items.push_back(std::move(*part));
    }
  }
  if (constant) {
    compiled.constant_ = json.Dump();
  } else {
    compiled.branch_ = std::make_shared<const Branch>(std::move(branch));
  }
  return compiled;
}

std::optional<Json> JsonTemplate::Branch::Value(Scope& scope) const {
  if (text) return text->Value(scope);
  if (first) {
    for (const JsonTemplate& item : items) {
      if (Json value = item.Value(scope); !value.IsNull()) return value;
    }
    return Json();
  }
  if (!items.empty()) {
    Json array = Json::MakeArray();
    for (const JsonTemplate& item : items) array.Append(item.Value(scope));
    return array;
  }
  Json::Object object;
  object.reserve(members.size());
  for (const Member& member : members) {
    if (member.value.branch_ == nullptr) {
      object.push_back({member.key, member.value.source_});
    } else if (auto value = member.value.branch_->Value(scope)) {
      object.push_back({member.key, std::move(*value)});
    }
  }
  return object;
}

Json JsonTemplate::Value(Scope& scope) const {
  if (branch_ == nullptr) return source_;
  return branch_->Value(scope).value_or(Json());
}

void JsonTemplate::AppendText(std::string& out, Scope& scope) const {
  if (branch_ == nullptr) {
    out += constant_;
  } else if (branch_->text || branch_->first || !branch_->items.empty()) {
    out += Value(scope).Dump();
  } else {
    char separator = '{';
    for (const auto& [key, prefix, part] : branch_->members) {
      std::optional<Json> value;
      const bool hole = part.branch_ != nullptr && part.branch_->text;
      if (hole && !(value = part.branch_->text->Value(scope))) continue;
      out += separator;
      separator = ',';
      out += prefix;
      if (value) {
        out += value->Dump();
      } else {
        part.AppendText(out, scope);
      }
    }
    out += separator == '{' ? "{}" : "}";
  }
}

}  // namespace mockduit
