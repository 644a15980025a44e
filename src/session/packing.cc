#include "session/packing.h"

#include <cstring>
#include <type_traits>

namespace mockduit {
namespace {

// Numbers as they stand in memory, strings with their length before them.
class Packer {
 public:
  template <class Number>
    requires std::is_arithmetic_v<Number>
  void Put(Number number) {
    packed.append(reinterpret_cast<const char*>(&number), sizeof number);
  }
  void Put(std::string_view text) {
    Put(static_cast<std::uint32_t>(text.size()));
    packed += text;
  }
  void Put(const Headers& headers) {
    Put(static_cast<std::uint32_t>(headers.fields().size()));
    for (const auto& [name, value] : headers.fields()) {
      Put(std::string_view(name));
      Put(std::string_view(value));
    }
  }

  std::string packed;
};

class Unpacker {
 public:
  explicit Unpacker(std::string_view packed) : rest_(packed) {}

  template <class Number>
    requires std::is_arithmetic_v<Number>
  void Take(Number& number) {
    std::memcpy(&number, rest_.data(), sizeof number);
    rest_.remove_prefix(sizeof number);
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

std::string_view Kept(std::string_view body) { return body.substr(0, Journal::kMaxBody); }

}  // namespace

std::string Pack(const Exchange& exchange) {
  constexpr std::size_t kUsual = 2048;  // bytes of an exchange
  Packer packer;
  packer.packed.reserve(kUsual);
  packer.Put(exchange.id);
  packer.Put(exchange.at.time_since_epoch().count());
  packer.Put(exchange.operation);
  packer.Put(exchange.outcome);
  packer.Put(exchange.request.method);
  packer.Put(exchange.request.path);
  packer.Put(exchange.request.query);
  packer.Put(exchange.request.headers);
  packer.Put(Kept(exchange.request.body));
  packer.Put(exchange.response.status);
  packer.Put(exchange.response.headers);
  packer.Put(Kept(exchange.response.body));
  packer.packed.shrink_to_fit();
  return std::move(packer.packed);
}

Exchange Unpack(std::string_view packed) {
  Unpacker unpacker(packed);
  Exchange exchange;
  Duration::rep at = 0;
  unpacker.Take(exchange.id);
  unpacker.Take(at);
  exchange.at = Time(Duration(at));
  unpacker.Take(exchange.operation);
  unpacker.Take(exchange.outcome);
  unpacker.Take(exchange.request.method);
  unpacker.Take(exchange.request.path);
  unpacker.Take(exchange.request.query);
  unpacker.Take(exchange.request.headers);
  unpacker.Take(exchange.request.body);
  unpacker.Take(exchange.response.status);
  unpacker.Take(exchange.response.headers);
  unpacker.Take(exchange.response.body);
  return exchange;
}

}  // namespace mockduit
