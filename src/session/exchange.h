// Exchange: one request with its response, as the journal keeps it. The engine makes it after it
// has taken the secrets out; the journal, the event stream and the checks of verify read it.
// exchange_members.h lists its members once more, for JSON and for the bytes of the journal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "base/json.h"
#include "base/result.h"
#include "base/time.h"
#include "http/message.h"

namespace mockduit {

// The wait that a Retry-After header announced, on both clocks: a session's clock may run faster
// than the client's.
struct AnnouncedWait {
  Duration session{};
  Duration client{};  // whole seconds
  Time date{};        // that was sent in place of seconds; Time{}: none was
};

// What a page of a list announced.
struct AnnouncedPage {
  std::size_t items = 0;
  std::string next;  // the cursor or the offset of the next page; "" on the last page
};

// How the session's clock stood to the client's time when a request came.
struct ClockNote {
  double rate = 1;   // of the session's clock; 0: it stands still
  Duration moved{};  // by hand until then, in the client's time
};

// Numbers that are equal for requests with the same credential, body or cookies, also where secrets
// were taken out or a long body was cut. Checks tell the clients, and the attempts of one call,
// apart by them. They come of secrets, so they are never written to a file or to JSON; a state file
// numbers those that are equal. 0: unknown.
struct Marks {
  std::uint64_t credential = 0;
  std::uint64_t body = 0;    // the same for bodies that are equal as JSON, or byte for byte
  std::uint64_t cookie = 0;  // 0: none was sent, too
};

struct Exchange {
  static constexpr std::size_t kMaxBody = 64 * 1024;  // bytes of a body that are kept

  std::uint64_t id = 0;    // counts from 1 within the session
  Time at{};               // on the session's clock
  std::string operation;   // "acme.create_box", or ""
  std::string edition;     // of the contract that the response follows, or ""
  std::string outcome;     // "rate_limited", or "" for the emulator's own responses
  std::string scenario;    // whose rules applied, or ""
  std::string rule;        // that chose the play, or ""
  std::uint32_t play = 0;  // the number of the rule's play, from 1; 0: none
  bool applied = false;    // the operation took effect, whatever the response says
  bool scripted = false;   // the scenario or the client's Prefer header chose the response
  bool passing = false;    // a failure that the scenario brings to an end
  bool transient = false;  // a failure that the scenario declares worth a retry
  bool going_on = false;   // the resource in the response still changes by itself
  bool abandoned = false;  // the client left before the response had gone out
  std::string violation;   // what the request breaks of the contract, also where a play answered;
                           // "body.name: minLength 4"; "": nothing
  // Another edition of the contract that takes the very request, where nothing says which of the
  // two the client goes by; "": none.
  std::string allowed_by;
  std::string warning;  // what X-Mockduit-Warning said, such as who has what was not found
  std::optional<AnnouncedPage> page;
  std::optional<AnnouncedWait> retry_after;
  ClockNote clock;
  std::optional<Wire> wire;      // nothing: it came through no door
  std::uint32_t path_start = 0;  // where the vendor's path begins within the request's path

  Request request;
  Response response;
  std::uint64_t request_bytes = 0;  // of the whole body, before the journal cuts it
  std::uint64_t response_bytes = 0;
  Marks marks;

  Json ToJson() const;
  // Reads what ToJson gave. The error begins with the member that is wrong.
  static Result<Exchange> FromJson(const Json& json);
};

}  // namespace mockduit
