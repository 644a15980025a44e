#include "verify/history.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

#include "verify/hash.h"
#include "verify/likeness.h"

namespace mockduit {
namespace {

using Entries = History::Entries;

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

// What could not be read, and has no method, is none.
bool IsWrite(const Exchange& exchange) {
  const std::string& method = exchange.request.method;
  return !method.empty() && method != "GET" && method != "HEAD";
}

// The journal keeps exchanges in the order of their responses; concurrent requests may have arrived
// in another. Where the session's clock was set back, the journal's order counts.
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
  // A journal from a state file has no marks.
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
  // The header has whole seconds; the scenario may ask for less.
  if (const auto& wait = exchange.retry_after) {
    entry.retry_after =
        facts_.rate == 0 ? wait->session : std::min(wait->client, scaled(wait->session));
  }
}

std::uint64_t History::LikenessOf(const Entry& entry) const {
  std::uint64_t& known = likeness_[entry.index];
  if (known == 0) known = LikenessHash(entry);
  return known;
}

bool History::Follows(const Entry& first, const Entry& second) const {
  if (second.index <= first.index) return false;
  if (second.at < first.answered && !first.exchange->abandoned) return false;
  const std::uint64_t connection = first.exchange->marks.connection;
  const std::uint64_t other = second.exchange->marks.connection;
  if (connection == 0 || other == 0 || connection == other) return true;
  return last_use_.at(connection) == first.index;
}

}  // namespace mockduit
