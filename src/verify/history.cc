#include "verify/history.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/text.h"
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

bool Refuses(int status) {
  constexpr int kStatuses[] = {400, 401, 403, 404, 405, 406, 409, 410, 413, 415, 422};
  return std::ranges::find(kStatuses, status) != std::end(kStatuses);
}

Reply ReplyOf(const Exchange& exchange) {
  const int status = exchange.response.status;
  if (exchange.abandoned || LosesAnswer(exchange.response.delivery.fault)) return Reply::kLost;
  if (status < 400) return Reply::kSuccess;
  if (status == 408 || status == 429 || status >= 500 || exchange.transient) return Reply::kFailure;
  const bool vendors_own = !exchange.outcome.empty() || exchange.scripted;
  return Refuses(status) && vendors_own ? Reply::kRefusal : Reply::kOther;
}

Time ArrivalOf(const Exchange& exchange) {
  const bool seen = exchange.wire && exchange.wire->arrived != Time{};
  return seen ? exchange.wire->arrived : exchange.at;
}

// Of what came through no door, or is still under way, what the scenario had in mind.
Time EndOf(const Exchange& exchange) {
  const bool seen = exchange.wire && exchange.wire->ended != Time{};
  return seen ? exchange.wire->ended : ArrivalOf(exchange) + exchange.response.delivery.delay;
}

// A connection is opened for its first request, unless some time lies between: some clients open
// one ahead.
constexpr Duration kAtHand = std::chrono::milliseconds(50);

// How long the connection of a first request had been open when that came; nothing of any other.
std::optional<Duration> OpenFor(const Exchange& exchange) {
  const auto& wire = exchange.wire;
  if (!wire || wire->request != 1 || wire->opened == Time{}) return std::nullopt;
  return std::max(ArrivalOf(exchange) - wire->opened, Duration(0));
}

// A date holds the client until it has come, whatever was left of it when it was sent.
std::optional<Duration> WaitToldBy(const Exchange& exchange, const Entry& entry) {
  const auto& told = exchange.retry_after;
  if (!told || entry.IsLost() || exchange.response.status < 300) return std::nullopt;
  Duration wait = told->client;
  if (told->date != Time{} && exchange.clock.rate != 0) {
    wait = told->date - (entry.answered - exchange.clock.moved);
  }
  return wait > Duration(0) ? std::optional(wait) : std::nullopt;
}

// Of a body that comes slowly, the status is there before. That a client has left is seen a little
// late.
Time HeardAt(const Entry& entry) {
  constexpr Duration kLate = std::chrono::milliseconds(20);
  const auto& how = entry.exchange->response.delivery;
  if (entry.exchange->abandoned) return std::max(entry.at, entry.answered - kLate);
  return how.fault == Fault::kSlow ? std::min(entry.at + how.delay, entry.answered)
                                   : entry.answered;
}

// "sdk/1.0 retry/2" and "sdk/1.0 retry/3" are one client.
std::string WithoutNumbers(std::string_view agent) {
  std::string text;
  for (const char c : agent) {
    if (!IsDigit(c)) {
      text += c;
    } else if (text.empty() || text.back() != '#') {
      text += '#';
    }
  }
  return text;
}

std::uint64_t AgentOf(const Entry& entry) {
  return Hash().Add(WithoutNumbers(entry.request().headers.Get("User-Agent"))).value();
}

std::string_view VendorOf(const Exchange& exchange) {
  return std::string_view(exchange.operation).substr(0, exchange.operation.find('.'));
}

std::vector<Entries> ByPlace(const std::vector<Entry>& entries) {
  std::vector<Entries> groups;
  std::unordered_map<std::uint64_t, std::size_t> known;
  for (const Entry& entry : entries) {
    const auto [found, fresh] = known.try_emplace(entry.place, groups.size());
    if (fresh) groups.emplace_back();
    groups[found->second].push_back(&entry);
  }
  return groups;
}

}  // namespace

History::History(std::vector<Exchange> exchanges, Facts facts, const Catalog& catalog)
    : facts_(std::move(facts)), exchanges_(std::move(exchanges)) {
  // The journal keeps them in the order of their responses.
  std::ranges::stable_sort(exchanges_, {}, &ArrivalOf);
  entries_.reserve(exchanges_.size());
  for (const Exchange& exchange : exchanges_) Add(exchange, catalog);
  SetCallers();
  SetDecisions();
  likeness_.resize(entries_.size());
  places_ = ByPlace(entries_);
}

