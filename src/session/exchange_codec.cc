#include "session/exchange_codec.h"

#include <cstring>
#include <type_traits>

namespace mockduit {
namespace {

// Numbers go as they stand in memory, strings with their length before them.
class Counter {  // how many bytes it will be
 public:
  template <class Number>
    requires std::is_arithmetic_v<Number>
  void Put(Number number) {
    bytes += sizeof number;
  }
  void Put(std::string_view text) { bytes += sizeof(std::uint32_t) + text.size(); }

  std::size_t bytes = 0;
};

class Packer {
 public:
  explicit Packer(std::size_t size) { bytes.reserve(size); }

  template <class Number>
    requires std::is_arithmetic_v<Number>
  void Put(Number number) {
    bytes.append(reinterpret_cast<const char*>(&number), sizeof number);
  }
  void Put(std::string_view text) {
    Put(static_cast<std::uint32_t>(text.size()));
    bytes += text;
  }

  std::string bytes;
};

template <class Sink>
void PutHeaders(Sink& sink, const Headers& headers) {
  sink.Put(static_cast<std::uint32_t>(headers.fields().size()));
  for (const auto& [name, value] : headers.fields()) {
    sink.Put(std::string_view(name));
    sink.Put(std::string_view(value));
  }
}

std::string_view Kept(std::string_view body) { return body.substr(0, Exchange::kMaxBody); }

template <class Sink>
void PutExchange(Sink& sink, const Exchange& exchange) {
  sink.Put(exchange.abandoned);  // the first byte, see SetAbandoned
  sink.Put(exchange.at.time_since_epoch().count());
  sink.Put(std::string_view(exchange.operation));
  sink.Put(std::string_view(exchange.edition));
  sink.Put(std::string_view(exchange.outcome));
  sink.Put(std::string_view(exchange.scenario));
  sink.Put(std::string_view(exchange.rule));
  sink.Put(exchange.play);
  sink.Put(exchange.applied);
  sink.Put(exchange.scripted);
  sink.Put(exchange.passing);
  sink.Put(exchange.transient);
  sink.Put(exchange.going_on);
  sink.Put(exchange.page.has_value());
  if (exchange.page) {
    sink.Put(exchange.page->items);
    sink.Put(std::string_view(exchange.page->next));
  }
  const ToldWait told = exchange.retry_after.value_or(ToldWait{Duration(-1), {}});
  sink.Put(told.session.count());
  sink.Put(told.client.count());
  sink.Put(exchange.path_start);
  sink.Put(std::string_view(exchange.request.method));
  sink.Put(std::string_view(exchange.request.path));
  sink.Put(std::string_view(exchange.request.query));
  PutHeaders(sink, exchange.request.headers);
  sink.Put(Kept(exchange.request.body));
  sink.Put(exchange.request_bytes);
  sink.Put(exchange.response.status);
  PutHeaders(sink, exchange.response.headers);
  sink.Put(Kept(exchange.response.body));
  sink.Put(exchange.response_bytes);
  sink.Put(exchange.response.delivery.delay.count());
  sink.Put(static_cast<std::uint8_t>(exchange.response.delivery.fault));
  sink.Put(exchange.marks.connection);
  sink.Put(exchange.marks.credential);
  sink.Put(exchange.marks.body);
}

class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : rest_(bytes) {}

  template <class Number>
    requires std::is_arithmetic_v<Number>
  void Take(Number& number) {
    std::memcpy(&number, rest_.data(), sizeof number);
    rest_.remove_prefix(sizeof number);
  }
  Duration TakeDuration() {
    Duration::rep count = 0;
    Take(count);
    return Duration(count);
  }
  void Take(std::string& text) {
    std::uint32_t size = 0;
    Take(size);
    text = rest_.substr(0, size);
    rest_.remove_prefix(size);
  }
  void Take(Headers& headers) {
    std::uint32_t count = 0;
    Take(count);
    headers.Reserve(count);
    for (std::uint32_t i = 0; i < count; ++i) {
      std::string name;
      std::string value;
      Take(name);
      Take(value);
      headers.Add(std::move(name), std::move(value));
    }
  }

 private:
  std::string_view rest_;
};

}  // namespace

std::string EncodeExchange(const Exchange& exchange) {
  Counter counter;
  PutExchange(counter, exchange);
  Packer packer(counter.bytes);
  PutExchange(packer, exchange);
  return std::move(packer.bytes);
}

void SetAbandoned(std::string& bytes) { bytes.front() = 1; }

Exchange DecodeExchange(std::string_view bytes) {
  Unpacker unpacker(bytes);
  Exchange exchange;
  unpacker.Take(exchange.abandoned);
  exchange.at = Time(unpacker.TakeDuration());
  unpacker.Take(exchange.operation);
  unpacker.Take(exchange.edition);
  unpacker.Take(exchange.outcome);
  unpacker.Take(exchange.scenario);
  unpacker.Take(exchange.rule);
  unpacker.Take(exchange.play);
  unpacker.Take(exchange.applied);
  unpacker.Take(exchange.scripted);
  unpacker.Take(exchange.passing);
  unpacker.Take(exchange.transient);
  unpacker.Take(exchange.going_on);
  bool paged = false;
  unpacker.Take(paged);
  if (paged) {
    exchange.page.emplace();
    unpacker.Take(exchange.page->items);
    unpacker.Take(exchange.page->next);
  }
  const Duration session = unpacker.TakeDuration();
  const Duration client = unpacker.TakeDuration();
  if (session >= Duration(0)) exchange.retry_after = {session, client};
  unpacker.Take(exchange.path_start);
  unpacker.Take(exchange.request.method);
  unpacker.Take(exchange.request.path);
  unpacker.Take(exchange.request.query);
  unpacker.Take(exchange.request.headers);
  unpacker.Take(exchange.request.body);
  unpacker.Take(exchange.request_bytes);
  unpacker.Take(exchange.response.status);
  unpacker.Take(exchange.response.headers);
  unpacker.Take(exchange.response.body);
  unpacker.Take(exchange.response_bytes);
  exchange.response.delivery.delay = unpacker.TakeDuration();
  std::uint8_t fault = 0;
  unpacker.Take(fault);
  exchange.response.delivery.fault = static_cast<Fault>(fault);
  unpacker.Take(exchange.marks.connection);
  unpacker.Take(exchange.marks.credential);
  unpacker.Take(exchange.marks.body);
  return exchange;
}

}  // namespace mockduit
