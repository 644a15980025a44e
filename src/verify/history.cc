#include "verify/history.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

#include "base/text.h"
#include "session/redact.h"

namespace mockduit {
namespace {

using Entries = History::Entries;

class Hash {
 public:
  Hash& Add(std::string_view text) { return Add(std::hash<std::string_view>()(text)); }
  Hash& Add(std::uint64_t number) {
    value_ = (value_ ^ number) * 0x9E3779B97F4A7C15U;
    value_ ^= value_ >> 29U;
    return *this;
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0;
};

const Operation* OperationOf(const Exchange& exchange, const Catalog& catalog) {
  const std::string_view name = exchange.operation;
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return nullptr;
  const Vendor* vendor = catalog.FindVendor(name.substr(0, dot));
  const Contract* contract = vendor != nullptr ? vendor->FindEdition(exchange.edition) : nullptr;
  if (contract == nullptr) return catalog.FindOperation(name);
  return contract->FindOperation(name.substr(dot + 1));
}

Reply ReplyOf(const Exchange& exchange) {
  const int status = exchange.response.status;
  if (exchange.abandoned || LosesAnswer(exchange.response.delivery.fault)) return Reply::kLost;
  if (status < 400) return Reply::kSuccess;
  if (status == 408 || status == 429 || status >= 500 || exchange.transient) return Reply::kFailure;
  const bool refusal =
      status == 400 || status == 401 || status == 403 || status == 404 || status == 422;
  const bool vendors_own = !exchange.outcome.empty() || exchange.scripted;
  return refusal && vendors_own ? Reply::kRefusal : Reply::kOther;
}

bool IsWrite(const Exchange& exchange) {
  return exchange.request.method != "GET" && exchange.request.method != "HEAD";
}

// The journal has them by their ends, which in requests at the same time is not as they came. Where
// the clock was set back, what came later comes later all the same.
void SortByArrival(std::vector<Exchange>& exchanges) {
  constexpr Duration kAtTheSameTime = std::chrono::seconds(1);
  auto begin = exchanges.begin();
  while (begin != exchanges.end()) {
    auto end = begin + 1;
    while (end != exchanges.end() && end->at >= (end - 1)->at - kAtTheSameTime) ++end;
    std::stable_sort(begin, end, [](const auto& a, const auto& b) { return a.at < b.at; });
    begin = end;
  }
}

std::vector<Entries> Group(const std::vector<Entry>& entries, std::uint64_t Entry::* by) {
  std::vector<Entries> groups;
  std::unordered_map<std::uint64_t, std::size_t> known;
  for (const Entry& entry : entries) {
    const auto [found, fresh] = known.try_emplace(entry.*by, groups.size());
    if (fresh) groups.emplace_back();
    groups[found->second].push_back(&entry);
  }
  return groups;
}

// What a client may well make anew for each attempt.
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

// A number is one of a time where its name says so; other numbers may be as large.
bool NamesTime(std::string_view name) {
  const std::string lower = LowerCase(name);
  return lower.ends_with("_at") || lower.ends_with("ts") || lower.contains("time") ||
         lower.contains("date") || lower.contains("stamp") || lower.contains("sent");
}

// The time of one attempt and of another.
bool AreTimesOfAttempts(const Json& first, const Json& second) {
  const auto one = TimeIn(first);
  const auto other = TimeIn(second);
  return one && other && std::chrono::abs(*one - *other) <= std::chrono::hours(1);
}

// True when nothing differs but what changes from attempt to attempt.
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

// Of everything but what changes from attempt to attempt.
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

History::History(std::vector<Exchange> exchanges, Facts facts, const Catalog& catalog)
    : facts_(facts), exchanges_(std::move(exchanges)) {
  SortByArrival(exchanges_);
  entries_.reserve(exchanges_.size());
  for (const Exchange& exchange : exchanges_) Add(exchange, catalog);
  likeness_.resize(entries_.size());
  calls_ = Group(entries_, &Entry::call);
  places_ = Group(entries_, &Entry::place);
}

void History::Add(const Exchange& exchange, const Catalog& catalog) {
  const Request& request = exchange.request;
  Entry entry;
  entry.exchange = &exchange;
  entry.operation = OperationOf(exchange, catalog);
  entry.path = std::string_view(request.path)
                   .substr(std::min<std::size_t>(exchange.path_start, request.path.size()));
  entry.index = entries_.size();
  SetTimes(entry);
  entry.reply = ReplyOf(exchange);
  entry.caller =
      Hash().Add(exchange.marks.credential).Add(request.headers.Get("User-Agent")).value();
  entry.place =
      Hash().Add(entry.caller).Add(request.method).Add(entry.path).Add(request.query).value();
  Hash call = Hash().Add(entry.place);
  // A journal that was kept in a file has no marks.
  if (exchange.marks.body != 0) {
    call.Add(exchange.marks.body);
  } else {
    call.Add(request.body);
  }
  entry.call = call.value();
  if (!entries_.empty()) {
    const Exchange& before = *entries_.back().exchange;
    entry.changes = entries_.back().changes + (before.applied && IsWrite(before) ? 1U : 0U);
  }
  if (exchange.marks.connection != 0) last_use_[exchange.marks.connection] = entry.index;
  entries_.push_back(entry);
}

void History::SetTimes(Entry& entry) const {
  const Exchange& exchange = *entry.exchange;
  const Time begin = exchanges_.front().at;
  const auto scaled = [&](Duration duration) {
    if (facts_.rate == 0) return duration;
    return Duration(std::llround(static_cast<double>(duration.count()) / facts_.rate));
  };
  entry.at = begin + scaled(exchange.at - begin);
  entry.answered = entry.at;
  if (facts_.rate != 0) entry.answered += exchange.response.delivery.delay;
  // The header has whole seconds; the scenario may have meant less.
  if (const auto& told = exchange.retry_after) {
    entry.told = facts_.rate == 0 ? told->session : std::min(told->client, scaled(told->session));
  }
}

std::uint64_t History::LikenessOf(const Entry& entry) const {
  std::uint64_t& known = likeness_[entry.index];
  if (known != 0) return known;
  Hash hash = Hash().Add(entry.place);
  const auto body = Json::Parse(entry.request().body);
  if (body && body->IsObject()) {
    AddSkeleton(*body, "", hash);
  } else {
    hash.Add(entry.call);
  }
  return known = hash.value();
}

bool History::Follows(const Entry& first, const Entry& second) const {
  if (second.index <= first.index) return false;
  if (second.at < first.answered && !first.exchange->abandoned) return false;
  const std::uint64_t connection = first.exchange->marks.connection;
  const std::uint64_t other = second.exchange->marks.connection;
  if (connection == 0 || other == 0 || connection == other) return true;
  return last_use_.at(connection) == first.index;
}

Likeness Compare(const Entry& first, const Entry& second) {
  if (first.call == second.call) return {true, true};
  const auto one = Json::Parse(first.request().body);
  const auto other = Json::Parse(second.request().body);
  if (!one || !other || !one->IsObject() || !other->IsObject()) return {};
  // Where secrets were taken out, the bodies were not the same although what is left of them is.
  const bool whole = first.exchange->marks.body == 0 || !first.request().body.contains(kRedacted);
  if (*one == *other) return {whole, whole};
  return {DifferOnlyByAttempt(*one, *other, ""), false};
}

}  // namespace mockduit