void History::Add(const Exchange& exchange, const Catalog& catalog) {
  const Request& request = exchange.request;
  Entry entry;
  entry.exchange = &exchange;
  entry.operation = OperationOf(exchange, catalog);
  if (entry.operation != nullptr && entry.operation->opened_by_users()) return;
  entry.path = std::string_view(request.path)
                   .substr(std::min<std::size_t>(exchange.path_start, request.path.size()));
  entry.index = entries_.size();
  entry.at = ArrivalOf(exchange) + exchange.clock.moved;
  entry.decided = entry.at;
  entry.answered = std::max(EndOf(exchange) + exchange.clock.moved, entry.at);
  entry.heard = HeardAt(entry);
  entry.reply = ReplyOf(exchange);
  entry.retry_after = WaitToldBy(exchange, entry);
  if (exchange.wire && exchange.wire->connection != 0) {
    const auto opened =
        static_cast<std::uint64_t>(exchange.wire->opened.time_since_epoch().count());
    entry.connection = Hash().Add(exchange.wire->connection).Add(opened).value();
  }
  entries_.push_back(entry);
}

// Callers are told apart by their credentials, and by their cookies where no answer sets any: one
// client changes its cookies as it is told. A client that has a new token for each attempt is one
// caller all the same: it shows by many credentials of one User-Agent, each used once.
void History::SetCallers() {
  constexpr std::size_t kMany = 3;
  std::unordered_map<std::uint64_t, std::size_t> uses;       // of an agent's credential
  std::unordered_map<std::uint64_t, std::size_t> used_once;  // credentials of an agent
  const bool cookies_are_set = std::ranges::any_of(entries_, [](const Entry& entry) {
    return entry.exchange->response.headers.Find("Set-Cookie").has_value();
  });
  const auto with_credential = [&](const Entry& entry) {
    const Marks& marks = entry.exchange->marks;
    return Hash()
        .Add(AgentOf(entry))
        .Add(marks.credential)
        .Add(cookies_are_set ? 0 : marks.cookie)
        .value();
  };
  for (const Entry& entry : entries_) {
    const std::size_t times = ++uses[with_credential(entry)];
    if (times == 1) ++used_once[AgentOf(entry)];
    if (times == 2) --used_once[AgentOf(entry)];
  }
  for (Entry& entry : entries_) {
    const bool passing = uses[with_credential(entry)] == 1 && used_once[AgentOf(entry)] >= kMany;
    entry.caller = passing ? AgentOf(entry) : with_credential(entry);
    const Request& request = entry.request();
    entry.place = Hash()
                      .Add(entry.caller)
                      .Add(VendorOf(*entry.exchange))
                      .Add(request.method)
                      .Add(entry.path)
                      .Add(QueryOfCall(entry))
                      .value();
    Hash call = Hash().Add(entry.place);
    // A journal from a state file has no marks.
    if (entry.exchange->marks.body != 0) {
      call.Add(entry.exchange->marks.body);
    } else {
      call.Add(request.body);
    }
    entry.call = call.value();
  }
}

// Some clients open connections ahead, where they have lost one. Those that stay open side by side
// before the caller's first request, for a moment that a busy machine takes, are each opened for
// their own.
void History::SetDecisions() {
  constexpr Duration kBusyStart = std::chrono::milliseconds(500);
  constexpr Duration kSideBySide = std::chrono::milliseconds(20);
  const auto opened = [](const Entry* entry) { return entry->exchange->wire->opened; };
  const auto arrived = [](const Entry* entry) { return entry->exchange->wire->arrived; };
  struct Start {
    Time first_request{};
    std::vector<Entry*> waiting;  // the first requests of connections that were open before it
  };
  std::unordered_map<std::uint64_t, Start> starts;  // by caller
  for (Entry& entry : entries_) {
    Start& start =
        starts.try_emplace(entry.caller, Start{ArrivalOf(*entry.exchange)}).first->second;
    const auto open_for = OpenFor(*entry.exchange);
    if (!open_for) continue;
    if (*open_for < kAtHand) entry.decided = entry.at - *open_for;
    const bool waits = *open_for >= kSideBySide && *open_for <= kBusyStart;
    if (waits && opened(&entry) < start.first_request) start.waiting.push_back(&entry);
  }
  for (auto& [caller, start] : starts) {
    std::ranges::sort(start.waiting, {}, opened);
    Time latest{};  // by which one that was opened before had its request
    for (std::size_t i = 0; i < start.waiting.size(); ++i) {
      Entry& entry = *start.waiting[i];
      const bool beside_earlier = std::min(latest, arrived(&entry)) - opened(&entry) >= kSideBySide;
      const bool beside_next = i + 1 < start.waiting.size() &&
                               arrived(&entry) - opened(start.waiting[i + 1]) >= kSideBySide;
      if (beside_earlier || beside_next) entry.decided = entry.at - *OpenFor(*entry.exchange);
      latest = std::max(latest, arrived(&entry));
    }
  }
}

std::uint64_t History::LikenessOf(const Entry& entry) const {
  std::uint64_t& known = likeness_[entry.index];
  if (known == 0) known = LikenessHash(entry);
  return known;
}

bool History::ClockStoodStill(const Entry& first, const Entry& second) {
  const ClockNote& before = first.exchange->clock;
  const ClockNote& after = second.exchange->clock;
  return before.rate == 0 && after.rate == 0 && before.moved == after.moved;
}

}  // namespace mockduit
