// Exchange: one request with its answer, as the journal keeps it.
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

// What Retry-After told, in both times: a session's clock may run faster than the client's.
struct ToldWait {
  Duration session{};
  Duration client{};  // whole seconds
};

// What a page of a list told of the rest.
struct PageTold {
  std::size_t items = 0;
  std::string next;  // the cursor or the offset of the next page; "" on the last one
};

// By what the calls of one client are told from those of another, and attempts from each other,
// also where secrets were taken out or a long body was cut. Numbers that mean nothing outside this
// process, so they are never written anywhere; 0 where it is not known.
struct Marks {
  std::uint64_t connection = 0;
  std::uint64_t credential = 0;
  std::uint64_t body = 0;  // the same for bodies that are equal as JSON, or byte for byte
};

// Secrets are taken out before it comes here.
struct Exchange {
  static constexpr std::size_t kMaxBody = 64 * 1024;  // bytes of a body that are kept

  std::uint64_t id = 0;    // counts from 1 within the session
  Time at{};               // on the session's clock
  std::string operation;   // "fivetran.create_connection", or ""
  std::string edition;     // of the contract that answered, or ""
  std::string outcome;     // "rate_limited", or "" for the emulator's own answers
  std::string scenario;    // that was played, or ""
  std::string rule;        // that decided, or ""
  std::uint32_t play = 0;  // which of the rule's plays, from 1; 0 where none was due
  bool applied = false;    // the operation happened, whatever the answer says
  bool scripted = false;   // the scenario or the client's Prefer header chose the answer
  bool passing = false;    // a failure that the scenario brings to an end
  bool transient = false;  // a failure of which the scenario says that trying again is right
  bool going_on = false;   // what was looked at still moves by itself
  bool abandoned = false;  // the client left before the answer went out
  std::optional<PageTold> page;
  std::optional<ToldWait> retry_after;
  std::uint32_t path_start = 0;  // where the vendor's own path begins in the request's

  Request request;
  Response response;
  std::uint64_t request_bytes = 0;  // of the whole body, of which the journal keeps a part
  std::uint64_t response_bytes = 0;
  Marks marks;

  Json ToJson() const;
  // What ToJson gave. The error names the member that is wrong.
  static Result<Exchange> FromJson(const Json& json);
};

}  // namespace mockduit
