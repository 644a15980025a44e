#include "session/journal.h"

#include <algorithm>

#include "contract/language/matcher.h"
#include "session/exchange_codec.h"

namespace mockduit {

bool JournalFilter::Fits(const Exchange& exchange) const {
  return exchange.id > after && (operation.empty() || GlobMatches(operation, exchange.operation)) &&
         (outcome.empty() || exchange.outcome == outcome) &&
         (status == 0 || exchange.response.status == status);
}

std::uint64_t Journal::Add(std::string encoded, std::shared_ptr<Passage> passage) {
  ++total_;
  Keep({++last_id_, std::move(encoded), std::move(passage)});
  return last_id_;
}

void Journal::Keep(Kept exchange) {
  memory_.Add(exchange.bytes());
  kept_.push_back(std::move(exchange));
  while (kept_.size() > limits_.exchanges) DropOldest();
  Shorten(limits_.bytes);
}

// Never drops the newest exchange, however long it is.
void Journal::Shorten(std::size_t bytes) {
  while (memory_.bytes() > bytes && kept_.size() > 1) DropOldest();
}

void Journal::DropOldest() {
  memory_.Subtract(kept_.front().bytes());
  kept_.pop_front();
  ++evicted_;
}

void Journal::Clear() {
  cleared_ += total_;
  kept_.clear();
  memory_.Subtract(bytes());
  total_ = 0;
}

void Journal::Reset() {
  Clear();
  last_id_ = 0;
  ++generation_;
}

void Journal::Visit(std::uint64_t after, const std::function<bool(const Exchange&)>& visit) const {
  auto kept = std::ranges::upper_bound(kept_, after, {}, &Kept::id);
  for (; kept != kept_.end(); ++kept) {
    Exchange exchange = DecodeExchange(kept->encoded);
    exchange.id = kept->id;
    if (kept->passage != nullptr) {
      exchange.wire = kept->passage->Look();
      exchange.abandoned = exchange.wire->left;
    }
    if (!visit(exchange)) return;
  }
}

std::optional<Exchange> Journal::Find(std::uint64_t id) const {
  std::optional<Exchange> found;
  if (id == 0) return found;
  Visit(id - 1, [&](const Exchange& exchange) {
    if (exchange.id == id) found = exchange;
    return false;
  });
  return found;
}

std::vector<Exchange> Journal::Exchanges(const JournalFilter& filter) const {
  std::vector<Exchange> exchanges;
  if (filter.limit == 0) return exchanges;
  Visit(filter.after, [&](const Exchange& exchange) {
    if (filter.Fits(exchange)) exchanges.push_back(exchange);
    return exchanges.size() < filter.limit;
  });
  return exchanges;
}

Json Journal::List(const JournalFilter& filter) const {
  Json requests = Json::MakeArray();
  for (const Exchange& exchange : Exchanges(filter)) requests.Append(exchange.ToJson());
  return Json::MakeObject(
      {{"requests", std::move(requests)}, {"total", total_}, {"truncated", truncated()}});
}

void Journal::Restore(const std::vector<Exchange>& exchanges, std::uint64_t total,
                      std::uint64_t last_id) {
  Reset();
  for (const Exchange& exchange : exchanges) Keep({exchange.id, EncodeExchange(exchange), nullptr});
  total_ = std::max<std::uint64_t>(total, kept_.size());
  last_id_ = std::max(last_id, kept_.empty() ? 0 : kept_.back().id);
}

}  // namespace mockduit
