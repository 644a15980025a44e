#include "session/exchange.h"

#include <algorithm>
#include <cmath>
#include <concepts>

#include "base/text.h"
#include "http/headers.h"
#include "session/exchange_members.h"

namespace mockduit {
namespace {

Json ToJsonValue(const Headers& headers) {
  Json list = Json::MakeArray();
  for (const auto& [name, value] : headers.fields()) {
    list.Append(Json::MakeArray({ValidUtf8(name), ValidUtf8(value)}));
  }
  return list;
}

Headers ReadHeaders(const Json& list) {
  Headers headers;
  for (const Json& field : list.IfArray() != nullptr ? *list.IfArray() : Json::Array()) {
    const Json::Array* pair = field.IfArray();
    if (pair == nullptr || pair->size() != 2 || !IsToken((*pair)[0].AsString())) continue;
    headers.Add((*pair)[0].AsString(), (*pair)[1].AsString());
  }
  return headers;
}

// A whole number where it is one.
Json ToJsonValue(Duration duration) {
  if (duration % std::chrono::seconds(1) == Duration(0)) {
    return WholeSeconds(duration);
  }
  return static_cast<double>(duration.count()) / 1e6;
}

// Longer times are cut, so that sums of them do not overflow.
Duration ReadDuration(const Json& seconds) {
  constexpr double kMaxSeconds = 100.0 * 365 * 24 * 3600;
  return Duration(std::llround(std::clamp(seconds.AsNumber(), 0.0, kMaxSeconds) * 1e6));
}

template <std::unsigned_integral Number>
Json ToJsonValue(Number number) {
  return static_cast<std::size_t>(number);
}
Json ToJsonValue(bool flag) { return flag; }
Json ToJsonValue(double number) { return number; }
Json ToJsonValue(Time time) { return FormatMicros(time); }
Json ToJsonValue(const std::string& text) { return ValidUtf8(text); }
Json ToJsonValue(Fault fault) { return fault == Fault::kNone ? Json() : Json(FaultName(fault)); }

template <class Member>
Json ToJsonValue(const NullIfEmpty<Member>& member) {
  return member.value == Member{} ? Json() : ToJsonValue(member.value);
}
template <class Member>
Json ToJsonValue(const BodyText<Member>& body) {
  return ToJsonValue(body.value);
}
template <class Member>
Json ToJsonValue(const Status<Member>& status) {
  return status.value;
}
template <class Struct>
Json ToJsonValue(const std::optional<Struct>& member);

// Makes a JSON object of the members that it visits.
class JsonWriter {
 public:
  template <class Member>
  void operator()(const char* name, const Member& member) {
    members_.push_back({name, ToJsonValue(member)});
  }
  template <class Visit>
  void Group(const char* name, Visit visit) {
    JsonWriter group;
    visit(group);
    members_.push_back({name, group.Take()});
  }
  void JournalId(const char* name, std::uint64_t id) { (*this)(name, id); }
  void Mark(std::uint64_t /*mark*/) {}

  Json Take() { return std::move(members_); }

 private:
  Json::Object members_;
};

template <class Struct>
Json ToJsonValue(const std::optional<Struct>& member) {
  if (!member) return {};
  JsonWriter writer;
  VisitMembers(*member, writer);
  return writer.Take();
}

// Reads the members that it visits from a JSON object. What is absent, or of another type, leaves
// the member as a new exchange has it. Keeps the first error; it begins with the member's place.
class JsonReader {
 public:
  JsonReader(const Json& object, std::string place, std::optional<Error>& error)
      : object_(object), place_(std::move(place)), error_(error) {}

  template <class Member>
  void operator()(const char* name, Member&& member) {
    name_ = name;
    Read(object_.Get(name), member);
  }
  template <class Visit>
  void Group(const char* name, Visit visit) {
    JsonReader group(object_.Get(name), place_ + name + "/", error_);
    visit(group);
  }
  void JournalId(const char* name, std::uint64_t& id) { (*this)(name, id); }
  void Mark(std::uint64_t& /*mark*/) {}

 private:
  void AddError(const std::string& message) {
    if (!error_) error_ = Error{place_ + name_ + ": " + message};
  }

  template <std::unsigned_integral Number>
  void Read(const Json& json, Number& number) {
    const std::int64_t value = json.AsInteger();
    number = std::in_range<Number>(value) ? static_cast<Number>(value) : 0;
  }
  void Read(const Json& json, double& number) { number = json.AsNumber(number); }
  void Read(const Json& json, bool& flag) { flag = json.AsBool(); }
  void Read(const Json& json, std::string& text) { text = json.AsString(); }
  void Read(const Json& json, Duration& duration) { duration = ReadDuration(json); }
  void Read(const Json& json, Headers& headers) { headers = ReadHeaders(json); }
  void Read(const Json& json, Time& time) {
    const auto read = ParseTime(json.AsString());
    if (read) {
      time = *read;
    } else {
      AddError(read.error().message);
    }
  }
  void Read(const Json& json, Fault& fault) {
    const auto found = FaultNamed(json.AsString());
    if (!found) AddError("'" + std::string(json.AsString()) + "' is not a fault");
    fault = found.value_or(Fault::kNone);
  }
  template <class Member>
  void Read(const Json& json, NullIfEmpty<Member>& member) {
    if (!json.IsNull()) Read(json, member.value);
  }
  template <class Member>
  void Read(const Json& json, BodyText<Member>& body) {
    Read(json, body.value);
  }
  template <class Member>
  void Read(const Json& json, Status<Member>& status) {
    const std::int64_t code = json.AsInteger();
    if (code < 100 || code > 599) return AddError("it is not a status");
    status.value = static_cast<Member>(code);
  }
  template <class Struct>
  void Read(const Json& json, std::optional<Struct>& member) {
    if (!json.IsObject()) return;
    JsonReader reader(json, place_ + name_ + "/", error_);
    VisitMembers(member.emplace(), reader);
  }

  const Json& object_;
  const std::string place_;  // "" or "request/"
  const char* name_ = "";    // of the member that is read
  std::optional<Error>& error_;
};

}  // namespace

Json Exchange::ToJson() const {
  JsonWriter writer;
  VisitMembers(*this, writer);
  return writer.Take();
}

Result<Exchange> Exchange::FromJson(const Json& json) {
  Exchange exchange;
  std::optional<Error> error;
  JsonReader reader(json, "", error);
  VisitMembers(exchange, reader);
  if (error) return std::unexpected(std::move(*error));
  return exchange;
}

}  // namespace mockduit
