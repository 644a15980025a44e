#include "session/journal.h"

#include "base/text.h"
#include "session/packing.h"

namespace mockduit {
namespace {

Json HeadersToJson(const Headers& headers) {
  Json list = Json::MakeArray();
  for (const auto& [name, value] : headers.fields()) {
    list.Append(Json::MakeArray({ValidUtf8(name), ValidUtf8(value)}));
  }
  return list;
}

}  // namespace

Json Exchange::ToJson() const {
  return Json::MakeObject({
      {"id", Json(static_cast<std::int64_t>(id))},
      {"at", FormatMicros(at)},
      {"operation", operation.empty() ? Json() : Json(operation)},
      {"outcome", outcome.empty() ? Json() : Json(outcome)},
      {"request", Json::MakeObject({{"method", ValidUtf8(request.method)},
                                    {"path", ValidUtf8(request.path)},
                                    {"query", ValidUtf8(request.query)},
                                    {"headers", HeadersToJson(request.headers)},
                                    {"body", ValidUtf8(request.body)}})},
      {"response", Json::MakeObject({{"status", response.status},
                                     {"headers", HeadersToJson(response.headers)},
                                     {"body", ValidUtf8(response.body)}})},
  });
}

bool JournalFilter::Fits(const Exchange& exchange) const {
  return exchange.id > after && (operation.empty() || exchange.operation == operation) &&
         (outcome.empty() || exchange.outcome == outcome) &&
         (status == 0 || exchange.response.status == status);
}

std::uint64_t Journal::Add(std::string packed) {
  ++total_;
  kept_.push_back({++last_id_, std::move(packed)});
  if (kept_.size() > capacity_) kept_.pop_front();
  return last_id_;
}

void Journal::Clear() {
  kept_.clear();
  total_ = 0;
}

void Journal::Reset() {
  Clear();
  last_id_ = 0;
}

std::vector<Exchange> Journal::Exchanges(const JournalFilter& filter) const {
  std::vector<Exchange> exchanges;
  for (const auto& [id, packed] : kept_) {
    if (exchanges.size() == filter.limit) break;
    Exchange exchange = Unpack(packed);
    exchange.id = id;
    if (filter.Fits(exchange)) exchanges.push_back(std::move(exchange));
  }
  return exchanges;
}

Json Journal::List(const JournalFilter& filter) const {
  Json requests = Json::MakeArray();
  for (const Exchange& exchange : Exchanges(filter)) requests.Append(exchange.ToJson());
  return Json::MakeObject({{"requests", std::move(requests)},
                           {"total", static_cast<std::int64_t>(total_)},
                           {"truncated", total_ > kept_.size()}});
}

}  // namespace mockduit
