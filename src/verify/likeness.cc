#include "verify/likeness.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/text.h"
#include "http/uri.h"
#include "session/redact.h"
#include "verify/entry.h"
#include "verify/hash.h"

namespace mockduit {
namespace {

bool IsDocumented(const Entry& entry, std::string_view name) {
  if (entry.operation == nullptr) return false;
  return std::ranges::any_of(entry.operation->parameters(), [&](const Parameter& parameter) {
    return parameter.in == "query" && parameter.name == name;
  });
}

// A date and time, or a number of seconds, milliseconds or microseconds since 1970.
std::optional<Time> TimeIn(const Json& value) {
  constexpr std::size_t kDateAndTime = 19;          // 2026-01-15T10:00:00
  constexpr std::int64_t kSeconds = 1'000'000'000;  // from 2001 on
  if (const std::string* text = value.IfString(); text != nullptr && text->size() >= kDateAndTime) {
    const auto time = ParseTime(*text);
    return time ? std::optional(*time) : std::nullopt;
  }
  const std::int64_t number = value.IsInteger() ? value.AsInteger() : 0;
  for (const std::int64_t unit : {1'000'000, 1'000, 1}) {  // in microseconds
    const std::int64_t least = kSeconds * (1'000'000 / unit);
    if (number >= least && number < 10 * least) return Time(Duration(number * unit));
  }
  return std::nullopt;
}

// A number counts as a time only where its name says so, since other numbers may be as large.
bool NamesTime(std::string_view name) {
  const std::string lower = LowerCase(name);
  return lower.ends_with("_at") || lower.ends_with("ts") || lower.contains("time") ||
         lower.contains("date") || lower.contains("stamp") || lower.contains("sent");
}

// True when both are times, close enough to be those of two attempts of one call.
bool AreTimesOfAttempts(const Json& first, const Json& second) {
  const auto one = TimeIn(first);
  const auto other = TimeIn(second);
  return one && other && std::chrono::abs(*one - *other) <= std::chrono::minutes(5);
}

// True when the values differ only in what changes from attempt to attempt.
bool DifferOnlyByAttempt(const Json& first, const Json& second, std::string_view name) {
  const Json::Object* members = first.IfObject();
  const Json::Object* others = second.IfObject();
  if (members != nullptr && others != nullptr) {
    return members->size() == others->size() &&
           std::ranges::all_of(*members, [&](const JsonMember& member) {
             const Json* other = second.Find(member.key);
             return other != nullptr && DifferOnlyByAttempt(member.value, *other, member.key);
           });
  }
  if (first.IsArray() && second.IsArray()) {
    return std::ranges::equal(
        *first.IfArray(), *second.IfArray(),
        [&](const Json& one, const Json& other) { return DifferOnlyByAttempt(one, other, name); });
  }
  return first == second || NamesAttempt(name) ||
         ((first.IsString() || NamesTime(name)) && AreTimesOfAttempts(first, second));
}

// Hashes a body without what changes from attempt to attempt.
void AddSkeleton(const Json& value, std::string_view name, Hash& hash) {
  if (NamesAttempt(name) || TimeIn(value)) {
    hash.Add(1);
  } else if (const Json::Object* members = value.IfObject()) {
    std::uint64_t sum = members->size();  // in any order
    for (const JsonMember& member : *members) {
      Hash of_member;
      AddSkeleton(member.value, member.key, of_member.Add(member.key));
      sum += of_member.value();
    }
    hash.Add(sum);
  } else if (const Json::Array* items = value.IfArray()) {
    hash.Add(items->size());
    for (const Json& item : *items) AddSkeleton(item, name, hash);
  } else {
    hash.Add(value.Hash());
  }
}

// The members of an object that a form (name=value&…) or a text in a text had instead.
std::optional<Json> Unwrapped(const Entry& entry) {
  const std::string& text = entry.request().body;
  auto body = Json::Parse(text);
  if (body && body->IsString()) body = Json::Parse(body->AsString());
  if (body) return body->IsObject() ? std::optional(std::move(*body)) : std::nullopt;
  if (!entry.request().headers.Get("Content-Type").contains("form-urlencoded") &&
      !text.contains('=')) {
    return std::nullopt;
  }
  Json members = Json::MakeObject();
  for (std::string_view rest = text; !rest.empty();) {
    const QueryParameter parameter = TakeParameter(rest);
    members.Set(DecodeQueryPart(parameter.name), DecodeQueryPart(parameter.value));
  }
  return members;
}

// A multipart body without its boundary, which is made up anew each time; nullopt: it is none.
std::optional<std::string> WithoutBoundary(const Entry& entry) {
  constexpr std::string_view kBoundary = "boundary=";
  const std::string_view type = entry.request().headers.Get("Content-Type");
  const std::size_t at = type.find(kBoundary);
  if (!LowerCase(type).starts_with("multipart/") || at == std::string_view::npos) {
    return std::nullopt;
  }
  std::string_view boundary = type.substr(at + kBoundary.size());
  boundary = boundary.substr(0, boundary.find(';'));
  if (boundary.starts_with('"')) boundary = boundary.substr(1, boundary.find('"', 1) - 1);
  if (boundary.empty()) return std::nullopt;
  std::string rest;
  std::string_view text = entry.request().body;
  for (std::size_t next = text.find(boundary); next != std::string_view::npos;
       next = text.find(boundary)) {
    rest += text.substr(0, next);
    text.remove_prefix(next + boundary.size());
  }
  return rest + std::string(text);
}

// The journal writes JSON that had a secret anew.
std::string WithoutBlanks(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
  return text;
}

// Text for text, since a form has nothing but texts.
bool AreLike(const Json& first, const Json& second) {
  return DifferOnlyByAttempt(first, second, "") || first.ToText() == second.ToText();
}

// Whether the second has some of the members of the first, and at most one more than half is gone.
bool LostMembers(const Json& first, const Json& second) {
  const std::size_t before = first.IfObject()->size();
  const std::size_t after = second.IfObject()->size();
  if (after == 0 || after > before || (before - after) * 2 > before) return false;
  return std::ranges::all_of(*second.IfObject(), [&](const JsonMember& member) {
    const Json* other = first.Find(member.key);
    return other != nullptr && AreLike(member.value, *other);
  });
}

// What differs of two names, from one mark or letter to another mark: "8d1f" and "77b0" of
// "src-8d1f" and "src-77b0", "1" and "2" of "Source1" and "Source2". UUIDs differ as a whole.
struct Difference {
  std::string_view first;
  std::string_view second;
  bool has_stem = false;  // something stands before it that is equal
};

Difference Differing(std::string_view first, std::string_view second) {
  constexpr std::string_view kMarks = "-_ .";
  const auto is_mark = [&](char c) { return kMarks.contains(c); };
  const auto apart = std::ranges::mismatch(first, second);
  const auto equal = static_cast<std::size_t>(apart.in1 - first.begin());
  std::size_t begin = equal;
  while (begin > 0 && !is_mark(first[begin - 1])) --begin;
  while (begin < equal && !IsDigit(first[begin])) ++begin;
  first.remove_prefix(begin);
  second.remove_prefix(begin);
  std::size_t end = 0;  // of both, that is equal from a mark on
  for (std::size_t i = 1; i <= std::min(first.size(), second.size()); ++i) {
    const char c = first[first.size() - i];
    if (c != second[second.size() - i]) break;
    if (is_mark(c)) end = i;
  }
  first.remove_suffix(end);
  second.remove_suffix(end);
  return {first, second, begin > 0};
}

// Hexadecimal digits of one length, as ids have them, one of them in blocks.
bool AreIds(std::string_view first, std::string_view second) {
  const auto is_of_id = [](char c) {
    return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == '-';
  };
  return first.size() == second.size() && std::ranges::all_of(first, is_of_id) &&
         std::ranges::all_of(second, is_of_id);
}

// "20260115"
bool IsDay(std::string_view part) {
  constexpr std::size_t kDay = 8;
  return part.size() == kDay && part.starts_with("20") && IsDigits(part);
}

// Numbers that count up: "tenant-001" and "tenant-002".
bool AreCounted(std::string_view first, std::string_view second) {
  constexpr std::uint64_t kFar = 1'000;
  const auto one = ParseNumber<std::uint64_t>(first);
  const auto other = ParseNumber<std::uint64_t>(second);
  return one && other && std::max(*one, *other) - std::min(*one, *other) <= kFar;
}

Likeness CompareNames(const Json& first, const Json& second) {
  constexpr std::size_t kShortest = 3;  // of what is hardly ever made twice
  const std::string* one = first.IfString();
  const std::string* other = second.IfString();
  if (one == nullptr || other == nullptr) return Likeness::kNone;
  const auto [made, anew, has_stem] = Differing(*one, *other);
  const bool days = IsDay(made) && IsDay(anew);
  if (days || ParseTime(*one) || ParseTime(*other)) return Likeness::kNone;  // a thing for each day
  const auto has_digit = [](std::string_view part) { return std::ranges::any_of(part, IsDigit); };
  const bool both = has_digit(made) && has_digit(anew);
  const bool ids = AreIds(made, anew) && (has_digit(made) || has_digit(anew));
  if (!ids && (!both || !has_stem)) return Likeness::kNone;
  const bool is_short = std::min(made.size(), anew.size()) < kShortest;
  return is_short || AreCounted(made, anew) ? Likeness::kRenumbered : Likeness::kRenamed;
}

// Equal but for names of which a part was made up; the least certain of them counts.
Likeness CompareButForNames(const Json& first, const Json& second, std::string_view name) {
  const Json::Object* members = first.IfObject();
  const Json::Object* others = second.IfObject();
  if (members == nullptr || others == nullptr) {
    if (DifferOnlyByAttempt(first, second, name)) return Likeness::kSame;
    return CompareNames(first, second);
  }
  if (members->size() != others->size()) return Likeness::kNone;
  Likeness least = Likeness::kSame;
  for (const JsonMember& member : *members) {
    const Json* other = second.Find(member.key);
    if (other == nullptr) return Likeness::kNone;
    least = std::min(least, CompareButForNames(member.value, *other, member.key));
  }
  return least;
}

// Bodies from which secrets were taken out may have differed in those.
bool ShowsSecrets(const Entry& entry) {
  return entry.exchange->marks.body == 0 || !entry.request().body.contains(kRedacted);
}

// Of lists, such as a call for many things at once has.
Likeness CompareLists(const Entry& first, const Entry& second) {
  const auto one = Json::Parse(first.request().body);
  if (!one || !one->IsArray()) return Likeness::kNone;
  const auto other = Json::Parse(second.request().body);
  if (!other || !other->IsArray()) return Likeness::kNone;
  if (*one == *other) return ShowsSecrets(first) ? Likeness::kExact : Likeness::kNone;
  return DifferOnlyByAttempt(*one, *other, "") ? Likeness::kSame : Likeness::kNone;
}

}  // namespace

bool NamesAttempt(std::string_view name) {
  constexpr std::string_view kWords[] = {"idempot", "request_id", "requestid", "request-id",
                                         "nonce",   "attempt",    "trace",     "correlation"};
  const std::string lower = LowerCase(name);
  return std::ranges::any_of(
      kWords, [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

std::string QueryOfCall(const Entry& entry) {
  std::vector<QueryParameter> parameters;
  for (std::string_view rest = entry.request().query; !rest.empty();) {
    const QueryParameter parameter = TakeParameter(rest);
    const bool of_attempt = parameter.name == "_" || NamesAttempt(parameter.name);
    if (!of_attempt || IsDocumented(entry, parameter.name)) parameters.push_back(parameter);
  }
  std::ranges::stable_sort(parameters, {}, &QueryParameter::name);
  std::string query;
  for (const QueryParameter& parameter : parameters) query += std::string(parameter.text) + "&";
  return query;
}

std::uint64_t LikenessHash(const Entry& entry) {
  Hash hash;
  const std::string& text = entry.request().body;
  const std::uint64_t mark = entry.exchange->marks.body;
  const auto body = Json::Parse(text);
  if (body && (body->IsObject() || body->IsArray())) {
    AddSkeleton(*body, "", hash);
  } else if (const auto parts = WithoutBoundary(entry)) {
    hash.Add(*parts);
  } else {
    mark != 0 ? hash.Add(mark) : hash.Add(text);
  }
  return hash.value();
}

BodyShape ShapeOf(const Entry& entry) {
  const auto body = Json::Parse(entry.request().body);
  const Json::Object* members = body ? body->IfObject() : nullptr;
  return members != nullptr ? BodyShape{true, members->size()} : BodyShape{};
}

Likeness Compare(const Entry& first, const Entry& second) {
  if (first.call == second.call) return Likeness::kExact;
  if (const auto parts = WithoutBoundary(first)) {
    const bool same = parts == WithoutBoundary(second) && ShowsSecrets(first);
    return same ? Likeness::kExact : Likeness::kNone;
  }
  const auto one = Unwrapped(first);
  const auto other = Unwrapped(second);
  if (!one) return CompareLists(first, second);
  if (!other) {
    // The journal may have replaced a body that is not JSON.
    const std::string& rest = second.request().body;
    const bool hidden = rest.starts_with(kRedacted.substr(0, kRedacted.size() - 1));
    const bool cut = hidden || WithoutBlanks(first.request().body).starts_with(WithoutBlanks(rest));
    const bool shorter = second.exchange->request_bytes < first.exchange->request_bytes;
    return cut && shorter && !Json::Parse(rest) ? Likeness::kAltered : Likeness::kNone;
  }
  const bool wrapped =
      Json::Parse(first.request().body) != *one || Json::Parse(second.request().body) != *other;
  if (!wrapped) {
    if (*one == *other) return ShowsSecrets(first) ? Likeness::kExact : Likeness::kNone;
    if (DifferOnlyByAttempt(*one, *other, "")) return Likeness::kSame;
  }
  if (LostMembers(*one, *other) || LostMembers(*other, *one)) return Likeness::kAltered;
  return CompareButForNames(*one, *other, "");
}

}  // namespace mockduit
