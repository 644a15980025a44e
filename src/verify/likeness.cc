#include "verify/likeness.h"

#include <algorithm>
#include <optional>

#include "base/json.h"
#include "base/text.h"
#include "session/redact.h"
#include "verify/entry.h"
#include "verify/hash.h"

namespace mockduit {
namespace {

// True for members that a client may set anew for each attempt.
bool NamesAttempt(std::string_view name) {
  constexpr std::string_view kWords[] = {"idempot", "request_id", "requestid",  "nonce",
                                         "attempt", "trace",      "correlation"};
  const std::string lower = LowerCase(name);
  return std::ranges::any_of(
      kWords, [&](std::string_view word) { return lower.find(word) != std::string::npos; });
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
  return one && other && std::chrono::abs(*one - *other) <= std::chrono::hours(1);
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
  } else {
    hash.Add(value.Hash());
  }
}

}  // namespace

std::uint64_t LikenessHash(const Entry& entry) {
  Hash hash = Hash().Add(entry.place);
  const auto body = Json::Parse(entry.request().body);
  if (body && body->IsObject()) {
    AddSkeleton(*body, "", hash);
  } else {
    hash.Add(entry.call);
  }
  return hash.value();
}

Likeness Compare(const Entry& first, const Entry& second) {
  if (first.call == second.call) return {true, true};
  const auto one = Json::Parse(first.request().body);
  const auto other = Json::Parse(second.request().body);
  if (!one || !other || !one->IsObject() || !other->IsObject()) return {};
  // Bodies from which secrets were taken out may have differed in those.
  const bool whole = first.exchange->marks.body == 0 || !first.request().body.contains(kRedacted);
  if (*one == *other) return {whole, whole};
  return {DifferOnlyByAttempt(*one, *other, ""), false};
}

}  // namespace mockduit
