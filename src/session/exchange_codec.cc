#include "session/exchange_codec.h"

#include <cstring>
#include <type_traits>

#include "session/exchange_members.h"

namespace mockduit {
namespace {

template <class Number>
concept IsPlain = std::is_arithmetic_v<Number> || std::is_enum_v<Number>;

// Writes each member to a sink with Append(pointer, size). Numbers go as they stand in memory,
// strings with their length before them.
template <class Sink>
class Encoder {
 public:
  explicit Encoder(Sink& sink) : sink_(sink) {}

  template <class Member>
  void operator()(const char* /*name*/, const Member& member) {
    Put(member);
  }
  template <class Visit>
  void Group(const char* /*name*/, Visit visit) {
    visit(*this);
  }
  void JournalId(const char* /*name*/, std::uint64_t /*id*/) {}
  void Mark(std::uint64_t mark) { Put(mark); }

 private:
  template <IsPlain Number>
  void Put(Number number) {
    sink_.Append(reinterpret_cast<const char*>(&number), sizeof number);
  }
  void Put(Duration duration) { Put(duration.count()); }
  void Put(Time time) { Put(time.time_since_epoch()); }
  void Put(std::string_view text) {
    Put(static_cast<std::uint32_t>(text.size()));
    sink_.Append(text.data(), text.size());
  }
  void Put(const std::string& text) { Put(std::string_view(text)); }
  void Put(const Headers& headers) { Put(headers.lines()); }
  template <class Member>
  void Put(const NullIfEmpty<Member>& member) {
    Put(member.value);
  }
  template <class Member>
  void Put(const Status<Member>& status) {
    Put(status.value);
  }
  template <class Member>
  void Put(const BodyText<Member>& body) {
    Put(std::string_view(body.value).substr(0, Exchange::kMaxBody));
  }
  template <class Struct>
  void Put(const std::optional<Struct>& member) {
    Put(member.has_value());
    if (member) VisitMembers(*member, *this);
  }

  Sink& sink_;
};

// The encoding is made twice, first to learn its size, so that it takes one block of memory.
struct Size {
  void Append(const char* /*bytes*/, std::size_t size) { total += size; }

  std::size_t total = 0;
};

struct Buffer {
  void Append(const char* bytes, std::size_t size) {
    std::memcpy(end, bytes, size);
    end += size;
  }

  char* end;
};

// Reads the members back, in the same order.
class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : rest_(bytes) {}

  template <class Member>
  void operator()(const char* /*name*/, Member&& member) {
    Take(member);
  }
  template <class Visit>
  void Group(const char* /*name*/, Visit visit) {
    visit(*this);
  }
  void JournalId(const char* /*name*/, std::uint64_t& /*id*/) {}
  void Mark(std::uint64_t& mark) { Take(mark); }

 private:
  template <IsPlain Number>
  void Take(Number& number) {
    std::memcpy(&number, rest_.data(), sizeof number);
    rest_.remove_prefix(sizeof number);
  }
  void Take(Duration& duration) {
    Duration::rep count = 0;
    Take(count);
    duration = Duration(count);
  }
  void Take(Time& time) {
    Duration since_epoch{};
    Take(since_epoch);
    time = Time(since_epoch);
  }
  void Take(std::string& text) {
    std::uint32_t size = 0;
    Take(size);
    text = rest_.substr(0, size);
    rest_.remove_prefix(size);
  }
  void Take(Headers& headers) {
    std::string lines;
    Take(lines);
    headers = Headers::FromLines(std::move(lines));
  }
  template <class Member>
  void Take(NullIfEmpty<Member>& member) {
    Take(member.value);
  }
  template <class Member>
  void Take(Status<Member>& status) {
    Take(status.value);
  }
  template <class Member>
  void Take(BodyText<Member>& body) {
    Take(body.value);
  }
  template <class Struct>
  void Take(std::optional<Struct>& member) {
    bool is_there = false;
    Take(is_there);
    if (is_there) VisitMembers(member.emplace(), *this);
  }

  std::string_view rest_;
};

}  // namespace

std::string EncodeExchange(const Exchange& exchange) {
  Size size;
  Encoder counter(size);
  VisitMembers(exchange, counter);
  std::string bytes;
  bytes.resize_and_overwrite(size.total, [&](char* begin, std::size_t total) {
    Buffer buffer{begin};
    Encoder encoder(buffer);
    VisitMembers(exchange, encoder);
    return total;
  });
  return bytes;
}

Exchange DecodeExchange(std::string_view bytes) {
  Exchange exchange;
  Decoder decoder(bytes);
  VisitMembers(exchange, decoder);
  return exchange;
}

}  // namespace mockduit
