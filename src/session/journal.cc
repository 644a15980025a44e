#include "session/journal.h"

namespace mockduit {
namespace {

Json HeadersToJson(const Headers& headers) {
  Json list = Json::MakeArray();
  for (const auto& [name, value] : headers.fields()) {
    list.Append(Json::MakeArray({name, value}));
  }
  return list;
}

void Cut(std::string& body) {
  if (body.size() > Journal::kMaxBody) body.resize(Journal::kMaxBody);
}

}  // namespace

Json Exchange::ToJson() const {
  return Json::MakeObject({
      {"id", Json(static_cast<std::int64_t>(id))},
      {"at", FormatMicros(at)},
      {"operation", operation.empty() ? Json() : Json(operation)},
      {"outcome", outcome.empty() ? Json() : Json(outcome)},
      {"request", Json::MakeObject({{"method", request.method},
                                    {"path", request.path},
                                    {"query", request.query},
                                    {"headers", HeadersToJson(request.headers)},
                                    {"body", request.body}})},
      {"response", Json::MakeObject({{"status", response.status},
                                     {"headers", HeadersToJson(response.headers)},
                                     {"body", response.body}})},
  });
}

bool JournalFilter::Fits(const Exchange& exchange) const {
  return exchange.id > after && (operation.empty() || exchange.operation == operation) &&
         (outcome.empty() || exchange.outcome == outcome) &&
         (status == 0 || exchange.response.status == status);
}

void Journal::Add(Exchange exchange) {
  Cut(exchange.request.body);
  Cut(exchange.response.body);
  ++total_;
  exchanges_.push_back(std::move(exchange));
  if (exchanges_.size() > capacity_) exchanges_.pop_front();
}

void Journal::Clear() {
  exchanges_.clear();
  total_ = 0;
}

void Journal::Reset() {
  Clear();
  last_id_ = 0;
}

Json Journal::List(const JournalFilter& filter) const {
  Json requests = Json::MakeArray();
  std::size_t taken = 0;
  for (const Exchange& exchange : exchanges_) {
    if (taken == filter.limit) break;
    if (!filter.Fits(exchange)) continue;
    requests.Append(exchange.ToJson());
    ++taken;
  }
  return Json::MakeObject({{"requests", std::move(requests)},
                           {"total", static_cast<std::int64_t>(total_)},
                           {"truncated", total_ > exchanges_.size()}});
}

}  // namespace mockduit
