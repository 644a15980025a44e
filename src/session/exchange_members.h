// The one list of an exchange's members. The bytes that the journal keeps and the JSON that users
// read, each written and read again, all come from it: a new member is a line in the struct and a
// line here. Only exchange_json.cc and exchange_codec.cc use it.
//
// A visitor is called with the name of each member in JSON and the member itself, in the order of
// the JSON. Besides it has Group(name, visit), for an object within the JSON; JournalId(name, id),
// which the bytes leave out; and Mark(mark), which the JSON leaves out. Where a type alone does not
// say how a member is written, one of these wrappers does.
#pragma once

#include <concepts>
#include <type_traits>

#include "session/exchange.h"

namespace mockduit {

// Null in JSON where it is "" or 0.
template <class Member>
struct NullIfEmpty {
  Member& value;
};
// Text of any length, of which the journal keeps a part.
template <class Member>
struct BodyText {
  Member& value;
};
// A status of HTTP.
template <class Member>
struct Status {
  Member& value;
};

template <class Self, class Struct>
concept MaybeConst = std::same_as<std::remove_const_t<Self>, Struct>;

template <MaybeConst<AnnouncedPage> Self, class Visitor>
void VisitMembers(Self& page, Visitor& visit) {
  visit("items", page.items);
  visit("next", NullIfEmpty{page.next});
}

template <MaybeConst<AnnouncedWait> Self, class Visitor>
void VisitMembers(Self& wait, Visitor& visit) {
  visit("seconds", wait.client);
  visit("session_seconds", wait.session);
  visit("date", NullIfEmpty{wait.date});
}

template <MaybeConst<Wire> Self, class Visitor>
void VisitMembers(Self& wire, Visitor& visit) {
  visit("connection", wire.connection);
  visit("request", wire.request);
  visit("opened", NullIfEmpty{wire.opened});
  visit("arrived", NullIfEmpty{wire.arrived});
  visit("ended", NullIfEmpty{wire.ended});
  visit("closed", NullIfEmpty{wire.closed});
}

template <MaybeConst<Exchange> Self, class Visitor>
void VisitMembers(Self& exchange, Visitor& visit) {
  visit.JournalId("id", exchange.id);
  visit("at", exchange.at);
  visit("operation", NullIfEmpty{exchange.operation});
  visit("edition", NullIfEmpty{exchange.edition});
  visit("outcome", NullIfEmpty{exchange.outcome});
  visit("scenario", NullIfEmpty{exchange.scenario});
  visit("rule", NullIfEmpty{exchange.rule});
  visit("play", NullIfEmpty{exchange.play});
  visit("applied", exchange.applied);
  visit("scripted", exchange.scripted);
  visit("passing", exchange.passing);
  visit("transient", exchange.transient);
  visit("going_on", exchange.going_on);
  visit("abandoned", exchange.abandoned);
  visit("violation", NullIfEmpty{exchange.violation});
  visit("allowed_by", NullIfEmpty{exchange.allowed_by});
  visit("warning", NullIfEmpty{exchange.warning});
  visit("page", exchange.page);
  visit("fault", exchange.response.delivery.fault);
  visit("delay", exchange.response.delivery.delay);
  visit("retry_after", exchange.retry_after);
  visit.Group("clock", [&](auto& clock) {
    clock("rate", exchange.clock.rate);
    clock("moved", exchange.clock.moved);
  });
  visit("wire", exchange.wire);
  visit.Group("request", [&](auto& request) {
    request("method", exchange.request.method);
    request("path", exchange.request.path);
    request("path_start", exchange.path_start);
    request("query", exchange.request.query);
    request("headers", exchange.request.headers);
    request("body", BodyText{exchange.request.body});
    request("body_bytes", exchange.request_bytes);
  });
  visit.Group("response", [&](auto& response) {
    response("status", Status{exchange.response.status});
    response("headers", exchange.response.headers);
    response("body", BodyText{exchange.response.body});
    response("body_bytes", exchange.response_bytes);
  });
  visit.Mark(exchange.marks.credential);
  visit.Mark(exchange.marks.body);
  visit.Mark(exchange.marks.cookie);
}

}  // namespace mockduit
